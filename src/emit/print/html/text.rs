//! The words of Markdown blocks, for readers that are programs: a search index wants no tags, no
//! code and nothing that stands closed on the page.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};

use crate::ir::RichText;

use super::links::Links;
use super::markdown::{options, with_definitions};

/// The words of a text of one or more blocks, without its code blocks and without what stands in an
/// author's own `<details>`, in one line.
#[must_use]
pub fn print_words(text: &RichText, links: &Links<'_>) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    let arena = Arena::new();
    let root = parse_document(&arena, &with_definitions(&markdown, links), &options());
    let mut found = Words::default();
    found.collect(root);
    found.text.split_whitespace().collect::<Vec<_>>().join(" ")
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
    found.text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".")
}

#[derive(Default)]
struct Words {
    text: String,
    /// How many `<details>` are open.
    closed: usize,
}

impl Words {
    fn collect<'a>(&mut self, node: &'a AstNode<'a>) {
        let is_block = match &node.data.borrow().value {
            NodeValue::CodeBlock(_) | NodeValue::FootnoteDefinition(_) | NodeValue::Image(_) => return,
            NodeValue::HtmlBlock(html) => {
                self.see_tags(&html.literal);
                false
            }
            NodeValue::HtmlInline(html) => {
                self.see_tags(html);
                false
            }
            NodeValue::Text(words) => {
                self.add(words);
                false
            }
            NodeValue::Code(code) => {
                self.add(&code.literal);
                false
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                self.add(" ");
                false
            }
            value => value.block() || matches!(value, NodeValue::TableCell),
        };
        for child in node.children() {
            self.collect(child);
        }
        if is_block {
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
