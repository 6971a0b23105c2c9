//! Markdown, line by line: headings, lists, directives, code in its own language, front matter.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::choice::language;
use super::yaml::yaml;

pub(in super::super) fn markdown(lexer: &mut Lexer<'_, '_>) {
    if lexer.at == 0 && lexer.starts_with(b"---\n") {
        lex_front_matter(lexer);
    }
    while lexer.more() {
        lexer.skip_spaces();
        match lexer.peek(0) {
            b'#' => lex_heading(lexer),
            b'`' | b'~' if fence_len(lexer) >= 3 => lex_fence(lexer),
            b':' if lexer.starts_with(b":::") => lex_directive(lexer),
            b'>' => {
                let end = lexer.at + 1;
                lexer.take(Class::Punctuation, end);
                continue;
            }
            b'-' | b'*' | b'+' if lexer.peek(1) == b' ' => {
                let end = lexer.at + 1;
                lexer.take(Class::Punctuation, end);
                lex_inline(lexer);
            }
            byte if byte.is_ascii_digit() => {
                let end = lexer.find(lexer.at, |byte| !byte.is_ascii_digit());
                if matches!(lexer.byte_at(end), b'.' | b')') && lexer.byte_at(end + 1) == b' ' {
                    lexer.take(Class::Punctuation, end + 1);
                }
                lex_inline(lexer);
            }
            _ => lex_inline(lexer),
        }
        lexer.bump();
    }
}

fn lex_front_matter(lexer: &mut Lexer<'_, '_>) {
    let behind = lexer.behind(4, b"\n---\n");
    lexer.within(behind, yaml);
}

fn lex_heading(lexer: &mut Lexer<'_, '_>) {
    let end = lexer.find(lexer.at, |byte| byte != b'#');
    if end - lexer.at <= 6 && matches!(lexer.byte_at(end), b' ' | b'\n' | 0) {
        lexer.take_line(Class::Keyword);
    } else {
        lex_inline(lexer);
    }
}

fn fence_len(lexer: &mut Lexer<'_, '_>) -> usize {
    let mark = lexer.peek(0);
    lexer.find(lexer.at, |byte| byte != mark) - lexer.at
}

/// A fence with what it holds, which is lexed as what it says it is.
fn lex_fence(lexer: &mut Lexer<'_, '_>) {
    let (mark, len) = (lexer.peek(0), fence_len(lexer));
    let word = lexer.find(lexer.at + len, |byte| byte != b' ');
    let word_end = lexer.find(word, |byte| matches!(byte, b' ' | b'\n' | b'{'));
    let name = lexer.slice(word, word_end);
    lexer.take_line(Class::Punctuation);
    lexer.bump();
    let mut line = lexer.at;
    let (mut body_end, mut close) = (lexer.end, lexer.end);
    while line < lexer.end {
        let text = lexer.find(line, |byte| byte != b' ');
        let marks = lexer.find(text, |byte| byte != mark);
        let end = lexer.find(marks, |byte| byte == b'\n');
        if marks - text >= len && lexer.slice(marks, end).trim_ascii().is_empty() {
            (body_end, close) = (line, end);
            break;
        }
        line = end + 1;
    }
    let inner = std::str::from_utf8(name).ok().and_then(language);
    let (prev, state, failed) = (lexer.prev, lexer.state, lexer.failed);
    (lexer.prev, lexer.state, lexer.failed) = (0, 0, 0);
    lexer.within(body_end, |lexer| {
        lexer.deeper(|lexer| {
            if let Some(inner) = inner {
                inner(lexer);
            }
        });
    });
    (lexer.prev, lexer.state, lexer.failed) = (prev, state, failed);
    lexer.skip_spaces();
    lexer.take(Class::Punctuation, close);
}

/// `:::name{key=value}`.
fn lex_directive(lexer: &mut Lexer<'_, '_>) {
    let name = lexer.find(lexer.at, |byte| byte != b':');
    let end = lexer.find(name, |byte| !(byte.is_ascii_alphanumeric() || byte == b'-'));
    lexer.take(Class::Keyword, end);
    let line = lexer.line_end();
    while lexer.at < line {
        match lexer.peek(0) {
            b'"' => {
                let end = lexer.find(lexer.at + 1, |byte| matches!(byte, b'"' | b'\n'));
                lexer.take(Class::String, (end + 1).min(line));
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'#' => {
                let end = lexer.find(lexer.at + 1, |byte| {
                    !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                });
                let key = lexer.byte_at(end) == b'=' || byte == b'#';
                lexer.take(if key { Class::Attribute } else { Class::Plain }, end);
            }
            _ => lexer.bump(),
        }
    }
}

/// Code and links, up to the end of the line.
fn lex_inline(lexer: &mut Lexer<'_, '_>) {
    // Runs of one, two and three backticks for which this line has no second one.
    let mut unclosed = [false; 4];
    loop {
        lexer.at = lexer.find(lexer.at, |byte| matches!(byte, b'`' | b']' | b'<' | b'\\' | b'\n'));
        match (lexer.peek(0), lexer.peek(1)) {
            (b'`', _) => lex_code_span(lexer, &mut unclosed),
            (b']', b'(') => {
                lexer.skip(2);
                let end = lexer.find(lexer.at, |byte| matches!(byte, b')' | b'(' | b'[' | b' ' | b'\n'));
                lexer.take(Class::String, end);
            }
            (b'<', b'!') if lexer.starts_with(b"<!--") => {
                let end = lexer.behind(lexer.at + 4, b"-->");
                lexer.take(Class::Comment, end);
            }
            (b'\\', next) if next != b'\n' => lexer.skip(2),
            (b'\n', _) => return,
            _ if !lexer.more() => return,
            _ => lexer.bump(),
        }
    }
}

fn lex_code_span(lexer: &mut Lexer<'_, '_>, unclosed: &mut [bool; 4]) {
    let len = fence_len(lexer);
    if len > 3 || unclosed[len] {
        return lexer.skip(len);
    }
    let mut at = lexer.at + len;
    loop {
        at = lexer.find(at, |byte| matches!(byte, b'`' | b'\n'));
        if lexer.byte_at(at) != b'`' {
            unclosed[len] = true;
            return lexer.skip(len);
        }
        let end = lexer.find(at, |byte| byte != b'`');
        if end - at == len {
            return lexer.take(Class::String, end);
        }
        at = end;
    }
}
