//! YAML, line by line: keys, scalars, block scalars by their indentation. What stands in brackets is
//! next door.

use super::super::class::Class;
use super::super::code::{Quote, quote_end};
use super::super::lexer::Lexer;
use super::yaml_flow::lex_flow;

/// There is no further double quote, or single quote.
const NO_DOUBLE: u8 = 1;
const NO_SINGLE: u8 = 2;

pub(in super::super) fn yaml(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        let line = lexer.at;
        lexer.skip_while(|byte| byte == b' ');
        if lexer.at == line
            && matches!(lexer.peek(0), b'-' | b'.')
            && (lexer.starts_with(b"---") || lexer.starts_with(b"..."))
        {
            lexer.skip(3);
            lex_value(lexer, -1);
        } else if lexer.peek(0) == b'%' && lexer.at == line {
            lexer.take_line(Class::Keyword);
        } else {
            lex_entry(lexer, line);
        }
        lexer.at = lexer.line_end();
        lexer.bump();
    }
}

/// Dashes, a key, a value, whatever of them the line has.
fn lex_entry(lexer: &mut Lexer<'_, '_>, line: usize) {
    let mut indent = lexer.at - line;
    while matches!(lexer.peek(0), b'-' | b'?') && matches!(lexer.peek(1), b' ' | b'\n' | 0) {
        indent = lexer.at - line;
        lexer.bump();
        lexer.skip_spaces();
        if lexer.peek(0) == b'\n' {
            return;
        }
    }
    lex_properties(lexer);
    let column = lexer.at - line;
    let key_end = match lexer.peek(0) {
        b'"' | b'\'' => {
            let end = quoted_end(lexer);
            if !is_key(lexer, end) {
                lexer.take(Class::String, end);
                return lex_rest(lexer);
            }
            Some(end)
        }
        b'{' | b'[' | b'#' | b'|' | b'>' | b'\n' => None,
        _ => plain_key_end(lexer),
    };
    if let Some(end) = key_end {
        lexer.take(Class::Attribute, end);
        lexer.at = lexer.find(end, |byte| byte == b':');
        lexer.bump();
        indent = column;
    }
    lex_value(lexer, indent.try_into().unwrap_or(isize::MAX));
}

/// `&anchor`, `*alias`, `!tag`, as many as there are.
fn lex_properties(lexer: &mut Lexer<'_, '_>) {
    while matches!(lexer.peek(0), b'&' | b'*' | b'!') {
        let class = if lexer.peek(0) == b'!' { Class::Type } else { Class::Variable };
        let end = lexer.find(lexer.at, |byte| matches!(byte, b' ' | b'\n' | b',' | b']' | b'}'));
        if end == lexer.at {
            return;
        }
        lexer.take(class, end);
        lexer.skip_spaces();
    }
}

/// The value behind a key, a dash or `---`. `indent` is where its parent stands: the lines of a block
/// scalar stand further in.
fn lex_value(lexer: &mut Lexer<'_, '_>, indent: isize) {
    lexer.skip_spaces();
    lex_properties(lexer);
    match lexer.peek(0) {
        b'"' | b'\'' => {
            let end = quoted_end(lexer);
            lexer.take(Class::String, end);
            lex_rest(lexer);
        }
        b'{' | b'[' => {
            lex_flow(lexer);
            lex_rest(lexer);
        }
        b'|' | b'>' if is_block(lexer) => lex_block(lexer, indent),
        b'\n' | 0 => {}
        b'#' if lexer.byte_before(lexer.at).is_ascii_whitespace() => lexer.take_line(Class::Comment),
        _ => lex_plain(lexer),
    }
}

/// A comment, if the rest of the line is one.
fn lex_rest(lexer: &mut Lexer<'_, '_>) {
    lexer.skip_spaces();
    if lexer.peek(0) == b'#' {
        lexer.take_line(Class::Comment);
    }
}

fn lex_plain(lexer: &mut Lexer<'_, '_>) {
    let end = plain_end(lexer);
    let class = class_of_scalar(lexer.slice(lexer.at, end));
    lexer.take(class, end);
    lex_rest(lexer);
}

