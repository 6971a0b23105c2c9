//! Elements in JavaScript. An element is followed by counting what it opens, so that only code in
//! braces takes a level of depth.

use super::super::class::Class;
use super::super::code::{Code, is_type_name, lex_code};
use super::super::lexer::{Lexer, prev};

/// Lexes the element that begins here, with everything in it. False if none does.
pub(super) fn lex_element(lexer: &mut Lexer<'_, '_>, code: &'static Code) -> bool {
    if !(lexer.peek(1).is_ascii_alphabetic() || lexer.peek(1) == b'>') || is_generic(lexer) {
        return false;
    }
    let mut open = 0_usize;
    loop {
        // At `<` of a tag.
        let closes = lexer.peek(1) == b'/';
        if lex_tag(lexer, code) && !closes {
            open += 1;
        } else if closes {
            open = open.saturating_sub(1);
        }
        if open == 0 {
            break;
        }
        lex_children(lexer, code);
        if !lexer.more() {
            break;
        }
    }
    lexer.prev = prev::STRING;
    true
}

/// `<T,>(x) => x` and `<T extends U>(x) => x`.
fn is_generic(lexer: &mut Lexer<'_, '_>) -> bool {
    let end = lexer.find(lexer.at + 1, |byte| !byte.is_ascii_alphanumeric());
    lexer.byte_at(end) == b',' || lexer.slice(end, end + 9) == b" extends "
}

/// True if the tag leaves an element open.
fn lex_tag(lexer: &mut Lexer<'_, '_>, code: &'static Code) -> bool {
    lexer.skip(if lexer.peek(1) == b'/' { 2 } else { 1 });
    let end = lexer.find(lexer.at, |byte| !is_name(byte));
    let class = if is_type_name(lexer.slice(lexer.at, end)) { Class::Type } else { Class::Keyword };
    lexer.take(class, end);
    while lexer.more() {
        match lexer.peek(0) {
            b'>' => {
                lexer.bump();
                return true;
            }
            b'/' if lexer.peek(1) == b'>' => {
                lexer.skip(2);
                return false;
            }
            b'<' => return true,
            quote @ (b'"' | b'\'') => {
                let end = lexer.find(lexer.at + 1, |byte| byte == quote);
                lexer.take(Class::String, end + 1);
            }
            b'{' => lex_braces(lexer, code),
            byte if is_name(byte) => {
                let end = lexer.find(lexer.at, |byte| !is_name(byte));
                lexer.take(Class::Attribute, end);
            }
            _ => lexer.bump(),
        }
    }
    false
}

/// Text and code, up to the next tag.
fn lex_children(lexer: &mut Lexer<'_, '_>, code: &'static Code) {
    while lexer.more() {
        lexer.at = lexer.find(lexer.at, |byte| matches!(byte, b'<' | b'{'));
        match (lexer.peek(0), lexer.peek(1)) {
            (b'{', _) => lex_braces(lexer, code),
            (b'<', next) if next.is_ascii_alphabetic() || matches!(next, b'/' | b'>') => return,
            _ => lexer.bump(),
        }
    }
}

fn lex_braces(lexer: &mut Lexer<'_, '_>, code: &'static Code) {
    let entered = lexer.deeper(|lexer| {
        lexer.bump();
        lexer.prev = b'{';
        lex_code(lexer, code, b'}');
        lexer.bump();
    });
    if !entered {
        lexer.bump();
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'$') || byte >= 0x80
}
