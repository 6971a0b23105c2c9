//! TOML: tables, keys, and strings in three quotes.

use super::super::class::Class;
use super::super::code::{Code, Quote, lex_code, lex_quote};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;

static WORDS: Words = Words::new(&[(Class::Number, "true false inf nan")], false);

static TOML: Code = Code::new(&WORDS)
    .comments(&[b"#"])
    .letters(b"", b"-")
    .special(b"\"'", lex_special)
    .word(class_of)
    .line(begin_line);

pub(in super::super) fn toml(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &TOML, 0);
}

fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    let byte = lexer.peek(0);
    if lexer.peek(1) == byte && lexer.peek(2) == byte {
        let end = lexer.behind(lexer.at + 3, &[byte; 3]);
        lexer.take(Class::String, end);
        lexer.prev = prev::STRING;
    } else {
        lex_quote(lexer, &Quote { escapes: byte == b'"', ..Quote::line(byte) });
    }
    true
}

/// `[table]` and `[[table]]`, where no array is open.
fn begin_line(lexer: &mut Lexer<'_, '_>) {
    lexer.skip_spaces();
    if lexer.peek(0) != b'[' || matches!(lexer.prev, b'=' | b'[' | b',') {
        return;
    }
    let start = lexer.at;
    let end = lexer.find(start, |byte| matches!(byte, b']' | b'\n' | b','));
    if lexer.byte_at(end) == b']' {
        let end = lexer.find(end, |byte| byte != b']');
        lexer.take(Class::Type, end);
        lexer.prev = b']';
    }
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    let next = lexer.next_visible(end);
    if lexer.prev != b'=' && (next == b'=' || next == b'.') {
        return Class::Attribute;
    }
    code.words.class_of(lexer.slice(start, end)).unwrap_or(Class::Plain)
}
