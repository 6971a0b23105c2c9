//! Dockerfiles: instructions; what `RUN` and its like hold is a shell's.

use super::super::class::Class;
use super::super::code::{Quote, lex_quote};
use super::super::lexer::Lexer;
use super::super::words::Words;
use super::shell::shell_line;
use super::shell_words::{lex_dollar, lex_double};

static INSTRUCTIONS: Words = Words::new(
    &[
        (Class::Keyword, "from label expose env add copy volume user workdir arg stopsignal maintainer"),
        // These hold a command.
        (Class::Function, "run cmd entrypoint shell healthcheck onbuild"),
    ],
    true,
);

pub(in super::super) fn dockerfile(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        lexer.skip_while(|byte| byte.is_ascii_whitespace());
        if lexer.peek(0) == b'#' {
            lexer.take_line(Class::Comment);
            continue;
        }
        lex_instruction(lexer);
    }
}

fn lex_instruction(lexer: &mut Lexer<'_, '_>) {
    let start = lexer.at;
    let end = lexer.find(start, |byte| !byte.is_ascii_alphabetic());
    let class = INSTRUCTIONS.class_of(lexer.slice(start, end));
    if class.is_none() {
        return lex_arguments(lexer, false);
    }
    lexer.take(Class::Keyword, end);
    if class != Some(Class::Function) {
        let names = lexer.slice(start, end);
        let names = [&b"env"[..], b"arg", b"label"].iter().any(|known| known.eq_ignore_ascii_case(names));
        return lex_arguments(lexer, names);
    }
    lex_options(lexer);
    let word = lexer.find(lexer.at, |byte| !byte.is_ascii_alphabetic());
    if INSTRUCTIONS.class_of(lexer.slice(lexer.at, word)).is_some() && lexer.byte_at(word) == b' ' {
        // `HEALTHCHECK CMD …`, `ONBUILD RUN …`
        lexer.take(Class::Keyword, word);
        lexer.skip_spaces();
    }
    if lexer.peek(0) == b'[' { lex_arguments(lexer, false) } else { shell_line(lexer) }
}

/// `--mount=type=cache`, and the white space around, also where the line goes on.
fn lex_options(lexer: &mut Lexer<'_, '_>) {
    loop {
        lexer.skip_spaces();
        if lexer.peek(0) == b'\\' && lexer.peek(1) == b'\n' {
            lexer.skip(2);
        } else if lexer.starts_with(b"--") {
            lex_option(lexer);
        } else {
            return;
        }
    }
}

/// The name of an option; its value is plain.
fn lex_option(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.find(lexer.at, |byte| byte.is_ascii_whitespace() || byte == b'=');
    lexer.take(Class::Attribute, end);
    lexer.at = lexer.find(end, |byte| byte.is_ascii_whitespace() || matches!(byte, b'$' | b'"'));
}

/// Words up to the end of the line that does not go on. `names`: they are `NAME=value`.
fn lex_arguments(lexer: &mut Lexer<'_, '_>, names: bool) {
    while lexer.more() {
        match lexer.peek(0) {
            b'\n' => return,
            b'\\' => {
                lexer.skip(2);
                lexer.skip_spaces();
                if lexer.peek(0) == b'#' && lexer.byte_before(lexer.at).is_ascii_whitespace() {
                    lexer.take_line(Class::Comment);
                    lexer.bump();
                }
            }
            b'"' => lex_double(lexer),
            b'\'' => lex_quote(lexer, &Quote::line(b'\'')),
            b'$' => lex_dollar(lexer),
            b'-' if lexer.starts_with(b"--") && lexer.byte_before(lexer.at) == b' ' => lex_option(lexer),
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => lex_word(lexer, names),
            _ => lexer.bump(),
        }
    }
}

fn lex_word(lexer: &mut Lexer<'_, '_>, names: bool) {
    let begins = lexer.byte_before(lexer.at).is_ascii_whitespace();
    let end =
        lexer.find(lexer.at, |byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')));
    let word = lexer.slice(lexer.at, end);
    let next = lexer.byte_at(end);
    let class = if begins && names && (next == b'=' || next == b'\n' || next == 0) {
        Class::Variable
    } else if begins && word.eq_ignore_ascii_case(b"as") && next == b' ' {
        Class::Keyword
    } else if begins && word.iter().all(u8::is_ascii_digit) {
        Class::Number
    } else {
        Class::Plain
    };
    lexer.take(class, end);
}
