//! The words of Markdown blocks, for readers that are programs: a search index wants no tags, no
//! code and nothing that stands closed on the page.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};

use crate::emit::print::inline::Inline;
use crate::emit::print::plain::{Part, parts};
use crate::ir::RichText;

use super::links::Links;
use super::markdown::{options, with_definitions};

/// The words of a text of one or more blocks, without its code blocks and without what stands in an
/// author's own `<details>`, in one line.
#[must_use]
pub fn print_words(text: &RichText, links: &Links<'_>) -> String {
    words_of(&text.resolve(|reference| links.print_reference(reference)), links)
}

pub(super) fn words_of(markdown: &str, links: &Links<'_>) -> String {
    let mut found = Words::default();
    for part in parts(markdown, &["<a ".to_owned()]) {
        match part {
            Part::Paragraph(pieces) => found.add_pieces(&pieces),
            Part::List(list) => list.items.iter().for_each(|item| found.add_pieces(item)),
            Part::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flatten().for_each(|cell| found.add_pieces(cell));
            }
            Part::Fence { .. } => {}
            Part::Other(blocks) => found.collect_markdown(blocks, links),
        }
    }
    in_one_line(&found.text)
}

/// Words with a space between them.
pub(super) fn in_one_line(text: &str) -> String {
    // Most words have one space between them already, and are taken over together.
    let is_odd = |pair: &[u8]| pair[0] < b' ' || !pair[0].is_ascii() || pair == b"  ";
    let text = text.trim();
    let mut line = String::with_capacity(text.len());
    let (mut start, mut at) = (0, 0);
    while let Some(next) = text.as_bytes()[at..].windows(2).position(is_odd) {
        at += next;
        let c = text[at..].chars().next().unwrap_or_default();
        if c.is_whitespace() {
            line.push_str(text[start..at].trim_end());
            line.push(' ');
            start = text.len() - text[at..].trim_start().len();
            at = start;
        } else {
            at += c.len_utf8();
        }
    }
    line.push_str(&text[start..]);
    line
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
pub(super) struct Words {
    pub text: String,
    /// How many `<details>` are open.
    closed: usize,
}

impl Words {
    pub(super) fn collect_markdown(&mut self, blocks: &str, links: &Links<'_>) {
        let arena = Arena::new();
        self.collect(parse_document(&arena, &with_definitions(blocks, links), &options()));
    }

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

    fn add_pieces(&mut self, pieces: &[Inline<'_>]) {
        for piece in pieces {
            match piece {
                Inline::Text(words)
                | Inline::Code(words)
                | Inline::Emphasis(words)
                | Inline::Strong(words) => self.add(words),
                Inline::Tag(_) => {}
            }
        }
        self.text.push(' ');
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
        fn words_come_in_one_line(text in "[a-cé \n\t\u{a0}\u{2028}\u{200b}\u{1f}\u{b}]{0,24}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(in_one_line(&text), words.join(" "));
        }
    }
}
