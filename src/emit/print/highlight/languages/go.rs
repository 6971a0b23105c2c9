//! Go: a table, and capitals that say little.

use super::super::class::Class;
use super::super::code::{Block, Code, Quote, is_type_name, lex_code};
use super::super::lexer::Lexer;
use super::super::words::Words;

static WORDS: Words = Words::new(
    &[
        (
            Class::Keyword,
            "break case chan const continue default defer else fallthrough for func go goto if import interface map \
             package range return select struct switch type var",
        ),
        (
            Class::Type,
            "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune \
             string uint uint8 uint16 uint32 uint64 uintptr",
        ),
        (Class::Number, "true false nil iota"),
    ],
    false,
);

static GO: Code = Code::new(&WORDS)
    .comments(&[b"//"])
    .block(Block { open: b"/*", close: b"*/", nests: false })
    .quotes(&[
        Quote::line(b'"'),
        Quote::line(b'\''),
        Quote { byte: b'`', class: Class::String, escapes: false, doubles: false, spans: true },
    ])
    .word(class_of);

pub(in super::super) fn go(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &GO, 0);
}

/// What is exported begins with a capital, so a parenthesis says more.
fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    let word = lexer.slice(start, end);
    match code.words.class_of(word) {
        Some(class) => class,
        None if lexer.byte_at(end) == b'(' => Class::Function,
        None if is_type_name(word) => Class::Type,
        None => Class::Plain,
    }
}
