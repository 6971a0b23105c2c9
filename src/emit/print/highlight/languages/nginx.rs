//! Configuration of nginx: directives, their values, variables.

use super::super::class::Class;
use super::super::code::{Quote, lex_quote};
use super::super::lexer::Lexer;

pub(in super::super) fn nginx(lexer: &mut Lexer<'_, '_>) {
    let mut directive = true;
    while lexer.more() {
        match lexer.peek(0) {
            byte if byte.is_ascii_whitespace() => lexer.bump(),
            b'{' | b'}' | b';' => {
                directive = true;
                lexer.bump();
            }
            b'#' => lexer.take_line(Class::Comment),
            quote @ (b'"' | b'\'') => {
                lex_quote(lexer, &Quote { spans: true, ..Quote::line(quote) });
                directive = false;
            }
            b'$' if lexer.peek(1).is_ascii_alphanumeric() || matches!(lexer.peek(1), b'_' | b'{') => {
                let end = lexer.find(lexer.at + 1, |byte| {
                    !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'{'))
                });
                let end = if lexer.byte_at(end) == b'}' && lexer.peek(1) == b'{' { end + 1 } else { end };
                lexer.take(Class::Variable, end);
                directive = false;
            }
            _ => {
                lex_word(lexer, directive);
                directive = false;
            }
        }
    }
}

fn lex_word(lexer: &mut Lexer<'_, '_>, directive: bool) {
    let begins = lexer.byte_before(lexer.at).is_ascii_whitespace();
    let end = lexer.find(lexer.at + 1, |byte| {
        byte.is_ascii_whitespace() || matches!(byte, b';' | b'{' | b'}' | b'$' | b'"' | b'\'')
    });
    let word = lexer.slice(lexer.at, end);
    let class = if directive {
        Class::Keyword
    } else if begins && (is_amount(word) || matches!(word, b"on" | b"off")) {
        Class::Number
    } else {
        Class::Plain
    };
    lexer.take(class, end);
}

/// `10`, `4k`, `30s`, `100r/s`.
fn is_amount(word: &[u8]) -> bool {
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    word[0].is_ascii_digit()
        && word.iter().filter(|byte| **byte == b'.').count() < 2
        && matches!(
            &word[digits..],
            b"" | b"s" | b"ms" | b"m" | b"h" | b"d" | b"k" | b"K" | b"M" | b"g" | b"G" | b"r/s" | b"r/m"
        )
}
