//! Sessions of a shell: prompts, what was typed, and what came back, which stays plain.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::prompt::{psql_prompt, shell_prompt};
use super::shell::shell_line;
use super::sql::sql_part;

pub(in super::super) fn console(lexer: &mut Lexer<'_, '_>) {
    // Where commands have another prompt, `#` opens a comment.
    let root = lexer.peek(0) == b'#';
    while lexer.more() {
        let psql = psql_prompt(lexer);
        let shell = if psql > 0 { 0 } else { shell_prompt(lexer, root) };
        if psql + shell > 0 {
            let end = lexer.at + psql + shell;
            lexer.take(Class::Punctuation, end);
            lexer.prev = 0;
            if psql > 0 {
                let end = lexer.line_end();
                lexer.within(end, sql_part);
            } else {
                shell_line(lexer);
            }
        } else if lexer.peek(0) == b'#' && !root {
            lexer.take_line(Class::Comment);
        } else {
            lexer.at = lexer.line_end();
        }
        lexer.bump();
    }
}

/// Whether a text in a shell's language is a session: its first command stands behind a `$`.
pub(super) fn is_session(lexer: &mut Lexer<'_, '_>) -> bool {
    let start = lexer.at;
    let mut found = false;
    while lexer.more() {
        match lexer.peek(0) {
            b'\n' => lexer.bump(),
            b'#' => lexer.at = lexer.line_end(),
            byte => {
                found =
                    byte == b'$' && lexer.peek(1) == b' ' || byte != b'>' && shell_prompt(lexer, false) > 1;
                break;
            }
        }
    }
    lexer.at = start;
    found
}
