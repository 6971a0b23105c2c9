//! PromQL: labels in braces, aggregations, durations.

use super::super::class::Class;
use super::super::code::{Code, Quote, lex_code};
use super::super::lexer::Lexer;
use super::super::words::Words;

static WORDS: Words = Words::new(
    &[
        (
            Class::Keyword,
            "by without on ignoring group_left group_right offset bool and or unless start end atan2",
        ),
        (
            Class::Function,
            "sum min max avg group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio",
        ),
        (Class::Number, "inf nan"),
    ],
    true,
);

static PROMQL: Code = Code::new(&WORDS)
    .comments(&[b"#"])
    .quotes(&[
        Quote::line(b'"'),
        Quote::line(b'\''),
        Quote { byte: b'`', class: Class::String, escapes: false, doubles: false, spans: true },
    ])
    .letters(b"", b":")
    .special(b"$", lex_special)
    .word(class_of);

pub(in super::super) fn promql(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &PROMQL, 0);
}

/// `$__rate_interval` and `${window}`, which Grafana fills in.
fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    let end = lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'{')));
    let end = if lexer.byte_at(end) == b'}' { end + 1 } else { end };
    lexer.take(Class::Variable, end);
    true
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    let next = lexer.next_visible(end);
    if matches!(lexer.prev, b'{' | b',') && matches!(next, b'=' | b'!') {
        return Class::Attribute;
    }
    match code.words.class_of(lexer.slice(start, end)) {
        Some(Class::Function) if next != b'(' && !next.is_ascii_alphabetic() => Class::Plain,
        Some(class) => class,
        None if next == b'(' => Class::Function,
        None => Class::Plain,
    }
}
