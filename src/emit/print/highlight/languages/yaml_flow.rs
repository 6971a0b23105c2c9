//! What YAML has in brackets and braces.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::yaml::{class_of_scalar, is_key, quoted_end};

/// Lexes from the bracket that opens to the one that closes it, or to an empty line: what is open
/// there has been cut off.
pub(super) fn lex_flow(lexer: &mut Lexer<'_, '_>) {
    let mut open = 0_usize;
    while lexer.more() {
        match lexer.peek(0) {
            b'{' | b'[' => {
                open += 1;
                lexer.bump();
            }
            b'}' | b']' => {
                open = open.saturating_sub(1);
                lexer.bump();
                if open == 0 {
                    return;
                }
            }
            b'"' | b'\'' => {
                let end = quoted_end(lexer);
                let class = if is_key(lexer, end) { Class::Attribute } else { Class::String };
                lexer.take(class, end);
            }
            b'#' if matches!(lexer.byte_before(lexer.at), b' ' | b'\t' | b'\n') => {
                lexer.take_line(Class::Comment)
            }
            b'\n' if lexer.peek(1) == b'\n' => return,
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => lexer.bump(),
            _ => lex_scalar(lexer),
        }
    }
}

fn lex_scalar(lexer: &mut Lexer<'_, '_>) {
    let start = lexer.at;
    let mut end = start;
    loop {
        end = lexer.find(end, |byte| matches!(byte, b',' | b'{' | b'}' | b'[' | b']' | b':' | b'#' | b'\n'));
        match lexer.byte_at(end) {
            b':' if !matches!(lexer.byte_at(end + 1), b' ' | b'\n' | b',' | b'}' | b']' | 0) => end += 1,
            b'#' if !matches!(lexer.byte_before(end), b' ' | b'\t') => end += 1,
            _ => break,
        }
    }
    let mut trimmed = end;
    while trimmed > start && matches!(lexer.byte_before(trimmed), b' ' | b'\t' | b'\r') {
        trimmed -= 1;
    }
    let class = match lexer.peek(0) {
        b'&' | b'*' => Class::Variable,
        b'!' => Class::Type,
        _ if lexer.byte_at(end) == b':' => Class::Attribute,
        _ => class_of_scalar(lexer.slice(start, trimmed)),
    };
    lexer.take(class, trimmed);
    lexer.at = end.max(start + 1).min(lexer.end);
}
