//! HTML in Markdown: which of it is harmless, and where there is more. One list for what pages keep
//! and for what authors are told.

use std::borrow::Cow;
use std::ops::Range;

use super::code_spans::code_and_tags;

/// Elements that may stand in a text. Everything else is dropped, its words are kept.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that are dropped with everything in them.
pub const DROPPED_WHOLE: &[&str] = &["script", "style"];

/// Attributes that any of them may have.
pub const ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "role", "tabindex", "title"];

/// Starts of names of such attributes.
pub const ATTRIBUTE_STARTS: &[&str] = &["aria-", "data-"];

/// Attributes of single elements.
pub const ATTRIBUTES_OF: &[(&str, &[&str])] = &[
    ("a", &["href", "name"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("details", &["open"]),
    ("img", &["alt", "height", "loading", "src", "width"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Kinds of addresses that open something and run nothing.
pub const SCHEMES: [&str; 9] = ["http", "https", "mailto", "tel", "sms", "ftp", "vscode", "git", "ssh"];

/// What a page does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub what: What,
    /// Where it stands.
    pub at: Range<usize>,
}

/// The parts of HTML that can be dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An element's tag, by its name.
    Element(String),
    /// An attribute: the element's name and its own.
    Attribute(String, String),
    /// An address, and what it belongs to: a picture or a link.
    Address { picture: bool },
}

/// How many characters of an address are looked at.
const SCHEME_WITHIN: usize = 64;

/// Whether a page may have an address: one that opens a page, or for a picture, one that loads from
/// nowhere else.
#[must_use]
pub fn is_safe_address(address: &str, picture: bool) -> bool {
    // Browsers pass over white space and control characters in a scheme.
    let is_bare = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    let bare = if address.len() <= SCHEME_WITHIN && address.bytes().all(is_bare) {
        Cow::Borrowed(address)
    } else {
        let seen = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(SCHEME_WITHIN);
        Cow::Owned(seen.collect::<String>().to_ascii_lowercase())
    };
    let before = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = before.split_once(':').map(|(scheme, _)| scheme);
    if picture {
        let drawn =
            ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/svg+xml"];
        let elsewhere = bare.starts_with("//") || bare.starts_with("\\\\") || scheme.is_some();
        return !elsewhere || drawn.iter().any(|start| bare.starts_with(start));
    }
    scheme.is_none_or(|scheme| SCHEMES.contains(&scheme))
}

/// Whether an element may have an attribute. Addresses are looked at apart.
#[must_use]
pub fn is_safe_attribute(element: &str, name: &str) -> bool {
    let of_element = ATTRIBUTES_OF.iter().find(|(known, _)| *known == element).map_or(&[][..], |(_, it)| it);
    ATTRIBUTES.contains(&name)
        || of_element.contains(&name)
        || ATTRIBUTE_STARTS.iter().any(|start| name.starts_with(start) && name.len() > start.len())
}

/// What is dropped of the tag that opens at `start`; the end of the tag, or of the element where all of
/// it goes. `None` if no tag opens there, so that Markdown shows the text as it is.
#[must_use]
pub fn dropped_of_tag(text: &str, start: usize) -> Option<(Vec<Dropped>, usize)> {
    let tag = read_tag(text, start)?;
    let name = tag.name.to_ascii_lowercase();
    let mut dropped = Vec::new();
    if !ELEMENTS.contains(&name.as_str()) {
        if !tag.closes {
            dropped.push(Dropped { what: What::Element(name.clone()), at: tag.at.clone() });
        }
        let end = DROPPED_WHOLE.contains(&name.as_str()) && !tag.closes;
        return Some((dropped, if end { after_element(text, tag.at.end, &name) } else { tag.at.end }));
    }
    for attribute in tag.attributes {
        let own = attribute.name.to_ascii_lowercase();
        let is_address = matches!(own.as_str(), "href" | "src");
        if !is_safe_attribute(&name, &own) {
            dropped.push(Dropped { what: What::Attribute(name.clone(), own), at: attribute.at });
        } else if is_address && !is_safe_address(&attribute.value, own == "src") {
            dropped.push(Dropped { what: What::Address { picture: own == "src" }, at: attribute.at });
        }
    }
    Some((dropped, tag.at.end))
}

/// A text of Markdown without what a page does not keep.
#[must_use]
pub fn without_dropped(text: &str) -> Cow<'_, str> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for range in code_and_tags(text).into_iter().filter(|range| text[range.start..].starts_with('<')) {
        let from = cuts.last().map_or(0, |last| last.end);
        let Some((dropped, end)) = dropped_of_tag(text, range.start).filter(|_| range.start >= from) else {
            continue;
        };
        let all = |part: &Dropped| matches!(part.what, What::Element(_));
        cuts.extend(dropped.into_iter().map(|part| if all(&part) { part.at.start..end } else { part.at }));
    }
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        out.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// A tag in a text of Markdown.
pub struct Tag<'t> {
    /// As it is written; HTML does not distinguish case.
    pub name: &'t str,
    /// Whether it is `</name>`.
    pub closes: bool,
    attributes: Vec<Found<'t>>,
    /// Where it stands, from `<` to `>`.
    pub at: Range<usize>,
}

struct Found<'t> {
    name: &'t str,
    /// With the entities of letters resolved.
    value: String,
    at: Range<usize>,
}

