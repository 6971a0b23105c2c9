//! The attributes of HTML as it is emitted: enough to follow links, not a browser. Comments, scripts
//! and styles are passed over.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'t> {
    pub element: &'t str,
    pub name: &'t str,
    /// As it is written.
    written: &'t str,
    /// Where the value stands, without quotes.
    pub at: Range<usize>,
}

impl<'t> Attribute<'t> {
    /// Its value, with entities resolved.
    #[must_use]
    pub fn value(&self) -> Cow<'t, str> {
        decode_entities(self.written)
    }

    /// Whether it makes its element a place that links can lead to.
    #[must_use]
    pub fn is_anchor(&self) -> bool {
        self.name == "id" || (self.element == "a" && self.name == "name")
    }
}

/// Calls `visit` for each attribute that has a value, in order. A class that comes first is passed over: nobody
/// asks for it, and of most elements of a page with code it is all they have.
pub fn for_each_attribute<'t>(text: &'t str, mut visit: impl FnMut(Attribute<'t>)) {
    let mut at = 0;
    while let Some(open) = memchr(b'<', &text.as_bytes()[at..]).map(|offset| at + offset) {
        let bytes = &text.as_bytes()[open..];
        if bytes.first_chunk() == Some(SPAN)
            && let Some(len) = bytes[SPAN.len()..].iter().position(|byte| *byte == b'"')
            && bytes.get(SPAN.len() + len + 1) == Some(&b'>')
        {
            at = open + SPAN.len() + len + 2;
            continue;
        }
        at = match bytes.get(1) {
            Some(b'!') if text[open..].starts_with("<!--") => after(text, open + 4, "-->"),
            Some(first) if first.is_ascii_alphabetic() => {
                let (element, end) = read_element(text, open, &mut visit);
                // Seldom anything else, and quickly told.
                let may_be_raw = matches!(first.to_ascii_lowercase(), b's' | b't');
                let mut raw = RAW.into_iter().filter(|raw| may_be_raw && raw.len() == element.len());
                let raw = raw.find(|raw| element.eq_ignore_ascii_case(raw));
                raw.map_or(end, |raw| skip_raw(text, end, raw))
            }
            _ => open + 1,
        };
    }
}

const CLASS: &[u8] = b" class=\"";

/// How a word of colored code begins: in pages, most elements do.
const SPAN: &[u8; 13] = b"<span class=\"";

/// Elements whose content is no HTML.
const RAW: [&str; 3] = ["script", "style", "textarea"];

fn after(text: &str, from: usize, mark: &str) -> usize {
    text[from..].find(mark).map_or(text.len(), |offset| from + offset + mark.len())
}

/// To the closing tag of an element whose content is no HTML.
fn skip_raw(text: &str, from: usize, element: &str) -> usize {
    let mut at = from;
    while let Some(offset) = text[at..].find("</") {
        at += offset + 2;
        if text[at..].get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element)) {
            return at;
        }
    }
    text.len()
}

/// From a place to the first byte that stops.
#[inline]
fn run(text: &str, from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while text.as_bytes().get(at).is_some_and(|byte| !stop(*byte)) {
        at += 1;
    }
    at
}

/// Reads the element that opens at `open`. Returns its name and the end of its tag.
fn read_element<'t>(text: &'t str, open: usize, visit: &mut impl FnMut(Attribute<'t>)) -> (&'t str, usize) {
    let bytes = text.as_bytes();
    let name_end = run(text, open + 1, |byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>');
    let element = &text[open + 1..name_end];
    let mut at = name_end;
    if bytes[at..].starts_with(CLASS) {
        let start = at + CLASS.len();
        at = memchr(b'"', &bytes[start..]).map_or(text.len(), |end| start + end + 1);
    }
    loop {
        at = run(text, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None => return (element, text.len()),
            Some(b'>') => return (element, at + 1),
            Some(_) => {}
        }
        let end = run(text, at + 1, |byte| byte.is_ascii_whitespace() || b"/>=".contains(&byte));
        let name = &text[at..end];
        at = run(text, end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        let start = run(text, at + 1, |byte| !byte.is_ascii_whitespace());
        let value = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr(*quote, &bytes[start + 1..]);
                start + 1..end.map_or(text.len(), |end| start + 1 + end)
            }
            _ => start..run(text, start, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        at = (value.end + usize::from(value.start > start)).min(text.len());
        visit(Attribute { element, name, written: &text[value.clone()], at: value });
    }
}

/// Resolves the entities that stand in addresses.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    // Values are too short for a search of their own to pay.
    if text.bytes().all(|byte| byte != b'&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (decoded, len) = entity.unwrap_or(('&', 1));
        out.push(decoded);
        rest = &rest[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes_of(text: &str) -> Vec<Attribute<'_>> {
        let mut all = Vec::new();
        for_each_attribute(text, |attribute| all.push(attribute));
        all
    }

    fn found(text: &str) -> Vec<(String, String, String)> {
        let all = attributes_of(text).into_iter();
        all.map(|it| (it.element.to_owned(), it.name.to_owned(), it.value().into_owned())).collect()
    }

    fn one(element: &str, name: &str, value: &str) -> (String, String, String) {
        (element.to_owned(), name.to_owned(), value.to_owned())
    }

    #[test]
    fn attributes_are_read_in_every_form() {
        assert_eq!(
            found(
                "<a class=x href=\"a?b&amp;c\" hidden id='d'>e</a><b class=\"g>\"><img class=\"h\" src = f/>"
            ),
            [one("a", "class", "x"), one("a", "href", "a?b&c"), one("a", "id", "d"), one("img", "src", "f/")]
        );
        assert_eq!(found("<a href=\"&#39;&#x2F;&unknown;&\">"), [one("a", "href", "'/&unknown;&")]);
        let text = "<p>1 < 2</p><a href=\"ü\">";
        assert_eq!(&text[attributes_of(text)[0].at.clone()], "ü");
    }

    #[test]
    fn what_is_no_element_is_passed_over() {
        assert_eq!(found("<!-- <a href=b> --><script>\"<a href=c>\"</script><style>d</style>"), []);
        assert_eq!(found("<!doctype html><a"), []);
        assert_eq!(found("<a href=\"b"), [one("a", "href", "b")]);
        assert_eq!(found("<a class=\"b href=\"c"), []);
        assert_eq!(found("<script><a href=b>"), []);
        assert_eq!(found("<ä b=c>"), []);
    }
}
