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
    let mut found = Words { text: String::with_capacity(markdown.len()), closed: 0 };
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
    let text = text.trim();
    let mut line = String::with_capacity(text.len());
    let (mut start, mut at) = (0, 0);
    while let Some(next) = next_odd(&text.as_bytes()[at..]) {
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

/// How many bytes are looked at together.
const AT_ONCE: usize = 32;

/// Where something else stands than single spaces and ASCII without control characters.
fn next_odd(bytes: &[u8]) -> Option<usize> {
    let behind = bytes.get(1..)?;
    let blocks = bytes.as_chunks::<AT_ONCE>().0.iter().zip(behind.as_chunks().0);
    let plain = blocks.take_while(|(these, next)| !is_any_odd(these, next)).count() * AT_ONCE;
    let mut pairs = bytes[plain..].iter().zip(&behind[plain..]);
    pairs.position(|(byte, next)| is_odd(*byte, *next) != 0).map(|at| plain + at)
}

/// Whether there is a place for [`next_odd`] among some bytes, each with the one behind it. Without a branch
/// for each of them, many are told at once.
fn is_any_odd(these: &[u8; AT_ONCE], next: &[u8; AT_ONCE]) -> bool {
    let mut odd = 0;
    for at in 0..AT_ONCE {
        odd |= is_odd(these[at], next[at]);
    }
    odd != 0
}

fn is_odd(byte: u8, next: u8) -> u8 {
    let is_control_or_long = u8::from(byte < b' ') | u8::from(byte >= 0x80);
    is_control_or_long | (u8::from(byte == b' ') & u8::from(next == b' '))
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
        fn words_come_in_one_line(text in "([a-cé \n\t\u{a0}\u{2028}\u{200b}\u{1f}\u{b}]{0,24}([a-c] ?){0,60}){0,3}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(in_one_line(&text), words.join(" "));
        }
    }
}
