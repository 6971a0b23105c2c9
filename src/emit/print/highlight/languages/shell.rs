//! Shell scripts: commands and their options, words with values in them, here-documents.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::super::words::Words;
use super::console::{console, is_session};
use super::heredoc::{Heredoc, lex_heredoc, read_heredoc};
use super::shell_words::{lex_dollar, lex_double, lex_single};

static WORDS: Words = Words::new(
    &[
        // Behind these comes a command.
        (Class::Keyword, "if then elif else fi do done while until esac function ! time { }"),
        // Behind these a name, or nothing.
        (
            Class::Type,
            "for case select in return exit break continue local export declare readonly typeset unset shift",
        ),
        // Behind these a command, which is one itself.
        (Class::Maybe, "sudo env exec command nohup xargs builtin"),
        (Class::Plain, "[ [["),
    ],
    false,
);

/// A shell's script, or a session if the text begins with a prompt.
pub(in super::super) fn shell(lexer: &mut Lexer<'_, '_>) {
    if is_session(lexer) { console(lexer) } else { lex_script(lexer, 0) }
}

/// One command with the lines that belong to it; stops before the line feed.
pub(super) fn shell_line(lexer: &mut Lexer<'_, '_>) {
    lex_script(lexer, b'\n');
}

/// What the next word may be.
struct Place {
    /// A command comes next.
    command: bool,
    /// What comes is the value of a name, `NAME=value`; a command may follow it.
    assigned: bool,
    /// `for` or `case` has been read, so `in` is a keyword.
    expects_in: bool,
    /// The line before this one ended with a backslash.
    continued: bool,
    /// A closing parenthesis ends a pattern of `case`.
    patterns: bool,
    /// Open parentheses.
    open: usize,
    heredoc: Option<Heredoc>,
}

/// Lexes until the end, or to `stop`: a closing parenthesis, a backtick or a line feed; 0 for none.
pub(super) fn lex_script(lexer: &mut Lexer<'_, '_>, stop: u8) {
    let mut place = Place {
        command: true,
        assigned: false,
        expects_in: false,
        continued: false,
        patterns: stop != b')',
        open: 0,
        heredoc: None,
    };
    while lexer.more() {
        let byte = lexer.peek(0);
        if byte == stop && place.ends_at(stop) {
            return;
        }
        match byte {
            b' ' | b'\t' | b'\r' => {
                lexer.bump();
                continue;
            }
            b'#' if begins_word(lexer) => {
                lex_comment(lexer, &place);
                continue;
            }
            b'\\' => {
                place.continued = lexer.peek(1) == b'\n';
                lexer.skip(2);
                continue;
            }
            b'\n' if lex_newline(lexer, &mut place) && stop == b'\n' => return,
            b'\n' => {}
            b'\'' | b'"' | b'$' | b'`' => lex_part(lexer, &mut place),
            b'<' | b'>' => lex_redirection(lexer, &mut place),
            b';' | b'|' | b'&' | b'(' | b')' => lex_operator(lexer, &mut place),
            _ => lex_word(lexer, &mut place),
        }
        place.continued = false;
    }
}

impl Place {
    /// Whether the byte at which a script stops does end it here.
    fn ends_at(&self, stop: u8) -> bool {
        stop != 0 && self.open == 0 && (stop != b'\n' || self.heredoc.is_none() && !self.continued)
    }
}

/// In a Dockerfile a comment may stand between the lines of a command.
fn lex_comment(lexer: &mut Lexer<'_, '_>, place: &Place) {
    lexer.take_line(Class::Comment);
    if place.continued {
        lexer.bump();
    }
}

/// True if the lines of a here-document followed.
fn lex_newline(lexer: &mut Lexer<'_, '_>, place: &mut Place) -> bool {
    lexer.bump();
    place.command = true;
    place.assigned = false;
    let heredoc = place.heredoc.take();
    if let Some(heredoc) = &heredoc {
        lex_heredoc(lexer, heredoc);
    }
    heredoc.is_some()
}

/// A part of a word that is a string or is filled in. It is a command's, or the value that a name is
/// given.
fn lex_part(lexer: &mut Lexer<'_, '_>, place: &mut Place) {
    match lexer.peek(0) {
        b'\'' => lex_single(lexer),
        b'"' => lex_double(lexer),
        b'$' => lex_dollar(lexer),
        _ => lex_backticks(lexer),
    }
    place.command &= place.assigned;
}

