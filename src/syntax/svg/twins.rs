//! Texts that differ from another one of the picture in nothing but their words and where they begin.
//! Font, size, paint and transform are worked out for that one alone; usvg is not given the others,
//! which would take it most of its time.

use std::ops::Range;

use resvg::usvg::roxmltree::Attribute;

use super::brief::is_single;
use super::markup::{Element, Markup};

/// A text that is like another one.
pub(super) struct Twin<'m> {
    pub element: Element<'m>,
    /// The text that it is like, which stands before it.
    pub model: Element<'m>,
    pub words: &'m str,
    /// Where it begins.
    pub origin: (f32, f32),
}

/// What shows elements of the picture at another place, or not at all.
const REFERRING: [&str; 6] = ["feImage", "image", "switch", "tref", "use", "foreignObject"];

/// What tells elements with the same attributes apart in a selector, or looks at an attribute that twins
/// need not share.
const POSITIONAL: [&str; 4] = ["+", "~", "[", "first-child"];

/// The twins of a picture, in order.
pub(super) fn find_twins<'m>(markup: &'m Markup<'m>, sheets: &[Range<usize>]) -> Vec<Twin<'m>> {
    let is_positional = |sheet: &Range<usize>| {
        let sheet = markup.text().get(sheet.clone()).unwrap_or("");
        POSITIONAL.iter().any(|mark| sheet.contains(mark))
    };
    let is_shown_elsewhere = |element: Element<'_>| REFERRING.contains(&element.tag_name().name());
    if sheets.iter().any(is_positional) || markup.elements().any(is_shown_elsewhere) {
        return Vec::new();
    }
    let (mut models, mut twins): (Vec<Element<'m>>, Vec<Twin<'m>>) = (Vec::new(), Vec::new());
    for element in markup.elements().filter(|element| element.tag_name().name() == "text") {
        let Some((words, origin)) = simple(element) else { continue };
        match models.iter().find(|model| are_alike(**model, element)) {
            Some(model) => twins.push(Twin { element, model: *model, words, origin }),
            None => models.push(element),
        }
    }
    twins
}

/// The words of a text and where it begins, if that is all there is to it.
fn simple<'m>(element: Element<'m>) -> Option<(&'m str, (f32, f32))> {
    let words = element.first_child().filter(|child| child.is_text() && !child.has_siblings())?.text()?;
    let is_squeezed = words.split(' ').all(|word| !word.is_empty() && !word.contains(['\n', '\r', '\t']));
    let origin = (number(element.attribute("x")?)?, number(element.attribute("y")?)?);
    let is_one = |name: &str| element.attribute(name).is_none_or(is_single);
    let is_placed = |element: Element<'_>| matches!(element.tag_name().name(), "svg" | "g" | "a");
    let is_simple = is_squeezed && is_one("dx") && is_one("dy") && !element.has_attribute("id");
    let mut around = element.ancestors().skip(1).filter(Element::is_element);
    (is_simple && around.all(is_placed)).then_some((words, origin))
}

/// A plain number of moderate size.
fn number(value: &str) -> Option<f32> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_plain = digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    #[expect(clippy::cast_possible_truncation, reason = "as usvg does it")]
    let number = value.parse::<f64>().ok().filter(|_| is_plain)? as f32;
    (number.abs() < 1e5).then_some(number)
}

/// Whether two texts, and what is around them, have the same attributes except for where they begin.
fn are_alike(one: Element<'_>, other: Element<'_>) -> bool {
    if !are_equal(one, other, &["x", "y"]) {
        return false;
    }
    let (mut one, mut other) = (one.parent_element(), other.parent_element());
    while one != other {
        let (Some(left), Some(right)) = (one, other) else { return false };
        if !are_equal(left, right, &[]) {
            return false;
        }
        (one, other) = (left.parent_element(), right.parent_element());
    }
    true
}

/// Whether two elements have the same name and attributes, but for some.
fn are_equal(one: Element<'_>, other: Element<'_>, but: &[&str]) -> bool {
    let counts = |attribute: &Attribute<'_, '_>| !but.contains(&attribute.name());
    let (mut left, mut right) = (one.attributes().filter(counts), other.attributes().filter(counts));
    let is_same = |(left, right): (Attribute<'_, '_>, Attribute<'_, '_>)| {
        left.name() == right.name() && left.namespace() == right.namespace() && left.value() == right.value()
    };
    let are_same = left.by_ref().zip(right.by_ref()).all(is_same);
    are_same && one.tag_name() == other.tag_name() && one.attributes().len() == other.attributes().len()
}