/// The end of a plain scalar: of the line, or before a comment.
fn plain_end(lexer: &mut Lexer<'_, '_>) -> usize {
    let mut at = lexer.at;
    loop {
        at = lexer.find(at, |byte| matches!(byte, b'#' | b'\n'));
        if lexer.byte_at(at) != b'#' || matches!(lexer.byte_before(at), b' ' | b'\t') {
            break;
        }
        at += 1;
    }
    while at > lexer.at && matches!(lexer.byte_before(at), b' ' | b'\t' | b'\r') {
        at -= 1;
    }
    at
}

/// The end of a plain key; nothing if the line has no colon that makes it one.
fn plain_key_end(lexer: &mut Lexer<'_, '_>) -> Option<usize> {
    let mut at = lexer.at;
    loop {
        at = lexer.find(at, |byte| matches!(byte, b':' | b'#' | b'\n'));
        match lexer.byte_at(at) {
            b':' if matches!(lexer.byte_at(at + 1), b' ' | b'\t' | b'\r' | b'\n' | 0) => return Some(at),
            b'#' if !matches!(lexer.byte_before(at), b' ' | b'\t') => {}
            b':' => {}
            _ => return None,
        }
        at += 1;
    }
}

/// Whether a colon follows, so that what ends here is a key.
pub(super) fn is_key(lexer: &mut Lexer<'_, '_>, end: usize) -> bool {
    let colon = lexer.find(end, |byte| byte != b' ');
    lexer.byte_at(colon) == b':'
        && matches!(lexer.byte_at(colon + 1), b' ' | b'\n' | b'\r' | b',' | b'}' | b']' | 0)
}

/// Behind the quote that closes what is opened here; the end of the line if none does, as in the
/// middle of something longer.
pub(super) fn quoted_end(lexer: &mut Lexer<'_, '_>) -> usize {
    let byte = lexer.peek(0);
    let (failed, escapes) = if byte == b'"' { (NO_DOUBLE, true) } else { (NO_SINGLE, false) };
    if lexer.failed & failed == 0 {
        let quote = Quote { byte, class: Class::String, escapes, doubles: !escapes, spans: true };
        let end = quote_end(lexer, &quote, lexer.at + 1);
        if end <= lexer.end && lexer.byte_before(end) == byte && end > lexer.at + 1 {
            return end;
        }
        lexer.failed |= failed;
    }
    lexer.line_end()
}

/// Whether `|` or `>` opens a block scalar: only its two signs and a comment may follow.
fn is_block(lexer: &mut Lexer<'_, '_>) -> bool {
    let end = lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_digit() || matches!(byte, b'+' | b'-')));
    matches!(lexer.next_visible(end), b'\n' | b'\r' | b'#' | 0)
}

fn lex_block(lexer: &mut Lexer<'_, '_>, indent: isize) {
    lexer.skip_while(|byte| !matches!(byte, b'\n' | b'#'));
    if lexer.peek(0) == b'#' {
        lexer.take_line(Class::Comment);
    }
    let (mut line, mut body_end) = (lexer.at + 1, lexer.at);
    let start = line;
    while line < lexer.end {
        let text = lexer.find(line, |byte| byte != b' ');
        let end = lexer.find(text, |byte| byte == b'\n');
        let blank = text == end;
        if !blank && isize::try_from(text - line).unwrap_or(isize::MAX) <= indent {
            break;
        }
        if !blank {
            body_end = end;
        }
        line = end + 1;
    }
    if body_end > start {
        lexer.at = lexer.find(start, |byte| !byte.is_ascii_whitespace());
        lexer.take(Class::String, body_end);
    }
}

/// Numbers and words that mean a value; other scalars are plain.
pub(super) fn class_of_scalar(text: &[u8]) -> Class {
    match text {
        b"true" | b"false" | b"null" | b"~" | b"yes" | b"no" | b"on" | b"off" | b"True" | b"False" => {
            Class::Number
        }
        _ if is_number(text) => Class::Number,
        _ => Class::Plain,
    }
}

fn is_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    let mut dots = 0;
    digits.len() <= 40
        && digits.first().is_some_and(u8::is_ascii_digit)
        && digits.iter().all(|byte| {
            dots += usize::from(*byte == b'.');
            byte.is_ascii_digit() || matches!(byte, b'.' | b'_')
        })
        && dots <= 1
}
