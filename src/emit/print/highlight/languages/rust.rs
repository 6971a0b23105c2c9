//! Rust: lifetimes beside characters, raw strings, attributes, macros, comments in comments.

use super::super::class::Class;
use super::super::code::{Block, Code, Quote, class_of_name, lex_code, quote_end};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;

static WORDS: Words = Words::new(
    &[
        (
            Class::Keyword,
            "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod \
             move mut pub ref return self static struct super trait type unsafe use where while yield",
        ),
        (Class::Maybe, "union macro_rules"),
        (Class::Type, "Self bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64"),
        (Class::Number, "true false"),
    ],
    false,
);

const STRING: Quote = Quote { byte: b'"', class: Class::String, escapes: true, doubles: false, spans: true };

static RUST: Code = Code::new(&WORDS)
    .comments(&[b"//"])
    .block(Block { open: b"/*", close: b"*/", nests: true })
    .quotes(&[STRING])
    .special(b"'rbc#", lex_special)
    .word(class_of);

pub(in super::super) fn rust(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &RUST, 0);
}

fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    match (lexer.peek(0), lexer.peek(1)) {
        (b'\'', _) => lex_apostrophe(lexer, 0),
        (b'b', b'\'') => lex_apostrophe(lexer, 1),
        (b'b' | b'c', b'"') => {
            let end = quote_end(lexer, &STRING, lexer.at + 2);
            lexer.take(Class::String, end);
        }
        (b'r', b'"' | b'#') => lex_raw(lexer, 1),
        (b'b' | b'c', b'r') if matches!(lexer.peek(2), b'"' | b'#') => lex_raw(lexer, 2),
        (b'#', b'[' | b'!') => return lex_attribute(lexer),
        _ => return false,
    }
    lexer.prev = prev::STRING;
    true
}

/// A character, or a lifetime.
fn lex_apostrophe(lexer: &mut Lexer<'_, '_>, prefix: usize) {
    let inside = lexer.at + prefix + 1;
    if lexer.byte_at(inside) == b'\\' {
        let line = Quote { byte: b'\'', spans: false, ..STRING };
        let end = quote_end(lexer, &line, inside);
        lexer.take(Class::String, end);
        return;
    }
    // One letter may have up to four bytes.
    let close = (inside + 1..inside + 5).find(|at| lexer.byte_at(*at) == b'\'');
    if let Some(close) = close
        && (close == inside + 1 || lexer.byte_at(inside) >= 0x80)
    {
        lexer.take(Class::String, close + 1);
        return;
    }
    let end = lexer.find(inside, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
    lexer.take(if end > inside { Class::Keyword } else { Class::Plain }, end);
}

/// `r#"…"#`, and `r#type`, which is a name.
fn lex_raw(lexer: &mut Lexer<'_, '_>, prefix: usize) {
    let opening = lexer.find(lexer.at + prefix, |byte| byte != b'#');
    if lexer.byte_at(opening) != b'"' {
        lexer.at = lexer.find(opening, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
        lexer.prev = prev::NAME;
        return;
    }
    let hashes = opening - lexer.at - prefix;
    let mut at = opening + 1;
    loop {
        at = lexer.find(at, |byte| byte == b'"');
        if at >= lexer.end {
            break;
        }
        let end = lexer.find(at + 1, |byte| byte != b'#');
        if end - at > hashes {
            at += hashes + 1;
            break;
        }
        at = end;
    }
    lexer.take(Class::String, at);
    lexer.prev = prev::STRING;
}

/// The name in `#[name(…)]`; what else is in it is code.
fn lex_attribute(lexer: &mut Lexer<'_, '_>) -> bool {
    let name = lexer.at + if lexer.peek(1) == b'!' { 3 } else { 2 };
    if lexer.byte_before(name) != b'[' {
        return false;
    }
    lexer.at = name.min(lexer.end);
    let end = lexer.find(name, |byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':')));
    lexer.take(Class::Attribute, end);
    lexer.prev = prev::NAME;
    true
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    let word = lexer.slice(start, end);
    let is_macro = lexer.byte_at(end) == b'!' && lexer.byte_at(end + 1) != b'=';
    match code.words.class_of(word) {
        Some(Class::Maybe) | None => {}
        Some(class) => return class,
    }
    if is_macro || lexer.slice(end, end + 3) == b"::<" && word[0].is_ascii_lowercase() {
        return Class::Function;
    }
    if word.len() == 1 && word[0].is_ascii_uppercase() {
        return Class::Type;
    }
    class_of_name(lexer, start, end)
}
