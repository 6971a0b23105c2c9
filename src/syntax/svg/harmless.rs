//! What in a picture could run, or would be loaded from elsewhere; and pictures without it. Browsers do
//! neither for a picture that stands in a page, but anybody can open it by itself.

use std::borrow::Cow;
use std::ops::Range;

use super::markup::{Element, Markup};
use super::outside::{Outside, outside_parts};
use crate::syntax::raw_html::is_safe_address;

/// Elements that bring something other than a drawing, in whatever namespace.
const FOREIGN: [&str; 5] = ["script", "foreignObject", "iframe", "embed", "object"];

/// Whether an attribute holds an address, or gives one to another attribute.
fn may_be_address(name: &str) -> bool {
    matches!(name, "href" | "src" | "to" | "from" | "by" | "values")
}

/// A part of a picture that can run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Running<'m> {
    /// An element, by its name.
    Element(&'m str),
    /// An attribute that is an event's handler, by its name.
    Handler(&'m str),
    /// An attribute whose address is a script, by its name.
    Address(&'m str),
}

/// Everything that can run: what it is, where an author would look for it, and all of it.
#[must_use]
pub fn running_parts<'m>(markup: &'m Markup<'_>) -> Vec<(Running<'m>, Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    for element in markup.elements() {
        let name = element.tag_name().name();
        if FOREIGN.contains(&name) {
            found.push((Running::Element(name), markup.opening(element), element.range()));
        }
        for attribute in element.attributes() {
            let name = attribute.name();
            if name.len() > 2 && name.starts_with("on") && attribute.namespace().is_none() {
                found.push((Running::Handler(name), attribute.range(), attribute.range()));
            } else if may_be_address(name) && attribute.value().split(';').any(is_script) {
                found.push((Running::Address(name), attribute.range_value(), attribute.range()));
            }
        }
    }
    found
}

/// Browsers pass over white space and control characters in a scheme, and over its case.
fn is_script(address: &str) -> bool {
    let letters = address.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let start: String = letters.take(11).collect();
    start.eq_ignore_ascii_case("javascript:")
}

/// A picture as it may be published: as it is, or without what could run and what would be loaded. One
/// of which nobody can tell is replaced by an empty one.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    Markup::parse(text).map_or(Cow::Borrowed(NOTHING), |markup| harmless_markup(&markup))
}

/// The same of a picture that was taken apart.
#[must_use]
pub fn harmless_markup<'m>(markup: &Markup<'m>) -> Cow<'m, str> {
    let cuts = cuts(markup);
    if cuts.is_empty() {
        return Cow::Borrowed(markup.text());
    }
    let cut = apply(markup.text(), cuts);
    // Entities hide where a part stands; then nothing of the picture is sure.
    let is_clean = Markup::parse(&cut).is_ok_and(|markup| self::cuts(&markup).is_empty());
    if is_clean { Cow::Owned(cut) } else { Cow::Borrowed(NOTHING) }
}

const NOTHING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>\n";

/// What is taken out, and what is put there.
fn cuts(markup: &Markup<'_>) -> Vec<(Range<usize>, &'static str)> {
    let mut cuts: Vec<_> = running_parts(markup).into_iter().map(|(_, _, all)| (all, "")).collect();
    for (part, at) in outside_parts(markup) {
        cuts.push((at, if part == Outside::Address { "#" } else { "" }));
    }
    for element in markup.elements().filter(|element| element.tag_name().name() == "a") {
        cuts.extend(unsafe_links(element));
    }
    cuts
}

/// Addresses of links that open something else than a page.
fn unsafe_links<'m>(link: Element<'m>) -> impl Iterator<Item = (Range<usize>, &'static str)> + 'm {
    let links = link.attributes().filter(|attribute| attribute.name() == "href");
    links.filter(|it| !is_safe_address(it.value(), false)).map(|it| (it.range(), ""))
}

fn apply(text: &str, mut cuts: Vec<(Range<usize>, &'static str)>) -> String {
    cuts.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, instead) in cuts {
        if range.start >= at {
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(instead);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">";

    fn cleaned(inside: &str) -> String {
        let text = format!("{OPEN}{inside}</svg>");
        let clean = harmless(&text);
        clean.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("</svg>")).unwrap_or(&clean).to_owned()
    }

    #[test]
    fn a_good_picture_stays_as_it_is() {
        let inside = "<style>text { fill: url(#a) }</style><a href=\"https://example.org\"><text>x</text></a>\
                      <image href=\"data:image/png;base64,x\"/><use href=\"#b\"/>";
        assert!(matches!(harmless(&format!("{OPEN}{inside}</svg>")), Cow::Borrowed(_)));
    }

    #[test]
    fn what_could_run_is_taken_out() {
        assert_eq!(cleaned("<script>alert(1)</script><g/>"), "<g/>");
        assert_eq!(cleaned("<g onclick=\"x()\" id=\"a\"/>"), "<g  id=\"a\"/>");
        assert_eq!(
            cleaned("<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>"),
            ""
        );
        assert_eq!(cleaned("<a href=\" javascript:x\"><g/></a>"), "<a ><g/></a>");
        assert_eq!(cleaned("<a href=\"data:text/html,x\"><g/></a>"), "<a ><g/></a>");
        assert_eq!(
            cleaned("<set attributeName=\"href\" to=\"javascript:x\"/>"),
            "<set attributeName=\"href\" />"
        );
    }

    #[test]
    fn what_would_be_loaded_is_taken_out() {
        assert_eq!(cleaned("<image href=\"https://a.b/c.png\"/>"), "<image href=\"#\"/>");
        assert_eq!(
            cleaned("<style>@IMPORT 'x.css'; a { b: URL(//c) }</style>"),
            "<style> a { b: URL(#) }</style>"
        );
    }

    #[test]
    fn of_what_cannot_be_told_nothing_is_left() {
        assert_eq!(harmless("<svg><script>x</script><g></svg>"), NOTHING);
        let hidden =
            "<!DOCTYPE svg [<!ENTITY x \"<script xmlns='http://www.w3.org/2000/svg'>alert(1)</script>\">]>";
        let clean = harmless(&format!("{hidden}{OPEN}&x;</svg>")).into_owned();
        assert!(!clean.contains("&x;") || !clean.contains("<script"), "{clean}");
    }
}