fn begins_word(lexer: &Lexer<'_, '_>) -> bool {
    matches!(lexer.byte_before(lexer.at), b' ' | b'\t' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'`')
}

fn lex_backticks(lexer: &mut Lexer<'_, '_>) {
    lexer.bump();
    let entered = lexer.deeper(|lexer| lex_script(lexer, b'`'));
    if entered {
        lexer.bump();
    }
}

fn lex_redirection(lexer: &mut Lexer<'_, '_>, place: &mut Place) {
    if lexer.starts_with(b"<<") && lexer.peek(2) != b'<' {
        if let Some(heredoc) = read_heredoc(lexer) {
            place.heredoc = Some(heredoc);
        }
        return;
    }
    let both = matches!(lexer.peek(1), b'&' | b'<' | b'>');
    lexer.skip(if both { 2 } else { 1 });
}

fn lex_operator(lexer: &mut Lexer<'_, '_>, place: &mut Place) {
    match lexer.peek(0) {
        b'(' => place.open += 1,
        b')' => place.open = place.open.saturating_sub(1),
        // `&>` sends both outputs somewhere.
        b'&' if lexer.peek(1) == b'>' => {
            lexer.bump();
            return;
        }
        _ => {}
    }
    lexer.bump();
    place.assigned = false;
    place.command = true;
}

fn lex_word(lexer: &mut Lexer<'_, '_>, place: &mut Place) {
    let start = lexer.at;
    let begins = begins_word(lexer);
    lexer.bump();
    lexer.skip_while(|byte| {
        !matches!(
            byte,
            b' ' | b'\t'
                | b'\r'
                | b'\n'
                | b';'
                | b'|'
                | b'&'
                | b'('
                | b')'
                | b'<'
                | b'>'
                | b'"'
                | b'\''
                | b'$'
                | b'`'
                | b'\\'
        )
    });
    let end = lexer.at;
    if !begins {
        return;
    }
    place.assigned = false;
    let word = lexer.slice(start, end);
    if place.command {
        lex_command(lexer, place, start, end);
    } else if place.expects_in && word == b"in" {
        place.expects_in = false;
        lexer.mark(Class::Keyword, start, end);
    } else {
        mark_argument(lexer, start, end);
    }
}

fn lex_command(lexer: &mut Lexer<'_, '_>, place: &mut Place, start: usize, end: usize) {
    let word = lexer.slice(start, end);
    if let Some(name) = assigned_name(word) {
        lexer.mark(Class::Variable, start, start + name);
        place.assigned = true;
        return;
    }
    match WORDS.class_of(word) {
        Some(Class::Keyword) => lexer.mark(Class::Keyword, start, end),
        Some(Class::Type) => {
            lexer.mark(Class::Keyword, start, end);
            // Assignments may follow.
            place.command = matches!(word, b"export" | b"local" | b"declare" | b"readonly" | b"typeset");
            place.expects_in = matches!(word, b"for" | b"case" | b"select");
        }
        Some(Class::Maybe) => lexer.mark(Class::Function, start, end),
        Some(_) => place.command = false,
        None if word[0] == b'-' || word[0] == b'+' => mark_argument(lexer, start, end),
        // A pattern of `case`.
        None if lexer.byte_at(end) == b')' && place.open == 0 && place.patterns => place.command = false,
        None => {
            lexer.mark(Class::Function, start, end);
            place.command = false;
        }
    }
}

/// How long the name is in `NAME=value`.
fn assigned_name(word: &[u8]) -> Option<usize> {
    let name = word.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))?;
    let assigns = word[name] == b'=' || word[name..].starts_with(b"+=");
    (assigns && name > 0 && !word[0].is_ascii_digit()).then_some(name)
}

/// Options and numbers; other arguments are plain.
fn mark_argument(lexer: &mut Lexer<'_, '_>, start: usize, end: usize) {
    let word = lexer.slice(start, end);
    if word[0] == b'-'
        && word.get(1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && word != b"--"
    {
        let option = word.iter().position(|byte| *byte == b'=').unwrap_or(word.len());
        lexer.mark(Class::Attribute, start, start + option);
    } else if word.iter().all(u8::is_ascii_digit) {
        lexer.mark(Class::Number, start, end);
    }
}
