//! The words of Markdown blocks, for readers that are programs: a search index wants no tags, no
//! code and nothing that stands closed on the page.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};

use crate::emit::print::plain::{Part, parts};
use crate::ir::RichText;

use super::links::Links;
use super::markdown::{options, with_definitions};

/// The words of a text of one or more blocks, without its code blocks and without what stands in an
/// author's own `<details>`, in one line.
#[must_use]
pub fn print_words(text: &RichText, links: &Links<'_>) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    let mut found = Words::default();
    for part in parts(&markdown, &["<a ".to_owned()]) {
        match part {
            Part::Words(words) => {
                found.add(words);
                found.text.push(' ');
            }
            Part::Other(blocks) => {
                let arena = Arena::new();
                found.collect(parse_document(&arena, &with_definitions(blocks, links), &options()));
            }
        }
    }
    in_one_line(&found.text)
}

/// Words with a space between them.
fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut rest = text.trim();
    if is_plain_line(rest) {
        line.push_str(rest);
        return line;
    }
    while !rest.is_empty() {
        let (run, behind) = rest.split_at(end_of_run(rest));
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(run);
        rest = behind.trim_start();
    }
    line
}

/// Whether a text surely has single spaces between words already. All bytes are looked at, many at a time.
fn is_plain_line(text: &str) -> bool {
    let has_controls = text.as_bytes().iter().fold(false, |found, byte| found | (*byte < b' '));
    text.is_ascii() && !has_controls && !text.contains("  ")
}

/// How far words reach that have one space between them.
fn end_of_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_graphic() || *byte == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) {
            at += 1;
            continue;
        }
        let mut letters = text[at..].chars();
        let Some(letter) = letters.next() else { break };
        let is_single = letter == ' ' && !letters.as_str().starts_with(char::is_whitespace);
        if letter.is_whitespace() && !is_single {
            break;
        }
        at += letter.len_utf8();
    }
    at
}

/// The first cells of the rows of all tables in a text: a list of problems without what to do.
#[must_use]
pub fn print_first_cells(text: &RichText, links: &Links<'_>) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    let arena = Arena::new();
    let root = parse_document(&arena, &with_definitions(&markdown, links), &options());
    let mut found = Words::default();
    for node in root.descendants() {
        let is_row = matches!(node.data.borrow().value, NodeValue::TableRow(is_head) if !is_head);
        if let Some(first) = node.first_child().filter(|_| is_row) {
            found.collect(first);
            found.text.push_str(". ");
        }
    }
    in_one_line(&found.text).replace(" .", ".")
}

#[derive(Default)]
struct Words {
    text: String,
    /// How many `<details>` are open.
    closed: usize,
}

impl Words {
    /// Without recursion: quotes can be nested as deep as an author likes.
    fn collect<'a>(&mut self, node: &'a AstNode<'a>) {
        let mut left_out = None;
        for edge in node.traverse() {
            match edge {
                NodeEdge::Start(node) if left_out.is_none() => {
                    if !self.enter(&node.data.borrow().value) {
                        left_out = Some(node);
                    }
                }
                NodeEdge::End(node) => match left_out {
                    Some(open) if open.same_node(node) => left_out = None,
                    Some(_) => {}
                    None => self.leave(&node.data.borrow().value),
                },
                NodeEdge::Start(_) => {}
            }
        }
    }

    /// Says whether what is inside counts.
    fn enter(&mut self, value: &NodeValue) -> bool {
        match value {
            NodeValue::CodeBlock(_) | NodeValue::FootnoteDefinition(_) | NodeValue::Image(_) => return false,
            NodeValue::HtmlBlock(html) => self.see_tags(&html.literal),
            NodeValue::HtmlInline(html) => self.see_tags(html),
            NodeValue::Text(words) => self.add(words),
            NodeValue::Code(code) => self.add(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.add(" "),
            _ => {}
        }
        true
    }

    fn leave(&mut self, value: &NodeValue) {
        let ends = value.block() && !matches!(value, NodeValue::HtmlBlock(_))
            || matches!(value, NodeValue::TableCell);
        if ends && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn add(&mut self, words: &str) {
        if self.closed == 0 {
            self.text.push_str(words);
        }
    }

    fn see_tags(&mut self, html: &str) {
        self.closed += html.matches("<details").count();
        self.closed = self.closed.saturating_sub(html.matches("</details").count());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::in_one_line;

    proptest! {
        #[test]
        fn words_come_into_one_line(text in "([ab]|[ \n\t\u{b}]|[ä—\u{a0}\u{2003}\u{1f}\u{85}]){0,20}") {
            prop_assert_eq!(in_one_line(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
