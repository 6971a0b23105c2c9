//! The copy of a picture that is given to resvg: every element has an id, by which what is drawn is
//! found again in the source, and values are written in a way that usvg knows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::brief::Briefs;
use super::markup::{Element, Markup};
use super::scheme::{Active, Scheme, is_resolved, resolve_value};
use super::twins::{Twin, find_twins};
use super::typeface::Shaped;

/// The ids of a picture's elements, which are the same in every scheme.
pub(super) struct Instruments<'m> {
    markup: &'m Markup<'m>,
    /// Those that have an id.
    named: HashMap<&'m str, Element<'m>>,
    /// Those that lack one, by their numbers.
    numbered: Vec<Option<Element<'m>>>,
    /// The ids that they get.
    ids: Vec<Edit<'static>>,
    /// Texts that need not be drawn, in order.
    twins: Vec<Twin<'m>>,
    /// Words that need not be drawn.
    briefs: Briefs,
    shaped: Shaped,
}

type Edit<'e> = (Range<usize>, Cow<'e, str>);

/// How an id begins that an element gets; its number follows.
const NUMBERED: &str = "scenarist-";

impl<'m> Instruments<'m> {
    /// The style sheets stand in these ranges.
    pub(super) fn new(markup: &'m Markup<'m>, sheets: &[Range<usize>]) -> Self {
        let (mut named, mut numbered, mut ids) = (HashMap::new(), Vec::new(), Vec::new());
        let mut is_certain = true;
        for (number, element) in markup.elements().enumerate() {
            numbered.push(None);
            let name = markup.name(element);
            // What comes out of an entity has no place of its own.
            if name.is_empty() || markup.text().as_bytes().get(name.start - 1) != Some(&b'<') {
                is_certain = false;
                continue;
            }
            if let Some(id) = element.attribute("id") {
                is_certain &= *named.entry(id).or_insert(element) == element;
            } else {
                ids.push((
                    name.end..name.end,
                    Cow::Owned([" id=\"", NUMBERED, &number.to_string(), "\""].concat()),
                ));
                numbered[number] = Some(element);
            }
        }
        let is_sized = is_sized(markup);
        let twins = if is_certain && is_sized { find_twins(markup, sheets) } else { Vec::new() };
        let briefs = if is_sized { Briefs::new(markup, &twins) } else { Briefs::default() };
        let shaped = Shaped::default();
        Self { markup, named, numbered, ids, twins, briefs, shaped }
    }

    /// With a copy that is the full one.
    #[cfg(test)]
    pub(super) fn whole(self) -> Self {
        Self { twins: Vec::new(), briefs: Briefs::default(), ..self }
    }

    /// The texts that [`Self::copy`] leaves out, in order.
    pub(super) fn twins(&self) -> &[Twin<'m>] {
        &self.twins
    }

    /// The words that [`Self::copy`] shortens.
    pub(super) fn briefs(&self) -> &Briefs {
        &self.briefs
    }

    /// Words that were set, for the other scheme.
    pub(super) fn shaped(&self) -> &Shaped {
        &self.shaped
    }

    /// The element with this id.
    pub(super) fn element(&self, id: &str) -> Option<Element<'m>> {
        let number = || id.strip_prefix(NUMBERED).and_then(|number| number.parse::<usize>().ok());
        self.named.get(id).copied().or_else(|| *self.numbered.get(number()?)?)
    }

    /// The copy of a picture whose style sheets are decided, without twins, in few words.
    pub(super) fn copy(&self, active: &Active, scheme: Scheme) -> String {
        let twins = self.twins.iter().map(|twin| (twin.element.range(), Cow::Borrowed("")));
        let shortened = twins.chain(self.briefs.edits());
        apply(&active.text, self.edits(active, scheme).chain(shortened).collect())
    }

    /// The copy with all texts.
    pub(super) fn full_copy(&self, active: &Active, scheme: Scheme) -> String {
        apply(&active.text, self.edits(active, scheme).collect())
    }

    fn edits<'e>(&'e self, active: &Active, scheme: Scheme) -> impl Iterator<Item = Edit<'e>> {
        let ids = self.ids.iter().map(|(at, id)| (at.clone(), Cow::Borrowed(&**id)));
        ids.chain(resolved_values(self.markup, active, scheme))
    }
}

