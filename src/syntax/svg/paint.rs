//! Whether a picture's two schemes differ in paint alone: then everything stands in the same place
//! in both, and words are laid out once.

use std::borrow::Cow;

use simplecss::DeclarationTokenizer;

use super::cascade::Cascade;
use super::markup::Markup;
use super::scheme::{Active, Scheme, is_resolved, resolve_value};

/// Properties that color what is drawn and move nothing.
const PAINT: [&str; 11] = [
    "color",
    "fill",
    "fill-opacity",
    "flood-color",
    "flood-opacity",
    "lighting-color",
    "opacity",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-opacity",
];

/// A picture's style sheets as they hold in one scheme.
pub(super) struct Styles<'m> {
    pub active: &'m Active,
    pub cascade: &'m Cascade<'m>,
    pub scheme: Scheme,
}

/// Whether nothing but [`PAINT`] tells the two apart, in style sheets and in attributes.
pub(super) fn differ_in_paint_alone(markup: &Markup<'_>, one: &Styles<'_>, other: &Styles<'_>) -> bool {
    rules(one).eq(rules(other)) && are_attributes_same(markup, one, other)
}

/// A declaration's name and value, and whether it is important.
type Said<'s> = (&'s str, Cow<'s, str>, bool);

/// What the rules of a sheet say of other things than paint, in order.
fn rules<'s>(styles: &'s Styles<'_>) -> impl Iterator<Item = (String, Vec<Said<'s>>)> {
    styles.cascade.rules().iter().filter_map(|rule| {
        let other = rule.declarations.iter().filter(|declaration| !PAINT.contains(&declaration.name));
        let said: Vec<_> = other.map(|it| (it.name, styles.value(it.value), it.important)).collect();
        (!said.is_empty()).then(|| (rule.selector.to_string(), said))
    })
}

fn are_attributes_same(markup: &Markup<'_>, one: &Styles<'_>, other: &Styles<'_>) -> bool {
    if is_resolved(markup.text()) {
        return true;
    }
    let is_same = |value: &str| one.value(value) == other.value(value);
    markup.elements().flat_map(|element| element.attributes()).all(|attribute| match attribute.name() {
        name if PAINT.contains(&name) => true,
        "style" => DeclarationTokenizer::from(attribute.value())
            .all(|declaration| PAINT.contains(&declaration.name) || is_same(declaration.value)),
        _ => is_same(attribute.value()),
    })
}

impl Styles<'_> {
    fn value<'v>(&self, value: &'v str) -> Cow<'v, str> {
        if is_resolved(value) {
            Cow::Borrowed(value)
        } else {
            Cow::Owned(resolve_value(value, &self.active.variables, self.scheme))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::svg::scheme::activate;

    fn differ(style: &str, text: &str) -> bool {
        let picture = format!("<svg xmlns='http://www.w3.org/2000/svg'><style>{style}</style>{text}</svg>");
        let markup = Markup::parse(&picture).expect("a good picture");
        let sheets = markup.sheets();
        let [light, dark] = [Scheme::Light, Scheme::Dark].map(|scheme| activate(&picture, &sheets, scheme));
        let [bright, dim] = [&light, &dark].map(|active| Cascade::new(&active.text, &sheets));
        differ_in_paint_alone(
            &markup,
            &Styles { active: &light, cascade: &bright, scheme: Scheme::Light },
            &Styles { active: &dark, cascade: &dim, scheme: Scheme::Dark },
        )
    }

    #[test]
    fn paint_moves_nothing() {
        assert!(differ(
            ":root{--ink:#111} text{font-size:9px;fill:var(--ink)} @media (prefers-color-scheme: dark) {:root{--ink:#eee} .a{stroke:#fff;opacity:.5}}",
            "<text style='color: light-dark(#000, #fff)' fill='light-dark(#000, #fff)'>a</text>"
        ));
    }

    #[test]
    fn anything_else_may() {
        let dark = |style: &str| format!("@media (prefers-color-scheme: dark) {{ {style} }}");
        assert!(!differ(&dark("text { fill: #fff; font-size: 9px }"), ""));
        assert!(!differ(&dark(".a { display: none }"), ""));
        assert!(!differ(&format!(":root{{--w:1}} a{{stroke-width:var(--w)}} {}", dark(":root{--w:2}")), ""));
        assert!(!differ("", "<text style='font-size: light-dark(9px, 8px)'>a</text>"));
        assert!(!differ("", "<text x='light-dark(1, 2)'>a</text>"));
    }
}
