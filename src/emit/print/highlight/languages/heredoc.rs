//! Here-documents: the lines behind a command, up to a word.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::shell_words::lex_filled;

/// What `<<EOF` announces.
pub(super) struct Heredoc {
    /// Where the word stands.
    word: (usize, usize),
    /// Nothing is filled in.
    quoted: bool,
    /// The word may be indented by tabs.
    indented: bool,
}

/// Reads `<<EOF`, `<<-'EOF'`; nothing if no word follows the arrows, which are then skipped.
pub(super) fn read_heredoc(lexer: &mut Lexer<'_, '_>) -> Option<Heredoc> {
    lexer.skip(2);
    let indented = lexer.peek(0) == b'-';
    if indented {
        lexer.bump();
    }
    lexer.skip_spaces();
    let quote = lexer.peek(0);
    let quoted = matches!(quote, b'"' | b'\'' | b'\\');
    let start = lexer.at + usize::from(quoted);
    let end = lexer.find(start, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
    let closed = !matches!(quote, b'"' | b'\'') || lexer.byte_at(end) == quote;
    if end == start || lexer.byte_at(start).is_ascii_digit() || !closed {
        return None;
    }
    lexer.at = start;
    lexer.take(Class::Keyword, end);
    lexer.skip(usize::from(matches!(quote, b'"' | b'\'')));
    Some(Heredoc { word: (start, end), quoted, indented })
}

/// Lexes the lines from here to the word, or to the end.
pub(super) fn lex_heredoc(lexer: &mut Lexer<'_, '_>, heredoc: &Heredoc) {
    let word = lexer.slice(heredoc.word.0, heredoc.word.1);
    let mut line = lexer.at;
    let (mut body_end, mut word_at) = (lexer.end, lexer.end);
    while line < lexer.end {
        let start = if heredoc.indented { lexer.find(line, |byte| byte != b'\t') } else { line };
        let end = lexer.find(start, |byte| byte == b'\n');
        if lexer.slice(start, end) == word {
            (body_end, word_at) = (line, start);
            break;
        }
        line = end + 1;
    }
    lexer.within(body_end, |lexer| {
        if heredoc.quoted {
            let end = lexer.end;
            lexer.take(Class::String, end);
        } else {
            let start = lexer.at;
            lex_filled(lexer, start, 0);
        }
    });
    lexer.at = word_at;
    let end = word_at + word.len();
    lexer.take(Class::Keyword, end);
}
