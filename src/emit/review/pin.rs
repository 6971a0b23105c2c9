//! Which finding stands at which block. A finding stands after the smallest block that its place
//! lies in; where there is none, after the last block before it; and on top of the page that its
//! file belongs to if no block was made of that file.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::notes::{Key, Note, PageNotes, key_of};
use super::owner::owner_page;
use crate::diag::Sink;
use crate::directive::shapes;
use crate::emit::print::html::{scenario_page, tutorial_page};
use crate::ir::{Block, Node, each_block_inside_first};
use crate::model::Course;
use crate::source::{FileId, Files, Span};
use crate::syntax::document::{Block as Source, BlockKind, parse_document};

/// A place of a page at which something can stand, in the order of the page.
struct Slot {
    key: Key,
    /// The block's, or that of one of its paragraphs.
    span: Span,
    findings: Vec<usize>,
}

/// The notes of all pages, by address.
pub(super) fn pin(
    course: &Course,
    files: &Files,
    findings: &[Finding],
    edit: Option<&str>,
) -> BTreeMap<String, PageNotes> {
    let mut placed = vec![false; findings.len()];
    let mut slots: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
    let mut tops: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (page, blocks) in pages(course) {
        let mut found = slots_of(blocks, files);
        let texts: BTreeSet<FileId> = found.iter().map(|slot| slot.span.file).collect();
        let texts: BTreeSet<FileId> = texts.into_iter().filter(|file| is_page(files, *file)).collect();
        for (index, finding) in findings.iter().enumerate() {
            if !texts.contains(&finding.span.file) {
                continue;
            }
            match slot_for(finding.span, &found) {
                Some(at) => found[at].findings.push(index),
                None if !placed[index] => tops.entry(page.clone()).or_default().push(index),
                None => continue,
            }
            placed[index] = true;
        }
        slots.insert(page, found);
    }
    for (index, finding) in findings.iter().enumerate().filter(|(index, _)| !placed[*index]) {
        if let Some(page) = owner_page(course, &finding.path) {
            tops.entry(page).or_default().push(index);
        }
    }
    let pages: BTreeSet<String> = slots.keys().chain(tops.keys()).cloned().collect();
    pages
        .into_iter()
        .map(|page| {
            let top = tops.remove(&page).unwrap_or_default();
            let notes = number(top, slots.remove(&page).unwrap_or_default(), files, edit);
            (page, notes)
        })
        .collect()
}

/// Every page that is made of blocks.
fn pages(course: &Course) -> Vec<(String, &[Block])> {
    let scenarios = course.scenarios.iter().filter_map(|scenario| {
        let written = scenario.written.as_ref()?;
        Some((scenario_page(&scenario.id), written.blocks.as_slice()))
    });
    let tutorials = course.tutorials.iter().flat_map(|tutorial| {
        let root = tutorial_page(&tutorial.id);
        tutorial.pages.iter().map(move |page| (format!("{root}{}/", page.id), page.blocks.as_slice()))
    });
    scenarios.chain(tutorials).collect()
}

fn is_page(files: &Files, file: FileId) -> bool {
    files.path(file).extension() == Some("md")
}

/// The slots of a page in the order in which their notes are printed: a block's after those of what
/// it holds. Of several for one place the last is kept.
fn slots_of(blocks: &[Block], files: &Files) -> Vec<Slot> {
    let mut sources = BTreeMap::new();
    let mut out = Vec::new();
    each_block_inside_first(blocks, &mut |block| {
        let paragraphs = match block.node {
            Node::Prose(_) => paragraphs(block.span, files, &mut sources),
            _ => Vec::new(),
        };
        out.retain(|slot: &Slot| slot.key.0 != block.span);
        let key = key_of(block);
        let slot = |span: Span| Slot { key, span, findings: Vec::new() };
        if paragraphs.is_empty() {
            out.push(slot(block.span));
        }
        out.extend(paragraphs.into_iter().map(slot));
    });
    out
}

/// The Markdown blocks that a piece of prose was cut from. A page's are read once.
fn paragraphs(span: Span, files: &Files, sources: &mut BTreeMap<FileId, Vec<Span>>) -> Vec<Span> {
    if !is_page(files, span.file) {
        return Vec::new();
    }
    let all = sources.entry(span.file).or_insert_with(|| {
        let mut found = Vec::new();
        collect(&parse_document(files, span.file, &shapes(), &Sink::default()).blocks, &mut found);
        found
    });
    all.iter().filter(|inner| inner.start >= span.start && inner.end <= span.end).copied().collect()
}

fn collect(blocks: &[Source], found: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Directive(directive) => collect(&directive.children, found),
            BlockKind::Definition | BlockKind::Comment { .. } => {}
            _ => found.push(block.span),
        }
    }
}

/// The slot that a place belongs to. What is said about a whole file has none.
fn slot_for(place: Span, slots: &[Slot]) -> Option<usize> {
    if place.end == 0 {
        return None;
    }
    let here = || slots.iter().enumerate().filter(|(_, slot)| slot.span.file == place.file);
    let around = here().filter(|(_, slot)| slot.span.start <= place.start && place.start < slot.span.end);
    let smallest = around.min_by_key(|(at, slot)| (slot.span.end - slot.span.start, *at));
    let before = || {
        let before = here().filter(|(_, slot)| slot.span.start <= place.start);
        before.max_by_key(|(at, slot)| (slot.span.start, slot.span.end, *at))
    };
    smallest.or_else(before).map(|(at, _)| at)
}

/// Gives findings their numbers.
fn number(top: Vec<usize>, slots: Vec<Slot>, files: &Files, edit: Option<&str>) -> PageNotes {
    let mut notes = PageNotes { on_top: top.len(), order: top, blocks: BTreeMap::new() };
    for slot in slots {
        let first = notes.order.len() + 1;
        let numbers = first..first + slot.findings.len();
        notes.order.extend(slot.findings);
        let place = line_of(files, slot.span);
        let edit = edit.map(|root| {
            let line = files.position(slot.span.file, slot.span.start).line;
            format!("{root}{}#L{line}", files.path(slot.span.file))
        });
        let note = Note { place, edit, findings: numbers.collect() };
        notes.blocks.entry(slot.key).or_default().push(note);
    }
    notes
}

/// A place in the sources as people name it: `content/course.yml:12`.
fn line_of(files: &Files, span: Span) -> String {
    format!("{}:{}", files.path(span.file), files.position(span.file, span.start).line)
}
