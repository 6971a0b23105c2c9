//! What stands beside the blocks of a page: where each comes from, and what was found there.

use std::collections::BTreeMap;

use super::{Finding, NoteWords, Review};
use crate::ir::{Block, Node};
use crate::source::Span;

/// A review with a theme's words.
#[derive(Debug)]
pub struct Reviewing<'a> {
    pub review: &'a Review,
    pub words: NoteWords,
}

impl Reviewing<'_> {
    /// What the printer of a page needs; `None` for pages that have no notes.
    #[must_use]
    pub fn notes(&self, page: &str) -> Option<Notes<'_>> {
        let page = self.review.page(page)?;
        Some(Notes { review: self.review, page, words: &self.words })
    }
}

/// What a page's printer needs.
#[derive(Clone, Copy, Debug)]
pub struct Notes<'a> {
    pub review: &'a Review,
    pub page: &'a PageNotes,
    pub words: &'a NoteWords,
}

/// The notes of one page.
#[derive(Clone, Debug, Default)]
pub struct PageNotes {
    /// Findings, as indices, in the order in which they stand on the page: first those on top, then
    /// those at blocks. A finding's number is its place here, from 1.
    pub order: Vec<usize>,
    /// How many of them stand on top: they are about files of which no block was made.
    pub on_top: usize,
    /// Of a block, or of the paragraphs that it consists of.
    pub(super) blocks: BTreeMap<Key, Vec<Note>>,
}

/// What stands after a block.
#[derive(Clone, Debug)]
pub struct Note {
    /// `content/course.yml:12`.
    pub place: String,
    /// Where that line can be edited.
    pub edit: Option<String>,
    /// The numbers of findings, from 1.
    pub findings: Vec<usize>,
}

/// What identifies a block on its page. Several can be made of one place of the source.
pub(super) type Key = (Span, &'static str);

/// The key of a block.
pub(super) fn key_of(block: &Block) -> Key {
    let tag = match block.node {
        Node::Heading(_) => "heading",
        Node::Prose(_) => "prose",
        Node::Figure(_) => "figure",
        Node::Code(_) => "code",
        Node::Question(_) => "question",
        Node::Options(_) => "options",
        Node::Disclosure(_) => "disclosure",
        Node::Change(_) => "change",
        Node::Table(_) => "table",
        Node::Files(_) => "files",
        Node::Quote(_) => "quote",
        Node::Rubric(_) => "rubric",
        Node::Only { .. } => "only",
    };
    (block.span, tag)
}

impl<'a> Notes<'a> {
    /// The notes of a block: several if it is prose of several paragraphs, none if another block of
    /// the same place has them.
    #[must_use]
    pub fn of(&self, block: &Block) -> &'a [Note] {
        self.page.blocks.get(&key_of(block)).map_or(&[], Vec::as_slice)
    }

    /// A finding of the page by its number.
    #[must_use]
    pub fn finding(&self, number: usize) -> Option<&'a Finding> {
        let index = *self.page.order.get(number.checked_sub(1)?)?;
        self.review.findings.get(index)
    }
}
