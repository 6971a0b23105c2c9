//! The items of a list: marker, task box, attributes, content.

use std::ops::Range;

use super::tree::Item;
use crate::diag::Sink;
use crate::source::{FileId, Span};
use crate::syntax::attributes::{attributes_end, parse_attributes};

/// Reads the item that stands at `range` of `text`, from its marker to its end.
pub(super) fn parse_item(text: &str, file: FileId, range: Range<usize>, sink: &Sink) -> Item {
    let source = text[range.clone()].trim_end();
    let mut at = skip_space(source, marker_len(source));
    let mut checked = None;
    if let Some(state) = task_box(&source[at..]) {
        checked = Some(state);
        at = skip_space(source, at + 3);
    }
    let mut attributes = None;
    // Prose may begin with a brace; only an id or a class makes it attributes.
    if source[at..].starts_with("{#") || source[at..].starts_with("{.") {
        let line_len = source[at..].find('\n').unwrap_or(source.len() - at);
        let end = attributes_end(&source[at..at + line_len]).unwrap_or(line_len);
        let place = Span::new(file, range.start + at, range.start + at + end);
        attributes = Some(Box::new(parse_attributes(&source[at..at + end], place, sink)));
        at = skip_space(source, at + end);
    }
    let end = range.start + source.len();
    Item {
        span: Span::new(file, range.start, end),
        content: Span::new(file, (range.start + at).min(end), end),
        checked,
        attributes,
    }
}

/// The length of `-`, `*`, `+`, `1.` or `1)`.
fn marker_len(source: &str) -> usize {
    let digits = source.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 || source.starts_with(['-', '*', '+']) { (digits + 1).min(source.len()) } else { 0 }
}

fn skip_space(source: &str, at: usize) -> usize {
    source.len() - source[at..].trim_start().len()
}

fn task_box(content: &str) -> Option<bool> {
    let rest = content.strip_prefix('[')?;
    let checked = match rest.as_bytes().first()? {
        b' ' => false,
        b'x' | b'X' => true,
        _ => return None,
    };
    let rest = rest[1..].strip_prefix(']')?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn parse(text: &str) -> (String, Option<bool>, Option<String>) {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let item = parse_item(text, file, 0..text.len(), &Sink::default());
        let id = item.attributes.and_then(|attributes| attributes.id).map(|id| id.value);
        (files.slice(item.content).to_owned(), item.checked, id)
    }

    #[test]
    fn marker_box_and_attributes_are_cut_off() {
        for (text, content, checked, id) in [
            ("- {#share} **Share one pool.** x", "**Share one pool.** x", None, Some("share")),
            ("- [x] {#a} right", "right", Some(true), Some("a")),
            ("- [ ] wrong\n", "wrong", Some(false), None),
            ("10) [link](x)", "[link](x)", None, None),
            ("- {\"json\": 1}", "{\"json\": 1}", None, None),
            ("-", "", None, None),
            ("- [x]", "", Some(true), None),
            ("- {#a}", "", None, Some("a")),
            ("* a\n  b\n\n  c\n\n", "a\n  b\n\n  c", None, None),
        ] {
            assert_eq!(parse(text), (content.into(), checked, id.map(str::to_owned)), "{text}");
        }
    }
}
