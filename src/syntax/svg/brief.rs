//! Words shortened to one letter each for usvg, which sets them letter by letter and need not: where
//! words stand is worked out from the typefaces. Each letter says which words it stands for.

use std::borrow::Cow;
use std::ops::Range;

use super::markup::{Element, Markup};
use super::twins::Twin;

/// Letters that no alphabet has.
const LETTERS: Range<u32> = 0xe000..0xf8ff;

/// The first byte of each of them, and of some others. None of them may be in a picture whose words are
/// shortened.
const FIRST_BYTES: [u8; 2] = [0xee, 0xef];

/// What shows elements of the picture at another place, or their words as something else.
const REFERRING: [&str; 6] = ["clipPath", "feImage", "mask", "pattern", "tref", "use"];

/// The words of a picture that are shortened.
#[derive(Default)]
pub(super) struct Briefs {
    words: Vec<String>,
    /// Where they stand, and what comes there.
    edits: Vec<(Range<usize>, String)>,
}

impl Briefs {
    /// Of those that are no twins, which are given in order.
    pub(super) fn new(markup: &Markup<'_>, twins: &[Twin<'_>]) -> Self {
        let mut briefs = Self::default();
        let is_shown_elsewhere = |element: Element<'_>| REFERRING.contains(&element.tag_name().name());
        let is_foreign = |byte| FIRST_BYTES.contains(&byte);
        if !markup.text().is_ascii() && markup.text().bytes().any(is_foreign)
            || markup.elements().any(is_shown_elsewhere)
        {
            return briefs;
        }
        let mut twins = twins.iter().peekable();
        for text in markup.elements().filter(|element| element.tag_name().name() == "text") {
            if twins.next_if(|twin| twin.element == text).is_some() {
                continue;
            }
            let is_simple =
                |element: Element<'_>| element == text || matches!(element.tag_name().name(), "tspan" | "a");
            let mut inside = text.descendants().filter(Element::is_element);
            if text.ancestors().all(|around| !around.has_attribute(SPACE))
                && inside.all(|element| is_simple(element) && places_its_first_letter(element))
            {
                text.descendants().filter(Element::is_text).for_each(|node| briefs.shorten(markup, node));
            }
        }
        briefs
    }

    fn shorten(&mut self, markup: &Markup<'_>, node: Element<'_>) {
        let words = squeezed(node.text().unwrap_or(""));
        let inner = words.trim_matches(' ');
        // What is written as it is read has its place in the source.
        let is_plain = markup.text().get(node.range()) == node.text();
        let letter =
            u32::try_from(self.words.len()).ok().and_then(|number| LETTERS.start.checked_add(number));
        let letter = letter.filter(|letter| LETTERS.contains(letter)).and_then(char::from_u32);
        if let Some(letter) = letter.filter(|_| is_plain && !inner.trim().is_empty()) {
            let [before, after] =
                [words.starts_with(' '), words.ends_with(' ')].map(|is| if is { " " } else { "" });
            self.edits.push((node.range(), format!("{before}{letter}{after}")));
            self.words.push(inner.to_owned());
        }
    }

    pub(super) fn edits(&self) -> impl Iterator<Item = (Range<usize>, Cow<'_, str>)> {
        self.edits.iter().map(|(at, with)| (at.clone(), Cow::Borrowed(&**with)))
    }

    /// The words that a letter stands for; `None` if it stands for itself.
    pub(super) fn words(&self, letter: char) -> Option<&str> {
        let number = u32::from(letter).checked_sub(LETTERS.start)?;
        self.words.get(usize::try_from(number).ok()?).map(String::as_str)
    }
}

const SPACE: (&str, &str) = ("http://www.w3.org/XML/1998/namespace", "space");

/// Whether an element says of none but its first letter where it stands.
fn places_its_first_letter(element: Element<'_>) -> bool {
    let lists = ["x", "y", "dx", "dy", "rotate"].into_iter().filter_map(|name| element.attribute(name));
    !element.has_attribute(SPACE) && lists.into_iter().all(is_single)
}

/// Whether this is one number, and no list of them.
pub(super) fn is_single(value: &str) -> bool {
    let value = value.trim();
    let rest = value.strip_prefix(['-', '+']).unwrap_or(value);
    !rest.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '+'))
        && rest.matches('.').count() < 2
}

/// Words with single spaces between them, as usvg reads them.
fn squeezed(words: &str) -> String {
    let mut squeezed = String::with_capacity(words.len());
    for c in words.chars() {
        let c = if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c };
        if c != ' ' || !squeezed.ends_with(' ') {
            squeezed.push(c);
        }
    }
    squeezed
}
