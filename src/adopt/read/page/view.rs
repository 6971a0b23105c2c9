//! What the readers of parts look at: the blocks of a page, and where in it they are.

use camino::Utf8Path;

use super::block::{PageBlock, Shape};
use super::details::details_ends;
use crate::adopt::PartKind;
use crate::adopt::read::run::Run;
use crate::model::Role;
use crate::source::{FileId, Files, Span};

/// A page's blocks.
pub(super) struct View<'a> {
    pub files: &'a Files,
    pub file: FileId,
    pub blocks: Vec<PageBlock>,
    /// For each block that opens `<details>`, the block that closes it.
    pub details: Vec<Option<usize>>,
    /// The files that a learner has, relative to the scenario's folder.
    pub paths: Vec<&'a Utf8Path>,
    /// The level of headings that are sections.
    pub section_level: u8,
}

impl<'a> View<'a> {
    pub fn new(files: &'a Files, file: FileId, paths: Vec<&'a Utf8Path>) -> Self {
        let blocks = super::block::blocks_of(files, file);
        let details = details_ends(files, &blocks);
        let count = |wanted: u8| {
            let is_one =
                |block: &&PageBlock| matches!(block.shape, Shape::Heading { level, .. } if level == wanted);
            blocks.iter().filter(is_one).count()
        };
        let section_level = match (count(1), count(2)) {
            (_, 1..) => 2,
            (2.., 0) => 1,
            _ => 3,
        };
        Self { files, file, blocks, details, paths, section_level }
    }

    pub fn run(&self, span: Span) -> Run<'a> {
        Run::of(self.files, span)
    }

    /// The text of a block; an empty one past the end.
    pub fn text(&self, at: usize) -> Run<'a> {
        let end = self.files.text(self.file).map_or(0, str::len);
        self.run(self.blocks.get(at).map_or(Span::new(self.file, end, end), |block| block.span))
    }

    pub fn shape(&self, at: usize) -> Option<&Shape> {
        self.blocks.get(at).map(|block| &block.shape)
    }

    /// The text of a paragraph.
    pub fn paragraph(&self, at: usize) -> Option<Run<'a>> {
        matches!(self.shape(at)?, Shape::Paragraph).then(|| self.text(at))
    }

    /// The level and the text of a heading.
    pub fn heading(&self, at: usize) -> Option<(u8, Run<'a>)> {
        match self.shape(at)? {
            Shape::Heading { level, text } => Some((*level, self.run(*text))),
            _ => None,
        }
    }

    /// The block past `at` at which a heading of this level or a higher one stands, or the end.
    pub fn section_end(&self, at: usize, level: u8) -> usize {
        let is_end = |at: &usize| self.heading(*at).is_some_and(|(found, _)| found <= level);
        (at + 1..self.blocks.len()).find(is_end).unwrap_or(self.blocks.len())
    }

    /// From the start of one block to the end of another.
    pub fn span_of(&self, from: usize, to: usize) -> Span {
        self.text(from).span.to(self.text(to.max(from)).span)
    }
}

/// Where in a page the next block stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub is_titled: bool,
    /// Past the first heading below the title.
    pub in_sections: bool,
    /// What the heading's words say that the section is for.
    pub role: Option<Role>,
}

/// Parts that were recognised, each with the byte at which it starts, and how many blocks they took.
pub(super) struct Found {
    pub parts: Vec<(usize, PartKind)>,
    pub blocks: usize,
}

impl Found {
    /// One part, from the start of its first block.
    pub fn one(view: &View<'_>, at: usize, blocks: usize, kind: PartKind) -> Self {
        Self { parts: vec![(view.text(at).span.range().start, kind)], blocks }
    }
}
