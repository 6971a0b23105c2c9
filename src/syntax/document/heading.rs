//! The text of a heading and its trailing attributes.

use std::ops::Range;

use crate::diag::Sink;
use crate::source::{FileId, Span};
use crate::syntax::attributes::{Attributes, attributes_end, parse_attributes};

/// Reads the heading that stands at `range` of `text` (`#` signs or underline included).
pub(super) fn parse_heading(
    text: &str,
    file: FileId,
    range: Range<usize>,
    setext: bool,
    sink: &Sink,
) -> (Span, Attributes) {
    let (start, content) = content_of(&text[range.clone()], setext);
    let start = range.start + start;
    let (title, attributes) = split_attributes(content);
    let span = Span::new(file, start + title.start, start + title.end);
    let attributes = match attributes {
        None => Attributes::empty(Span::new(file, start + title.end, start + title.end)),
        Some(at) => {
            let place = Span::new(file, start + at.start, start + at.end);
            parse_attributes(&content[at], place, sink)
        }
    };
    (span, attributes)
}

/// The heading's content and where it starts: without the opening `#` signs or the underline.
fn content_of(source: &str, setext: bool) -> (usize, &str) {
    if setext {
        let lines = source.trim_end().rfind('\n').unwrap_or(source.len());
        let content = &source[..lines];
        let start = content.len() - content.trim_start().len();
        return (start, content[start..].trim_end());
    }
    let after = source.trim_start().trim_start_matches('#').trim_start();
    (source.len() - after.len(), after.trim_end())
}

/// Cuts a trailing `{…}` and closing `#` signs off. `{` counts after white space or at the start;
/// `\{` is an ordinary brace.
fn split_attributes(content: &str) -> (Range<usize>, Option<Range<usize>>) {
    let body = without_closing(content);
    if body.ends_with('}') && !body.ends_with("\\}") {
        for (at, _) in body.match_indices('{') {
            let spaced = body[..at].chars().next_back().is_none_or(char::is_whitespace);
            if spaced && attributes_end(&body[at..]) == Some(body.len() - at) {
                return (0..without_closing(&body[..at]).len(), Some(at..body.len()));
            }
        }
    }
    (0..body.len(), None)
}

/// Without the `#` signs that may close a heading.
fn without_closing(content: &str) -> &str {
    let content = content.trim_end();
    let open = content.trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { content }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn parse(text: &str) -> (String, String, usize) {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let sink = Sink::default();
        let setext = !text.starts_with('#');
        let (title, attributes) = parse_heading(text, file, 0..text.len(), setext, &sink);
        let shown = files.slice(attributes.span).to_owned();
        (files.slice(title).to_owned(), shown, sink.into_sorted(&files).len())
    }

    #[test]
    fn attributes_are_cut_off_the_text() {
        for (text, title, attributes) in [
            ("## Reproduce it {.observe #reproduce}", "Reproduce it", "{.observe #reproduce}"),
            ("## Reproduce it", "Reproduce it", ""),
            ("## {.situation}", "", "{.situation}"),
            ("## Closed ## {.fix}", "Closed", "{.fix}"),
            ("## Closed {.fix} ##", "Closed", "{.fix}"),
            ("## C#", "C#", ""),
            ("## Use `{x}`", "Use `{x}`", ""),
            ("## A \\{b\\}", "A \\{b\\}", ""),
            ("## A {b} {.c was=\"{\"}", "A {b}", "{.c was=\"{\"}"),
            ("#", "", ""),
            ("Two\nlines {.faq}\n---", "Two\nlines", "{.faq}"),
        ] {
            let found = parse(text);
            assert_eq!((found.0.as_str(), found.1.as_str(), found.2), (title, attributes, 0), "{text}");
        }
    }

    #[test]
    fn a_role_without_its_dot_is_found() {
        assert_eq!(parse("## A {situation}"), ("A".into(), "{situation}".into(), 1));
    }
}
