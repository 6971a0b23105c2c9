//! The words of a page: paragraphs outside of fences, and texts without marks and space.

use std::ops::Range;

use super::course::is_weighing;
use crate::adopt::{Page, Part, PartKind};
use crate::source::{FileId, Files, Span};
use crate::syntax::code_spans::code_and_tags;

/// Lines of prose that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub told: Told,
}

/// For what a text is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It says how things are.
    Plain,
    /// It weighs possibilities.
    Weighing,
    /// It belongs to an answer.
    Key,
}

/// The paragraphs of a page.
pub fn paragraphs(files: &Files, page: &Page) -> Vec<Paragraph> {
    let mut found = Vec::new();
    for part in &page.parts {
        let told = match part.kind {
            PartKind::AnswerKey => Told::Key,
            _ if is_weighing(part) => Told::Weighing,
            _ => Told::Plain,
        };
        found.extend(paragraphs_in(files, part.span).map(|span| Paragraph { span, told }));
    }
    found
}

/// The paragraphs of a part.
pub fn paragraphs_of_part(files: &Files, part: &Part) -> Vec<Span> {
    paragraphs_in(files, part.span).collect()
}

/// The paragraphs of a Markdown file that is no page.
pub fn paragraphs_of_file(files: &Files, file: FileId) -> Vec<Paragraph> {
    let length = files.text(file).map_or(0, str::len);
    let all = paragraphs_in(files, Span::new(file, 0, length));
    all.map(|span| Paragraph { span, told: Told::Plain }).collect()
}

/// Runs of lines outside of fences. A heading, a row and an item of a list each begin one.
fn paragraphs_in(files: &Files, span: Span) -> impl Iterator<Item = Span> + use<> {
    let text = files.slice(span);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for_each_line(text, |at, line, in_fence| {
        let line = line.trim_end();
        let inner = unquoted(line);
        if in_fence || inner.is_empty() {
            open = false;
            return;
        }
        let starts = inner.starts_with(['#', '|', '-', '*', '+']) || starts_with_number(inner);
        match found.last_mut().filter(|_| open && !starts) {
            Some(last) => last.end = at + line.len(),
            None => found.push(at..at + line.len()),
        }
        open = !inner.starts_with('#');
    });
    found.into_iter().map(move |range| span.sub(range.start, range.end))
}

/// Calls `visit` for each line with its offset, and whether it belongs to a fence.
pub fn for_each_line<'t>(text: &'t str, mut visit: impl FnMut(usize, &'t str, bool)) {
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = unquoted(line).trim();
        let mark = inner.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| inner.chars().take_while(|other| *other == mark).count());
        let in_fence = match (fence, mark) {
            (None, Some(mark)) if length >= 3 => {
                fence = Some((mark, length));
                true
            }
            (Some((open, least)), Some(mark))
                if mark == open && length >= least && inner.trim_start_matches(open).is_empty() =>
            {
                fence = None;
                true
            }
            (fence, _) => fence.is_some(),
        };
        visit(at, line, in_fence);
        at += line.len();
    }
}

/// A line without the marks of quotes and the space before it.
pub fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}

fn starts_with_number(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && line[digits..].starts_with(['.', ')'])
}

/// A text as far as its words go: one space between them, lower case, no marks of Markdown.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in without_destinations(text).chars() {
        match letter {
            '*' | '_' | '`' | '>' | '#' | '"' | '“' | '”' | '[' | ']' | '\\' => {}
            letter if letter.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '–' | '—' | '−' => out.push('-'),
            '’' | '‘' => out.push('\''),
            letter => out.extend(letter.to_lowercase()),
        }
    }
    out.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ';' | ',')).to_owned()
}

/// `[the words](where they lead)` as `[the words]`.
fn without_destinations(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..=at]);
        let inner = &rest[at + 2..];
        let mut depth = 1_usize;
        let end = inner.char_indices().find_map(|(at, letter)| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at + 1)
        });
        rest = end.map_or("", |end| &inner[end..]);
    }
    out.push_str(rest);
    out
}

/// A text with spaces in the place of code, each byte where it was.
pub fn without_code(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in code_and_tags(text) {
        if let Some(inside) = bytes.get_mut(range) {
            inside.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Spans of one text, put together as one.
pub fn joined(files: &Files, spans: &[Span]) -> String {
    spans.iter().map(|span| files.slice(*span)).collect::<Vec<_>>().join(" ")
}

/// How alike two texts are, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_levenshtein(one, other)
}

/// The first word of `text` that `other` does not have at its place.
pub fn first_other_word(text: &str, other: &str) -> Range<usize> {
    let mut theirs = other.split_whitespace().map(words);
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        if theirs.next().as_deref() != Some(words(word).as_str()) {
            return at..at + word.len();
        }
    }
    0..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_leave_fences_out() {
        let mut files = Files::default();
        let text = "# A\nOne\ntwo.\n\n> three\n> four\n\n```sh\ncode\n```\n- five\n- six\n| a |\n| b |\n";
        let file = files.add_text("a.md", text);
        let found: Vec<&str> =
            paragraphs_of_file(&files, file).iter().map(|it| files.slice(it.span)).collect();
        assert_eq!(found, ["# A", "One\ntwo.", "> three\n> four", "- five", "- six", "| a |", "| b |"]);
    }

    #[test]
    fn words_compare_without_marks() {
        assert_eq!(words("**The  [`p99`](a.md#b)** —\n fine."), "the p99 - fine");
        assert_eq!(&"a b c"[first_other_word("a b c", "a x c")], "b");
    }
}
