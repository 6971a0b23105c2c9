//! HTML, and XML with it: tags, attributes, entities; scripts and styles in their own languages.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::css::css;
use super::javascript::javascript;

pub(in super::super) fn html(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        lexer.at = lexer.find(lexer.at, |byte| matches!(byte, b'<' | b'&'));
        match (lexer.peek(0), lexer.peek(1)) {
            (b'&', next) if next.is_ascii_alphanumeric() || next == b'#' => lex_entity(lexer),
            (b'<', b'!') if lexer.starts_with(b"<!--") => take_behind(lexer, Class::Comment, 4, b"-->"),
            (b'<', b'!') => take_behind(lexer, Class::Keyword, 2, b">"),
            (b'<', b'?') => take_behind(lexer, Class::Comment, 2, b"?>"),
            (b'<', b'/') => lex_tag(lexer, 2),
            (b'<', next) if next.is_ascii_alphabetic() => {
                let name = lexer.at + 1;
                lex_tag(lexer, 1);
                lex_foreign(lexer, name);
            }
            _ => lexer.bump(),
        }
    }
}

fn take_behind(lexer: &mut Lexer<'_, '_>, class: Class, skip: usize, close: &[u8]) {
    let end = lexer.behind(lexer.at + skip, close);
    lexer.take(class, end);
}

fn lex_entity(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_alphanumeric() || byte == b'#'));
    if lexer.byte_at(end) == b';' {
        lexer.take(Class::Number, end + 1);
    } else {
        lexer.at = end;
    }
}

fn is_name(byte: u8) -> bool {
    !(byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'<' | b'/' | b'"' | b'\''))
}

/// A tag whose name stands so many bytes further on. One that is not closed ends at the next.
fn lex_tag(lexer: &mut Lexer<'_, '_>, skip: usize) {
    lexer.skip(skip);
    let end = lexer.find(lexer.at, |byte| !is_name(byte));
    lexer.take(Class::Keyword, end);
    let mut behind_equals = false;
    while lexer.more() {
        match lexer.peek(0) {
            b'>' => {
                lexer.bump();
                return;
            }
            b'<' => return,
            b'=' => {
                behind_equals = true;
                lexer.bump();
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                lexer.bump();
                continue;
            }
            quote @ (b'"' | b'\'') => {
                let end = lexer.find(lexer.at + 1, |byte| byte == quote);
                lexer.take(Class::String, end + 1);
            }
            byte if is_name(byte) || behind_equals => {
                let end = lexer.find(lexer.at, |byte| !(is_name(byte) || behind_equals && byte == b'/'));
                lexer.take(if behind_equals { Class::String } else { Class::Attribute }, end);
            }
            _ => lexer.bump(),
        }
        behind_equals = false;
    }
}

/// What a script or a style holds, which is no HTML.
fn lex_foreign(lexer: &mut Lexer<'_, '_>, name: usize) {
    type Language = fn(&mut Lexer<'_, '_>);
    let (close, language): (&[u8], Language) = match lexer.slice(name, name + 6) {
        b"script" => (b"</script", javascript),
        b"style>" | b"style " => (b"</style", css),
        _ => return,
    };
    if lexer.byte_before(lexer.at) != b'>' {
        return;
    }
    let behind = lexer.behind(lexer.at, close);
    let end = if lexer.slice(lexer.at, behind).ends_with(close) { behind - close.len() } else { behind };
    lexer.prev = 0;
    lexer.within(end, language);
}
