//! What stands before a command in a session: of a shell, or of psql.

use super::super::lexer::Lexer;

/// Longer prompts are none.
const MAX_PROMPT: usize = 80;

/// How long the prompt of psql is that begins here: `course=#`, `course->`, `course(#`; 0 for none.
pub(super) fn psql_prompt(lexer: &mut Lexer<'_, '_>) -> usize {
    let limit = lexer.at + MAX_PROMPT;
    let end = lexer.find(lexer.at, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
    let named = end > lexer.at && end < limit;
    let state = matches!(lexer.byte_at(end), b'=' | b'-' | b'\'' | b'"' | b'(' | b'$' | b'*' | b'!' | b'^');
    let mark = if lexer.byte_at(end + 1) == b'*' && lexer.byte_at(end) == b'=' { end + 2 } else { end + 1 };
    let ends = matches!(lexer.byte_at(mark + 1), b' ' | b'\n' | 0);
    if named && state && ends && matches!(lexer.byte_at(mark), b'#' | b'>') { mark + 1 - lexer.at } else { 0 }
}

/// How long the prompt of a shell is that begins here: `$`, `%`, `>`, `~/app $`, `root@3f2a:/app#`;
/// 0 for none. `#` alone is one where `root` says so; elsewhere it opens a comment.
pub(super) fn shell_prompt(lexer: &Lexer<'_, '_>, root: bool) -> usize {
    let line = lexer.slice(lexer.at, lexer.at + MAX_PROMPT);
    let ends = |at: usize| matches!(line.get(at), None | Some(b' ' | b'\n'));
    match line.first() {
        Some(b'$' | b'%' | b'>') if ends(1) => return 1,
        Some(b'#') if root && ends(1) => return 1,
        Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'~' | b'[' | b'(' | b'/' | b'_') => {}
        _ => return 0,
    }
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b'$' | b'#' if ends(at + 1) => {
                let before = &line[..at];
                let says_where = before.contains(&b'@') || before[0] == b'~' || before[0] == b'/';
                return if says_where { at + 1 } else { 0 };
            }
            b' ' if line.get(at + 1).is_some_and(|next| matches!(next, b'$' | b'#')) => {}
            b' ' if matches!(line[0], b'[' | b'(') => {}
            byte if byte.is_ascii_alphanumeric() => {}
            b'@' | b':' | b'~' | b'/' | b'.' | b'_' | b'-' | b'[' | b']' | b'(' | b')' | b'+' => {}
            _ => return 0,
        }
    }
    0
}
