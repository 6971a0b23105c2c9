//! CSS: at-rules, selectors and declarations, told apart by what ends them.

use super::super::class::Class;
use super::super::code::{Quote, lex_quote, number_end};
use super::super::lexer::Lexer;

pub(in super::super) fn css(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        match lexer.peek(0) {
            byte if byte.is_ascii_whitespace() => lexer.bump(),
            b'{' | b'}' | b';' => lexer.bump(),
            b'/' if lexer.peek(1) == b'*' => lex_comment(lexer),
            b'@' => {
                let end = lexer.find(lexer.at + 1, |byte| !is_name(byte));
                lexer.take(Class::Keyword, end);
                lex_values(lexer);
            }
            _ if is_rule(lexer) => lex_selector(lexer),
            _ => lex_declaration(lexer),
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte >= 0x80
}

/// Whether a block follows before anything that ends a declaration does.
fn is_rule(lexer: &mut Lexer<'_, '_>) -> bool {
    let end = lexer.find(lexer.at, |byte| matches!(byte, b'{' | b'}' | b';'));
    lexer.byte_at(end) == b'{'
}

fn lex_comment(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.behind(lexer.at + 2, b"*/");
    lexer.take(Class::Comment, end);
}

fn lex_selector(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        match lexer.peek(0) {
            b'{' | b'}' | b';' => return,
            b'/' if lexer.peek(1) == b'*' => lex_comment(lexer),
            quote @ (b'"' | b'\'') => lex_quote(lexer, &Quote::line(quote)),
            b'.' | b'#' => {
                let end = lexer.find(lexer.at + 1, |byte| !is_name(byte));
                lexer.take(Class::Attribute, end);
            }
            b':' => {
                let name = lexer.find(lexer.at, |byte| byte != b':');
                let end = lexer.find(name, |byte| !is_name(byte));
                lexer.take(Class::Function, end);
            }
            b'[' => {
                lexer.bump();
                let end = lexer.find(lexer.at, |byte| !is_name(byte));
                lexer.take(Class::Attribute, end);
            }
            byte if byte.is_ascii_digit() => take_number(lexer),
            byte if is_name(byte) => {
                let end = lexer.find(lexer.at, |byte| !is_name(byte));
                lexer.take(Class::Keyword, end);
            }
            _ => lexer.bump(),
        }
    }
}

fn lex_declaration(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.find(lexer.at, |byte| !is_name(byte));
    let class = if lexer.starts_with(b"--") { Class::Variable } else { Class::Attribute };
    if lexer.next_visible(end) == b':' {
        lexer.take(class, end);
    }
    lex_values(lexer);
}

/// Values, up to what ends a declaration or the head of an at-rule.
fn lex_values(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        match lexer.peek(0) {
            b'{' | b'}' | b';' => return,
            b'/' if lexer.peek(1) == b'*' => lex_comment(lexer),
            quote @ (b'"' | b'\'') => lex_quote(lexer, &Quote::line(quote)),
            b'#' | b'!' => {
                let class = if lexer.peek(0) == b'#' { Class::Number } else { Class::Keyword };
                let end = lexer.find(lexer.at + 1, |byte| !is_name(byte));
                lexer.take(class, end);
            }
            byte if byte.is_ascii_digit() => take_number(lexer),
            b'-' | b'+' | b'.' if lexer.peek(1).is_ascii_digit() => take_number(lexer),
            byte if is_name(byte) => lex_name(lexer),
            _ => lexer.bump(),
        }
    }
}

fn take_number(lexer: &mut Lexer<'_, '_>) {
    let end = number_end(lexer);
    let end = if lexer.byte_at(end) == b'%' { end + 1 } else { end };
    lexer.take(Class::Number, end);
}

fn lex_name(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.find(lexer.at, |byte| !is_name(byte));
    let called = lexer.byte_at(end) == b'(';
    if called && lexer.slice(lexer.at, end) == b"url" && !matches!(lexer.byte_at(end + 1), b'"' | b'\'') {
        lexer.take(Class::Function, end);
        lexer.bump();
        let end = lexer.find(lexer.at, |byte| matches!(byte, b')' | b'\n'));
        lexer.take(Class::String, end);
    } else if called {
        lexer.take(Class::Function, end);
    } else {
        let class = if lexer.starts_with(b"--") { Class::Variable } else { Class::Plain };
        lexer.take(class, end);
    }
}
