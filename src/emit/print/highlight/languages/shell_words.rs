//! What stands in a shell's words: quotes, values and the output of commands.

use super::super::class::Class;
use super::super::code::{Quote, quote_end};
use super::super::lexer::Lexer;
use super::shell::lex_script;

pub(super) fn lex_single(lexer: &mut Lexer<'_, '_>) {
    let quote = Quote { escapes: false, spans: true, ..Quote::line(b'\'') };
    let end = quote_end(lexer, &quote, lexer.at + 1);
    lexer.take(Class::String, end);
}

/// A string in which values and commands are filled in.
pub(super) fn lex_double(lexer: &mut Lexer<'_, '_>) {
    let start = lexer.at;
    lexer.bump();
    lex_filled(lexer, start, b'"');
}

/// Text from `start` on, up to `close`, which is part of it; 0 if only the end closes it.
pub(super) fn lex_filled(lexer: &mut Lexer<'_, '_>, start: usize, close: u8) {
    let mut start = start;
    while lexer.more() {
        lexer.at = lexer.find(lexer.at, |byte| matches!(byte, b'\\' | b'$') || byte == close && close != 0);
        match lexer.peek(0) {
            b'\\' => lexer.skip(2),
            b'$' if is_value(lexer.peek(1)) => {
                lexer.mark(Class::String, start, lexer.at);
                lex_dollar(lexer);
                start = lexer.at;
            }
            byte if byte == close && close != 0 && lexer.more() => {
                lexer.bump();
                break;
            }
            _ => lexer.bump(),
        }
    }
    lexer.mark(Class::String, start, lexer.at);
}

/// Whether the byte behind a dollar makes it a value.
fn is_value(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'{' | b'(' | b'?' | b'@' | b'*' | b'#' | b'!' | b'$')
}

/// `$name`, `${name:-else}`, `$(command)`, `$((sum))`.
pub(super) fn lex_dollar(lexer: &mut Lexer<'_, '_>) {
    match lexer.peek(1) {
        b'(' if lexer.peek(2) == b'(' => lex_sum(lexer),
        b'(' => {
            let entered = lexer.deeper(|lexer| {
                lexer.skip(2);
                lex_script(lexer, b')');
                lexer.bump();
            });
            if !entered {
                lexer.skip(2);
            }
        }
        b'{' => {
            let end = braces_end(lexer);
            lexer.take(Class::Variable, end);
        }
        b'\'' => {
            let quote = Quote { spans: true, ..Quote::line(b'\'') };
            let end = quote_end(lexer, &quote, lexer.at + 2);
            lexer.take(Class::String, end);
        }
        byte if byte.is_ascii_alphabetic() || byte == b'_' => {
            let end = lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
            lexer.take(Class::Variable, end);
        }
        byte if is_value(byte) => {
            let end = lexer.at + 2;
            lexer.take(Class::Variable, end);
        }
        _ => lexer.bump(),
    }
}

/// Behind the brace that closes `${`; the end of the line if none does.
fn braces_end(lexer: &mut Lexer<'_, '_>) -> usize {
    let (mut at, mut open) = (lexer.at + 2, 1_usize);
    loop {
        at = lexer.find(at, |byte| matches!(byte, b'{' | b'}' | b'\n'));
        match lexer.byte_at(at) {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => return at,
        }
        at += 1;
        if open == 0 {
            return at;
        }
    }
}

/// Arithmetic: numbers, and names that need no dollar.
fn lex_sum(lexer: &mut Lexer<'_, '_>) {
    let mut open = 0_usize;
    while lexer.more() {
        match lexer.peek(0) {
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            b'\n' => return,
            byte if byte.is_ascii_digit() => {
                let end = lexer.find(lexer.at, |byte| !byte.is_ascii_alphanumeric());
                lexer.take(Class::Number, end);
                continue;
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let end = lexer.find(lexer.at, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
                lexer.take(Class::Variable, end);
                continue;
            }
            _ => {}
        }
        lexer.bump();
        if open == 0 && lexer.byte_before(lexer.at) == b')' {
            return;
        }
    }
}
