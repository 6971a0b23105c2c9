//! What learners type, as their page says it: fences by the section and the fix that they stand in,
//! and commands that stand in running text.

use std::ops::Range;

use super::exercise::Exercise;
use super::page::Page;
use super::registry::Checked;
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind, Document};
use crate::syntax::shell::{Shell, parse_shell};

/// Programs that make load, other than the course's own.
pub const LOAD_TESTERS: [&str; 14] = [
    "ab",
    "wrk",
    "wrk2",
    "hey",
    "k6",
    "siege",
    "artillery",
    "locust",
    "vegeta",
    "bombardier",
    "oha",
    "h2load",
    "loadtest",
    "jmeter",
];

/// A block of a page with the section that it stands in.
#[derive(Clone, Copy)]
pub struct Placed<'p> {
    pub block: &'p Block,
    /// The role of the section (`fix`), if it has one.
    pub role: Option<&'p str>,
    /// The id of the heading below a section, if it has one: a fix's in a section of fixes.
    pub part: Option<&'p str>,
    /// Whether it stands in an answer that is not shown.
    pub in_answer: bool,
}

/// Commands that a learner types in the app's container.
pub struct Typed {
    pub shell: Shell,
    /// The text that was read; offsets in it begin at its start.
    pub span: Span,
}

impl Typed {
    /// Where a range of the text stands.
    #[must_use]
    pub fn place(&self, at: Range<usize>) -> Span {
        self.span.sub(at.start, at.end)
    }
}

/// The page of an exercise.
#[must_use]
pub fn page_of<'c>(checked: &'c Checked<'_>, exercise: &Exercise<'_>) -> Option<&'c Page> {
    checked.page_of(exercise.index)
}

/// Every block of a page at any depth, in order.
#[must_use]
pub fn placed_blocks(document: &Document) -> Vec<Placed<'_>> {
    let mut out = Vec::new();
    let (mut role, mut part) = (None, None);
    for block in &document.blocks {
        if let BlockKind::Heading { level, attributes, .. } = &block.kind {
            let id = attributes.id.as_ref().map(|id| id.value.as_str());
            match level {
                1 | 2 => {
                    role = attributes.classes.first().map(|class| class.value.as_str());
                    part = None;
                }
                3 => part = id,
                _ => {}
            }
        }
        place(block, Placed { block, role, part, in_answer: false }, &mut out);
    }
    out
}

fn place<'p>(block: &'p Block, placed: Placed<'p>, out: &mut Vec<Placed<'p>>) {
    out.push(placed);
    if let BlockKind::Directive(directive) = &block.kind {
        let shown = directive.attributes.get("show").is_some_and(|value| value.value == "inline");
        let in_answer = placed.in_answer || (directive.name.value == "answer" && !shown);
        for child in &directive.children {
            place(child, Placed { block: child, in_answer, ..placed }, out);
        }
    }
}

/// The languages of fences that hold commands.
const SHELLS: [&str; 6] = ["bash", "sh", "shell", "console", "zsh", "terminal"];

/// The commands that a page has learners type in their terminal.
#[must_use]
pub fn typed_commands(files: &Files, page: &Page) -> Vec<Typed> {
    let mut out = Vec::new();
    for placed in placed_blocks(&page.document) {
        let BlockKind::Fence { language, attributes, body } = &placed.block.kind else { continue };
        let elsewhere = attributes.get("in").is_some_and(|place| place.value != "app");
        let quoted = attributes.get("file").is_some() || attributes.get("output").is_some();
        if !SHELLS.contains(&language.value.as_str()) || elsewhere || quoted {
            continue;
        }
        let text = files.slice(*body);
        if language.value == "console" {
            out.extend(after_prompts(text, *body));
        } else {
            out.push(Typed { shell: parse_shell(text), span: *body });
        }
    }
    out
}

/// In a transcript, commands are the lines behind a prompt.
fn after_prompts(text: &str, span: Span) -> Vec<Typed> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter_map(|line| {
        let start = at;
        at += line.len();
        let command = line.strip_prefix("$ ")?.trim_end();
        let from = start + 2;
        Some(Typed { shell: parse_shell(command), span: span.sub(from, from + command.len()) })
    });
    lines.collect()
}

/// Pieces of code in the running text of a block: the words between single backticks.
#[must_use]
pub fn inline_code(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices('`') {
        match open.take() {
            None => open = Some(at + 1),
            Some(start) if start < at => found.push(start..at),
            Some(_) => {}
        }
    }
    found
}
