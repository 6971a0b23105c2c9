//! Python: prefixes of strings, three quotes, code in f-strings, decorators.

use super::super::class::Class;
use super::super::code::{Code, class_of_name, lex_code};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;

static WORDS: Words = Words::new(
    &[
        (
            Class::Keyword,
            "and as assert async await break class continue def del elif else except finally for from global if \
             import in is lambda nonlocal not or pass raise return try while with yield self cls",
        ),
        (Class::Maybe, "match case type"),
        (Class::Number, "True False None NotImplemented Ellipsis"),
        (Class::Type, "int float str bytes bool list dict set tuple frozenset object complex bytearray"),
    ],
    false,
);

static PYTHON: Code =
    Code::new(&WORDS).comments(&[b"#"]).special(b"\"'rRbBfFuUtT@", lex_special).word(class_of);

pub(in super::super) fn python(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &PYTHON, 0);
}

fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    if lexer.peek(0) == b'@' {
        if lexer.prev != 0 && prev::is_value(lexer.prev) && lexer.byte_before(lexer.at) != b'\n' {
            return false;
        }
        let end =
            lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')));
        lexer.take(Class::Function, end);
        lexer.prev = prev::NAME;
        return true;
    }
    let (mut len, mut raw, mut filled) = (0, false, false);
    while len < 3 {
        match lexer.peek(len) {
            b'"' | b'\'' => {
                lex_string(lexer, len, raw, filled);
                return true;
            }
            b'r' | b'R' => raw = true,
            b'f' | b'F' | b't' | b'T' => filled = true,
            b'b' | b'B' | b'u' | b'U' => {}
            _ => return false,
        }
        len += 1;
    }
    false
}

/// A string behind a prefix of so many letters; `filled` ones hold code in braces.
fn lex_string(lexer: &mut Lexer<'_, '_>, prefix: usize, raw: bool, filled: bool) {
    let quote = lexer.peek(prefix);
    let triple = lexer.peek(prefix + 1) == quote && lexer.peek(prefix + 2) == quote;
    let mut start = lexer.at;
    lexer.skip(prefix + if triple { 3 } else { 1 });
    loop {
        lexer.at = lexer.find(lexer.at, |byte| {
            byte == quote || byte == b'\\' || byte == b'\n' && !triple || byte == b'{' && filled
        });
        match lexer.peek(0) {
            b'\\' => lexer.skip(if raw && lexer.peek(1) != quote { 1 } else { 2 }),
            b'{' if lexer.peek(1) == b'{' => lexer.skip(2),
            b'{' => {
                lexer.mark(Class::String, start, lexer.at);
                start = lexer.at;
                if lex_filled(lexer, triple) {
                    start = lexer.at;
                } else {
                    lexer.bump();
                }
            }
            byte if byte == quote && lexer.more() => {
                let ends = !triple || lexer.peek(1) == quote && lexer.peek(2) == quote;
                lexer.skip(if ends && triple { 3 } else { 1 });
                if ends {
                    break;
                }
            }
            _ => break,
        }
    }
    lexer.mark(Class::String, start, lexer.at);
    lexer.prev = prev::STRING;
}

/// The code in a pair of braces, which ends with its line unless the string goes on.
fn lex_filled(lexer: &mut Lexer<'_, '_>, spans: bool) -> bool {
    lexer.deeper(|lexer| {
        let outer = lexer.end;
        if !spans {
            lexer.end = lexer.line_end();
        }
        lexer.bump();
        lexer.prev = b'{';
        lex_code(lexer, &PYTHON, b'}');
        lexer.bump();
        lexer.end = outer;
    })
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    if lexer.prev == b'.' {
        return if lexer.byte_at(end) == b'(' { Class::Function } else { Class::Plain };
    }
    match code.words.class_of(lexer.slice(start, end)) {
        Some(Class::Maybe) => {
            let next = lexer.next_visible(end);
            let first = lexer.byte_before(start) == b'\n'
                || lexer.byte_before(start) == b' ' && !prev::is_value(lexer.prev);
            let keyword = first
                && lexer.byte_at(end) == b' '
                && (next.is_ascii_alphanumeric() || matches!(next, b'_' | b'"' | b'\'' | b'[' | b'{'));
            if keyword { Class::Keyword } else { class_of_name(lexer, start, end) }
        }
        Some(class) => class,
        None => class_of_name(lexer, start, end),
    }
}
