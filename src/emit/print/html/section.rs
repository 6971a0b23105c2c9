//! A page cut at its H2 headings: what themes lay out, and what an outline is made of.

use std::fmt::Write as _;

use serde::Serialize;

use crate::ir::{Block, Heading, Node};

use super::blocks::{label_of, print_heading, print_html, print_old_anchors, print_prefix};
use super::escape::escape_attribute;
use super::links::Links;
use super::markdown::{print_inline_html, print_plain};
use super::note::print_notes;

/// A section of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// The anchor; empty for what stands before the first heading.
    pub id: String,
    /// `observe`, `fix`, …; empty without a role.
    pub role: &'static str,
    /// "Step 1"; empty for sections that are no steps.
    pub label: String,
    /// The heading's words as plain text.
    pub title: String,
    /// The heading's words as HTML, label included.
    pub heading: String,
    /// Anchors of ids that the section had before, as HTML.
    pub old_anchors: String,
    /// What stands below the heading, as HTML.
    pub body: String,
    /// Subsections that an outline may name.
    pub parts: Vec<Part>,
}

/// A subsection.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub id: String,
    /// "Fix 1", or empty.
    pub label: String,
    pub title: String,
}

/// Cuts a page at its H2 headings.
#[must_use]
pub fn print_sections(blocks: &[Block], links: &Links<'_>) -> Vec<Section> {
    let mut starts = vec![0];
    starts.extend((1..blocks.len()).filter(|&at| heading_of(&blocks[at], 2).is_some()));
    starts.push(blocks.len());
    starts
        .windows(2)
        .map(|pair| &blocks[pair[0]..pair[1]])
        .filter(|run| !run.is_empty())
        .map(|run| print_section(run, links))
        .collect()
}

fn heading_of(block: &Block, level: u8) -> Option<&Heading> {
    match &block.node {
        Node::Heading(heading) if heading.level == level => Some(heading),
        _ => None,
    }
}

fn print_section(run: &[Block], links: &Links<'_>) -> Section {
    let Some(heading) = run.first().and_then(|first| heading_of(first, 2)) else {
        return Section {
            id: String::new(),
            role: "",
            label: String::new(),
            title: String::new(),
            heading: String::new(),
            old_anchors: String::new(),
            body: print_parts(run, links),
            parts: parts_of(run, links),
        };
    };
    let rest = &run[1..];
    Section {
        id: heading.id.clone(),
        role: heading.role.unwrap_or_default(),
        label: label_of(&heading.prefix).to_owned(),
        title: print_plain(&heading.text, links),
        heading: print_prefix(&heading.prefix) + &print_inline_html(&heading.text, links),
        old_anchors: print_old_anchors(&heading.was),
        body: print_notes(&run[0], links).concat() + &print_parts(rest, links),
        parts: parts_of(rest, links),
    }
}

/// Each H3 with what belongs to it becomes a section, so that a fix can be treated as one thing.
fn print_parts(run: &[Block], links: &Links<'_>) -> String {
    let first = run.iter().position(|block| heading_of(block, 3).is_some()).unwrap_or(run.len());
    let mut out = print_html(&run[..first], links);
    let mut rest = &run[first..];
    while let Some(heading) = rest.first().and_then(|block| heading_of(block, 3)) {
        let end =
            rest[1..].iter().position(|block| heading_of(block, 3).is_some()).map_or(rest.len(), |at| at + 1);
        let kind = if heading.prefix.is_empty() { "part" } else { "fix" };
        let _ = write!(
            out,
            "<section class=\"{kind}\" id=\"{}\">\n{}{}{}</section>\n",
            escape_attribute(&heading.id),
            print_heading(heading, false, links),
            print_notes(&rest[0], links).concat(),
            print_html(&rest[1..end], links)
        );
        rest = &rest[end..];
    }
    out
}

fn parts_of(run: &[Block], links: &Links<'_>) -> Vec<Part> {
    run.iter()
        .filter_map(|block| heading_of(block, 3))
        .map(|heading| Part {
            id: heading.id.clone(),
            label: label_of(&heading.prefix).to_owned(),
            title: print_plain(&heading.text, links),
        })
        .collect()
}