/// Whether it says how large it is. Without a view box, what is drawn may decide that.
fn is_sized(markup: &Markup<'_>) -> bool {
    let view_box = markup.root().attribute("viewBox").unwrap_or("");
    let numbers = view_box.split([' ', ',']).filter(|it| !it.is_empty()).map(str::parse::<f32>);
    let numbers: Result<Vec<f32>, _> = numbers.collect();
    numbers.is_ok_and(|it| matches!(it[..], [_, _, width, height] if width > 0.0 && height > 0.0))
}

/// The picture without any words, to see what lies under them.
pub(super) fn without_words(markup: &Markup<'_>, active: &Active, scheme: Scheme) -> String {
    let mut edits = resolved_values(markup, active, scheme);
    edits.extend(words(markup));
    apply(&active.text, edits)
}

/// Style sheets and attributes in which functions stand that usvg does not know.
fn resolved_values(markup: &Markup<'_>, active: &Active, scheme: Scheme) -> Vec<Edit<'static>> {
    let mut edits = Vec::new();
    if is_resolved(&active.text) {
        return edits;
    }
    let attributes = markup.elements().flat_map(|element| element.attributes());
    for range in attributes.map(|attribute| attribute.range_value()).chain(markup.sheets()) {
        let Some(value) = active.text.get(range.clone()) else { continue };
        if !is_resolved(value) {
            let pieces = value.split_inclusive([';', '}', '{']);
            let resolved: String =
                pieces.map(|piece| resolve_value(piece, &active.variables, scheme)).collect();
            edits.push((range, Cow::Owned(resolved)));
        }
    }
    edits
}

fn words(markup: &Markup<'_>) -> Vec<Edit<'static>> {
    let texts = markup.elements().filter(|element| element.tag_name().name() == "text");
    let inside = texts.filter_map(|text| {
        let first = text.first_child()?.range();
        Some((first.start..text.last_child()?.range().end, Cow::Borrowed("")))
    });
    inside.collect()
}

/// Edits inside of others are left out.
fn apply(text: &str, mut edits: Vec<Edit<'_>>) -> String {
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
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_element_gets_an_id_and_words_go() {
        let markup = Markup::parse(
            "<svg viewBox='0 0 9 9'><text id='a' fill='var(--ink)'>One <tspan>two</tspan></text><g/></svg>",
        );
        let variables = BTreeMap::from([("--ink".to_owned(), "#111".to_owned())]);
        let markup = markup.expect("a good picture");
        let active = Active { text: markup.text().to_owned(), variables };
        let made = Instruments::new(&markup, &[]);
        assert_eq!(
            made.full_copy(&active, Scheme::Light),
            "<svg id=\"scenarist-0\" viewBox='0 0 9 9'><text id='a' fill='#111'>One <tspan id=\"scenarist-2\">two</tspan></text><g id=\"scenarist-3\"/></svg>"
        );
        assert_eq!(
            made.copy(&active, Scheme::Light),
            "<svg id=\"scenarist-0\" viewBox='0 0 9 9'><text id='a' fill='#111'>\u{e000} <tspan id=\"scenarist-2\">\u{e001}</tspan></text><g id=\"scenarist-3\"/></svg>"
        );
        assert_eq!(
            without_words(&markup, &active, Scheme::Light),
            "<svg viewBox='0 0 9 9'><text id='a' fill='#111'></text><g/></svg>"
        );
        assert_eq!(made.element("a").map(|element| element.range().start), Some(23));
    }
}
