//! Which declaration of a picture gives an element its value: the place that an author would edit.
//! The values themselves come from usvg; both follow the same parser of style sheets.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use simplecss::{AttributeOperator, Declaration, DeclarationTokenizer, PseudoClass, Rule, StyleSheet};

use resvg::usvg::roxmltree::NodeId;

use super::markup::Element;

/// The style sheets of a picture.
pub(super) struct Cascade<'m> {
    text: &'m str,
    sheet: StyleSheet<'m>,
    /// Which rules of the sheet match an element, by the elements that were asked for.
    matching: RefCell<HashMap<NodeId, Rc<[usize]>>>,
}

impl<'m> Cascade<'m> {
    /// The sheets stand in these ranges of the text.
    pub(super) fn new(text: &'m str, sheets: &[Range<usize>]) -> Self {
        let mut sheet = StyleSheet::new();
        for range in sheets {
            sheet.parse_more(&text[range.clone()]);
        }
        Self { text, sheet, matching: RefCell::default() }
    }

    /// Where an inherited property of an element is declared, by one of these names.
    pub(super) fn place(&self, element: Element<'_>, names: &[&str]) -> Option<Range<usize>> {
        element.ancestors().filter(Element::is_element).find_map(|element| self.declared(element, names))
    }

    /// The rules of the sheets, from the weakest to the strongest.
    pub(super) fn rules(&self) -> &[Rule<'m>] {
        &self.sheet.rules
    }

    /// What an element itself declares, by one of these names.
    pub(super) fn value(&self, element: Element<'_>, names: &[&str]) -> Option<&'m str> {
        self.text.get(self.declared(element, names)?).map(str::trim)
    }

    /// Where an element itself declares a property, by one of these names.
    pub(super) fn declared(&self, element: Element<'_>, names: &[&str]) -> Option<Range<usize>> {
        let attribute = element.attributes().find(|found| names.contains(&found.name()));
        let mut best = attribute.map(|found| (false, found.range_value()));
        let mut consider = |declaration: &Declaration<'_>, place: Option<Range<usize>>| {
            let stands = best.as_ref().is_some_and(|(important, _)| *important);
            if names.contains(&declaration.name) && (declaration.important || !stands) {
                best = place.map(|place| (declaration.important, place)).or_else(|| best.take());
            }
        };
        for rule in self.matching(element).iter() {
            for declaration in &self.sheet.rules[*rule].declarations {
                consider(declaration, self.offset(declaration.value));
            }
        }
        if let Some(style) = element.attribute_node("style") {
            let range = style.range_value();
            let raw = self.text.get(range.clone()).unwrap_or("");
            for declaration in DeclarationTokenizer::from(raw) {
                consider(&declaration, self.offset(declaration.value));
            }
        }
        best.map(|(_, range)| range)
    }

    fn matching(&self, element: Element<'_>) -> Rc<[usize]> {
        if let Some(known) = self.matching.borrow().get(&element.id()) {
            return Rc::clone(known);
        }
        let rules = self.sheet.rules.iter().enumerate();
        let found = rules.filter(|(_, rule)| rule.selector.matches(&Matched(element)));
        let found: Rc<[usize]> = found.map(|(at, _)| at).collect();
        self.matching.borrow_mut().insert(element.id(), Rc::clone(&found));
        found
    }

    /// Where a piece that was cut out of the text stands in it.
    pub(super) fn offset(&self, piece: &str) -> Option<Range<usize>> {
        let start = (piece.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        self.text.get(start..start + piece.len()).map(|_| start..start + piece.len())
    }
}

/// An element as selectors see it, like usvg's own.
struct Matched<'e, 'm>(resvg::usvg::roxmltree::Node<'e, 'm>);

impl simplecss::Element for Matched<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Matched)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Matched)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        class == PseudoClass::FirstChild && self.0.prev_sibling_element().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::svg::markup::Markup;

    fn fill_of_text(inside: &str) -> String {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg' fill='root'>{inside}</svg>");
        let markup = Markup::parse(&text).expect("a good picture");
        let cascade = Cascade::new(markup.text(), &markup.sheets());
        let element = markup.elements().find(|element| element.tag_name().name() == "text").expect("a text");
        text[cascade.place(element, &["fill"]).expect("a declaration")].to_owned()
    }

    #[test]
    fn the_stronger_declaration_wins() {
        assert_eq!(fill_of_text("<text>a</text>"), "root");
        assert_eq!(fill_of_text("<g fill='group'><text>a</text></g>"), "group");
        assert_eq!(fill_of_text("<style>text { fill: rule; }</style><text fill='own'>a</text>"), "rule");
        assert_eq!(
            fill_of_text("<style>.b { fill: two } text { fill: one }</style><text class='a b'>a</text>"),
            "two"
        );
        assert_eq!(
            fill_of_text("<style>.b { fill: two }</style><text class='b' style='fill: three'>a</text>"),
            "three"
        );
        assert_eq!(
            fill_of_text("<style>text{fill:one !important}</style><text style='fill:three'>a</text>"),
            "one"
        );
    }
}
