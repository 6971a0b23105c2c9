//! JSON, with comments: a string before a colon is a key.

use super::super::class::Class;
use super::super::code::{Block, Code, Quote, lex_code, quote_end};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;

static WORDS: Words = Words::new(&[(Class::Number, "true false null NaN Infinity")], false);

static JSON: Code = Code::new(&WORDS)
    .comments(&[b"//"])
    .block(Block { open: b"/*", close: b"*/", nests: false })
    .special(b"\"'", lex_special)
    .word(class_of);

pub(in super::super) fn json(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &JSON, 0);
}

fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    let byte = lexer.peek(0);
    let end = quote_end(lexer, &Quote::line(byte), lexer.at + 1);
    let class = if lexer.next_visible(end) == b':' { Class::Attribute } else { Class::String };
    lexer.take(class, end);
    lexer.prev = prev::STRING;
    true
}

/// JSON5 has keys without quotes.
fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    match code.words.class_of(lexer.slice(start, end)) {
        Some(class) => class,
        None if lexer.next_visible(end) == b':' => Class::Attribute,
        None => Class::Plain,
    }
}
