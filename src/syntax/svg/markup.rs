//! A picture as XML: its elements with their places in the text.

use std::ops::Range;

use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

/// An element of a picture.
pub type Element<'m> = Node<'m, 'm>;

/// A picture's elements.
#[derive(Debug)]
pub struct Markup<'a> {
    text: &'a str,
    document: Document<'a>,
}

impl<'a> Markup<'a> {
    /// Parses a picture as XML.
    ///
    /// # Errors
    /// What is wrong, in words, with line and column.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|fault| fault.to_string())?;
        Ok(Self { text, document })
    }

    /// The picture's text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The outermost element.
    #[must_use]
    pub fn root(&self) -> Element<'_> {
        self.document.root_element()
    }

    /// All nodes in order, comments and processing instructions too.
    pub fn nodes(&self) -> impl Iterator<Item = Element<'_>> {
        self.document.root().descendants()
    }

    /// All elements in order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.nodes().filter(Node::is_element)
    }

    /// Where an element's opening tag stands.
    #[must_use]
    pub fn opening(&self, element: Element<'_>) -> Range<usize> {
        let range = element.range();
        let attributes = element.attributes().map(|attribute| attribute.range().end).max();
        let from = attributes.unwrap_or(range.start);
        let end = self.text.get(from..range.end).and_then(|rest| rest.find('>'));
        range.start..end.map_or(range.end, |end| from + end + 1)
    }

    /// Where an element's name stands, for example `svg` of `<svg width="9">`.
    #[must_use]
    pub fn name(&self, element: Element<'_>) -> Range<usize> {
        let start = element.range().start + 1;
        let rest = self.text.get(start..).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
        start..start + end
    }

    /// The texts of style sheets.
    #[must_use]
    pub fn sheets(&self) -> Vec<Range<usize>> {
        let sheets = self.elements().filter(|element| element.tag_name().name() == "style");
        let inside = sheets.filter_map(|sheet| {
            let first = sheet.first_child()?.range();
            Some(first.start..sheet.last_child()?.range().end)
        });
        inside.filter(|range| self.text.get(range.clone()).is_some()).collect()
    }

    /// The piece of text in an element that holds these words, and the element that it stands in
    /// directly: a `tspan` of a `text`. Without one, the element and its opening tag.
    #[must_use]
    pub fn find_words<'m>(&'m self, element: Element<'m>, words: &str) -> (Element<'m>, Range<usize>) {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = squeezed(words);
        let holds = |node: &Element<'m>| {
            let text = squeezed(node.text().unwrap_or(""));
            !text.is_empty() && (text.contains(&wanted) || wanted.contains(&text))
        };
        let Some(node) = element.descendants().find(|node| node.is_text() && holds(node)) else {
            return (element, self.opening(element));
        };
        let range = node.range();
        let raw = self.text.get(range.clone()).unwrap_or("");
        let (start, len) = match raw.find(words.trim()).filter(|_| !wanted.is_empty()) {
            Some(at) => (at, words.trim().len()),
            None => (raw.len() - raw.trim_start().len(), raw.trim().len()),
        };
        (node.parent_element().unwrap_or(element), range.start + start..range.start + start + len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' id='a>b'>\n<style>x{}</style><text x='1'>One <tspan>two\n three</tspan></text></svg>";

    #[test]
    fn places_are_those_of_the_text() {
        let markup = Markup::parse(PICTURE).expect("a good picture");
        let root = markup.root();
        assert!(PICTURE[markup.opening(root)].ends_with("id='a>b'>"));
        assert_eq!(&PICTURE[markup.name(root)], "svg");
        assert_eq!(markup.sheets().iter().map(|range| &PICTURE[range.clone()]).collect::<Vec<_>>(), ["x{}"]);
    }

    #[test]
    fn words_are_found_in_the_innermost_element() {
        let markup = Markup::parse(PICTURE).expect("a good picture");
        let text = markup
            .elements()
            .find(|element| element.has_tag_name("text") || element.tag_name().name() == "text");
        let text = text.expect("a text");
        let (owner, range) = markup.find_words(text, "two three");
        assert_eq!((owner.tag_name().name(), &PICTURE[range]), ("tspan", "two\n three"));
        let (owner, range) = markup.find_words(text, "One ");
        assert_eq!((owner.tag_name().name(), &PICTURE[range]), ("text", "One"));
        assert_eq!(&PICTURE[markup.find_words(text, "elsewhere").1], "<text x='1'>");
    }
}
