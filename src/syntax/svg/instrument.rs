//! The copy of a picture that is given to resvg: every element has an id, by which what is drawn is
//! found again in the source, and values are written in a way that usvg knows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::markup::Markup;
use super::scheme::{Scheme, resolve_value};

/// A copy and the elements of its ids, by where they begin in the source.
pub(super) struct Instrumented {
    pub text: String,
    pub elements: BTreeMap<String, usize>,
}

type Edit = (Range<usize>, String);

/// Makes the copy from a picture whose style sheets are decided.
pub(super) fn instrument(
    markup: &Markup<'_>,
    variables: &BTreeMap<String, String>,
    scheme: Scheme,
) -> Instrumented {
    let mut elements = BTreeMap::new();
    let mut edits = Vec::new();
    for (number, element) in markup.elements().enumerate() {
        let name = markup.name(element);
        // What comes out of an entity has no place of its own.
        if name.is_empty() || markup.text().as_bytes().get(name.start - 1) != Some(&b'<') {
            continue;
        }
        if let Some(id) = element.attribute("id") {
            elements.entry(id.to_owned()).or_insert(element.range().start);
        } else {
            let id = format!("scenarist-{number}");
            edits.push((name.end..name.end, format!(" id=\"{id}\"")));
            elements.insert(id, element.range().start);
        }
    }
    edits.extend(resolved_values(markup, variables, scheme));
    Instrumented { text: apply(markup.text(), edits), elements }
}

/// The picture without any words, to see what lies under them.
pub(super) fn without_words(
    markup: &Markup<'_>,
    variables: &BTreeMap<String, String>,
    scheme: Scheme,
) -> String {
    let mut edits = resolved_values(markup, variables, scheme);
    edits.extend(words(markup));
    apply(markup.text(), edits)
}

/// Style sheets and attributes in which functions stand that usvg does not know.
fn resolved_values(markup: &Markup<'_>, variables: &BTreeMap<String, String>, scheme: Scheme) -> Vec<Edit> {
    let attributes = markup.elements().flat_map(|element| {
        element.attributes().map(|attribute| attribute.range_value()).collect::<Vec<_>>()
    });
    let mut edits = Vec::new();
    for range in attributes.chain(markup.sheets()) {
        let Some(value) = markup.text().get(range.clone()) else { continue };
        if value.contains("var(") || value.contains("light-dark(") {
            let pieces = value.split_inclusive([';', '}', '{']);
            let resolved: String = pieces.map(|piece| resolve_value(piece, variables, scheme)).collect();
            edits.push((range, resolved));
        }
    }
    edits
}

fn words(markup: &Markup<'_>) -> Vec<Edit> {
    let texts = markup.elements().filter(|element| element.tag_name().name() == "text");
    let inside = texts.filter_map(|text| {
        let first = text.first_child()?.range();
        Some((first.start..text.last_child()?.range().end, String::new()))
    });
    inside.collect()
}

/// Edits inside of others are left out.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len() + edits.len() * 24);
    let mut at = 0;
    for (range, with) in edits {
        let Some(before) = text.get(at..range.start) else { continue };
        if text.get(range.clone()).is_none() {
            continue;
        }
        out.push_str(before);
        out.push_str(&with);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_gets_an_id_and_words_go() {
        let markup =
            Markup::parse("<svg><text id='a' fill='var(--ink)'>One <tspan>two</tspan></text><g/></svg>");
        let variables = BTreeMap::from([("--ink".to_owned(), "#111".to_owned())]);
        let markup = markup.expect("a good picture");
        let made = instrument(&markup, &variables, Scheme::Light);
        assert_eq!(
            made.text,
            "<svg id=\"scenarist-0\"><text id='a' fill='#111'>One <tspan id=\"scenarist-2\">two</tspan></text><g id=\"scenarist-3\"/></svg>"
        );
        assert_eq!(
            without_words(&markup, &variables, Scheme::Light),
            "<svg><text id='a' fill='#111'></text><g/></svg>"
        );
        assert_eq!(made.elements["a"], 5);
    }
}