/// Reads the tag that begins at `start`, as Markdown knows it: without `>` it is text.
#[must_use]
pub fn read_tag(text: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let closes = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(closes);
    let len =
        bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    let name =
        text.get(from..from + len).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let mut at = from + len;
    // `<https://example.org>` and `<me@example.org>` are links.
    if !bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte)) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
            at += 1;
        }
        match bytes.get(at)? {
            b'>' => return Some(Tag { name, closes, attributes, at: start..at + 1 }),
            b'<' => return None,
            _ => {
                let found = read_attribute(text, at)?;
                at = found.at.end;
                attributes.push(found);
            }
        }
    }
}

fn read_attribute(text: &str, start: usize) -> Option<Found<'_>> {
    let bytes = text.as_bytes();
    let run = |from: usize, stop: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|byte| stop(*byte)).map_or(text.len(), |offset| from + offset)
    };
    let name_end = run(start + 1, &|byte| byte.is_ascii_whitespace() || b"/>=".contains(&byte));
    let name = text.get(start..name_end)?;
    let sign = run(name_end, &|byte| !byte.is_ascii_whitespace());
    if bytes.get(sign) != Some(&b'=') {
        return Some(Found { name, value: String::new(), at: start..name_end });
    }
    let from = run(sign + 1, &|byte| !byte.is_ascii_whitespace());
    let (value, end) = match bytes.get(from)? {
        quote @ (b'"' | b'\'') => {
            let end = run(from + 1, &|byte| byte == *quote);
            (from + 1..end, (end + 1).min(text.len()))
        }
        _ => {
            let end = run(from, &|byte| byte.is_ascii_whitespace() || byte == b'>');
            (from..end, end)
        }
    };
    let value = super::html::decode_entities(text.get(value)?).into_owned();
    Some(Found { name, value, at: start..end })
}

/// Where an element ends whose content goes with it.
fn after_element(text: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(offset) = text[at..].find("</") {
        at += offset + 2;
        if text[at..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return text[at..].find('>').map_or(text.len(), |end| at + end + 1);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let start = text.find('<').unwrap_or(0);
        let (dropped, _) = dropped_of_tag(text, start).unwrap_or_default();
        dropped.into_iter().map(|it| &text[it.at]).collect()
    }

    #[test]
    fn what_is_harmless_stays() {
        for text in [
            "<b>",
            "</script>",
            "<details open>",
            "<img src=\"assets/a.svg\" alt='x' width=3>",
            "<br/>",
            "<a href=\"https://example.org/?a=1&amp;b\" class=x data-y aria-label=\"z\">",
            "<SUB>",
            "<a href=#x>",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_found_where_it_stands() {
        assert_eq!(found("a <script src=x>"), ["<script src=x>"]);
        assert_eq!(found("<iframe src='x'/>"), ["<iframe src='x'/>"]);
        assert_eq!(found("<div style=\"color: red\" id=a>"), ["style=\"color: red\""]);
        assert_eq!(found("<b onclick = 'x()' OnLoad>"), ["onclick = 'x()'", "OnLoad"]);
        assert_eq!(found("<a href=\" java\tscript:x()\">"), ["href=\" java\tscript:x()\""]);
        assert_eq!(found("<a href=java&#115;cript:x()>"), ["href=java&#115;cript:x()"]);
        assert_eq!(found("<img src=https://example.org/a.png>"), ["src=https://example.org/a.png"]);
    }

    #[test]
    fn text_is_no_tag() {
        for text in ["<", "1 <2", "<https://example.org>", "<me@example.org>", "a <b", "<b <i>", "<!-- x -->"]
        {
            let start = text.find('<').unwrap_or(0);
            assert!(dropped_of_tag(text, start).is_none(), "{text}");
        }
    }

    #[test]
    fn an_element_that_goes_whole_ends_at_its_closing_tag() {
        let text = "<style>p { }</STYLE> x";
        assert_eq!(dropped_of_tag(text, 0).map(|(_, end)| &text[end..]), Some(" x"));
    }

    #[test]
    fn addresses_are_judged_as_browsers_read_them() {
        for address in
            ["", "#a", "../a/", "https://a.b", "HTTP://a.b", "mailto:a@b", "a/b:c", "?x=javascript:y"]
        {
            assert!(is_safe_address(address, false), "{address}");
        }
        for address in [
            "javascript:x",
            "JavaScript:x",
            "\u{1}javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
        ] {
            assert!(!is_safe_address(address, false), "{address}");
        }
        assert!(is_safe_address("assets/a.svg", true) && is_safe_address("data:image/png;base64,x", true));
        assert!(!is_safe_address("https://a.b/c.png", true) && !is_safe_address("//a.b/c.png", true));
        assert!(!is_safe_address("data:text/html,x", true));
    }

    #[test]
    fn a_text_without_what_is_dropped() {
        assert_eq!(without_dropped("a<script>b</script>c <b style=x>d</b>"), "ac <b >d</b>");
        assert_eq!(without_dropped("`<script>` <b>d</b> <"), "`<script>` <b>d</b> <");
    }
}
