//! The pages of a project as parsed, and the walks over them that rules share.

use std::sync::Arc;

use camino::Utf8Path;

use crate::diag::Sink;
use crate::directive::shapes;
use crate::model::Course;
use crate::source::{FileId, Files, Origin};
use crate::syntax::document::{Block, BlockKind, Directive, Document, parse_document};

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOwner {
    /// The index of a scenario.
    Scenario(usize),
    Tutorial,
    /// A piece of a page: headings may stand anywhere in it.
    Snippet,
}

/// A page of the project.
#[derive(Clone, Debug)]
pub struct Page {
    pub file: FileId,
    pub owner: PageOwner,
    pub document: Arc<Document>,
}

impl Page {
    /// The page in a file; it is parsed once.
    pub fn load(files: &Files, file: FileId, owner: PageOwner) -> Self {
        Self { file, owner, document: parse_document(files, file, &shapes(), &Sink::default()) }
    }

    /// The scenario whose page it is.
    #[must_use]
    pub fn scenario(&self) -> Option<usize> {
        if let PageOwner::Scenario(index) = self.owner { Some(index) } else { None }
    }

    /// The regions of code that the page quotes: file as it is named, and region.
    pub fn for_each_quoted_region(&self, mut visit: impl FnMut(&str, &str)) {
        self.for_each_block(|block| {
            let attributes = match &block.kind {
                BlockKind::Fence { attributes, .. } => attributes,
                BlockKind::Directive(directive) => &directive.attributes,
                _ => return,
            };
            if let (Some(file), Some(region)) = (attributes.get("file"), attributes.get("region")) {
                visit(&file.value, &region.value);
            }
        });
    }

    /// Calls `visit` for every run of blocks: the page itself and the content of each directive.
    pub fn for_each_run<'p>(&'p self, mut visit: impl FnMut(&'p [Block])) {
        visit(&self.document.blocks);
        for_each_directive(&self.document.blocks, &mut |directive| visit(&directive.children));
    }

    /// Calls `visit` for every block at any depth, in order.
    pub fn for_each_block<'p>(&'p self, mut visit: impl FnMut(&'p Block)) {
        walk(&self.document.blocks, &mut visit);
    }
}

fn walk<'p>(blocks: &'p [Block], visit: &mut impl FnMut(&'p Block)) {
    for block in blocks {
        visit(block);
        if let BlockKind::Directive(directive) = &block.kind {
            walk(&directive.children, visit);
        }
    }
}

fn for_each_directive<'p>(blocks: &'p [Block], visit: &mut impl FnMut(&'p Directive)) {
    walk(blocks, &mut |block| {
        if let BlockKind::Directive(directive) = &block.kind {
            visit(directive);
        }
    });
}

/// Every page of the project, in path order; what parsing finds was reported when the course was loaded.
#[must_use]
pub fn load_pages(course: &Course, files: &Files) -> Vec<Page> {
    let own = files.iter().filter(|(_, entry)| entry.origin == Origin::Project);
    own.filter_map(|(file, entry)| {
        files.text(file).ok()?;
        Some(Page::load(files, file, owner_of(course, &entry.path)?))
    })
    .collect()
}

/// Whether a path is one of a page: of a scenario, of a tutorial, or a piece of one.
pub fn is_page(path: &Utf8Path) -> bool {
    let parts: Vec<&str> = path.components().map(|part| part.as_str()).collect();
    path.extension() == Some("md")
        && matches!(
            parts.as_slice(),
            ["content", "scenarios", _, "scenario.md"]
                | ["content", "tutorials" | "snippets", ..]
                | ["devcontainers", _, "snippets", ..]
        )
}

fn owner_of(course: &Course, path: &Utf8Path) -> Option<PageOwner> {
    if path.extension() != Some("md") {
        return None;
    }
    let parts: Vec<&str> = path.components().map(|part| part.as_str()).collect();
    match parts.as_slice() {
        ["content", "scenarios", id, "scenario.md"] => {
            let index = course.scenario_index(id)?;
            Some(PageOwner::Scenario(index))
        }
        ["content", "tutorials", _, ..] => Some(PageOwner::Tutorial),
        ["content", "snippets", ..] | ["devcontainers", _, "snippets", ..] => Some(PageOwner::Snippet),
        _ => None,
    }
}
