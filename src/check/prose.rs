//! The running text of a project: what people read on pages, in manifests and in pictures, each
//! piece with the parts that are code or addresses marked as passed over.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use memchr::{memchr, memchr_iter};

use crate::diag::Sink;
use crate::source::{FileId, Files, Span};
use crate::syntax::code::Comments;
use crate::syntax::code_spans::code_and_tags;
use crate::syntax::document::{Block, BlockKind, Link, parse_inline_links};
use crate::syntax::yaml::{Node, Value, parse_yaml};

use super::beginnings::{Beginnings, Openings};
use super::page::Page;
use super::registry::Checked;
use super::words::Words;

/// Keys of manifests whose values are inline Markdown for learners.
const TEXT_KEYS: [&str; 24] = [
    "about",
    "answer",
    "app-why",
    "asks",
    "audience",
    "before",
    "change",
    "further",
    "goal",
    "goals",
    "guidance",
    "help",
    "objectives",
    "opening",
    "prerequisites",
    "problem",
    "question",
    "solution",
    "summary",
    "tagline",
    "teaches",
    "text",
    "why",
    "files",
];

/// A piece of running text.
#[derive(Clone)]
pub struct Prose {
    /// Where it stands; offsets below are relative to its start.
    pub span: Span,
    /// Code, addresses and tags: ascending, apart from each other.
    passed_over: Box<[Range<usize>]>,
    /// Most texts have no links, and a course has many texts.
    linked: Option<Box<Linked>>,
    pub place: Place,
    beginnings: OnceLock<Beginnings>,
}

/// The links of a text.
#[derive(Clone, Default)]
struct Linked {
    words: Vec<Range<usize>>,
    /// Those of a text in a manifest; those of a page are its blocks'.
    links: Vec<Link>,
}

/// Where a piece of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the text of a page, where references can stand.
    Page,
    /// In a heading of a page, where they can, too.
    Heading,
    /// In a picture's description, where they cannot.
    Description,
    /// In a manifest.
    Manifest,
    /// In a comment of code.
    Comment,
}

impl Prose {
    /// Whether a place of the text is code, an address or a tag.
    pub fn is_passed_over(&self, at: usize) -> bool {
        let next = self.passed_over.partition_point(|range| range.start <= at);
        next.checked_sub(1).is_some_and(|before| self.passed_over[before].contains(&at))
    }

    /// The words of links: what stands in them cannot become a link.
    pub fn linked(&self) -> &[Range<usize>] {
        self.linked.as_ref().map_or(&[], |linked| &linked.words)
    }

    /// The links of a text in a manifest; those of a page are its blocks'.
    pub fn links(&self) -> &[Link] {
        self.linked.as_ref().map_or(&[], |linked| &linked.links)
    }

    /// The words of the text that stand in nothing of the kind.
    pub fn words<'t>(&'t self, files: &'t Files) -> Words<'t> {
        Words::outside(files.slice(self.span), &self.passed_over)
    }

    /// What these words may begin, told once; `openings` are those of all phrases that are looked for.
    pub fn beginnings(&self, files: &Files, openings: &Openings) -> &Beginnings {
        self.beginnings.get_or_init(|| Beginnings::of(self.words(files), openings))
    }

    /// A text whose tags and code, by their offsets, are blanked out; where a tag opens stands a full stop.
    pub fn with_tags_as_stops(&self, text: &str) -> String {
        let mut words = text.as_bytes().to_vec();
        for range in &*self.passed_over {
            words.get_mut(range.clone()).unwrap_or_default().fill(b' ');
        }
        memchr_iter(b'<', text.as_bytes()).for_each(|at| words[at] = b'.');
        String::from_utf8(words).unwrap_or_default()
    }

    /// Where tags of HTML open, outside code.
    pub fn tags(&self, files: &Files) -> Vec<usize> {
        let text = files.slice(self.span);
        if memchr(b'<', text.as_bytes()).is_none() {
            return Vec::new();
        }
        let found = code_and_tags(text).into_iter();
        found.map(|range| range.start).filter(|start| text[*start..].starts_with('<')).collect()
    }

    fn new(files: &Files, span: Span, links: &[Link], place: Place) -> Self {
        let text = files.slice(span);
        let relative = |offset: u32| (offset.saturating_sub(span.start) as usize).min(text.len());
        let mut passed_over = code_and_tags(text);
        let mut linked: Option<Box<Linked>> = None;
        for link in links.iter().filter(|link| link.span.start >= span.start && link.span.end <= span.end) {
            let words = relative(link.text.start)..relative(link.text.end);
            passed_over.push(relative(link.span.start)..words.start);
            passed_over.push(words.end..relative(link.span.end));
            linked.get_or_insert_default().words.push(words);
        }
        Self { span, passed_over: merged(passed_over).into(), linked, place, beginnings: OnceLock::new() }
    }
}

/// What has been read of pages and manifests, each when the first rule asks.
struct Known(BTreeMap<FileId, OnceLock<Arc<[Prose]>>>);

/// The texts of a file, in order, read once for all rules.
fn once(checked: &Checked<'_>, file: FileId, read: impl FnOnce() -> Vec<Prose>) -> Arc<[Prose]> {
    let known = checked.shared.get(|| {
        let manifests = checked.sources_with("yml");
        let files = checked.pages.iter().map(|page| page.file).chain(manifests);
        Known(files.map(|file| (file, OnceLock::new())).collect())
    });
    match known.0.get(&file) {
        Some(known) => known.get_or_init(|| read().into()).clone(),
        None => read().into(),
    }
}

/// The texts of a page, in order.
pub fn prose_of_page(checked: &Checked<'_>, page: &Page) -> Arc<[Prose]> {
    once(checked, page.file, || {
        let mut texts = Vec::new();
        page.for_each_block(|block| texts.extend(prose_of_block(checked.files, block)));
        texts
    })
}

/// Those texts of a page that are of one block, without those of blocks inside it.
pub fn prose_within<'p>(texts: &'p [Prose], block: &Block) -> &'p [Prose] {
    if matches!(block.kind, BlockKind::Directive(_)) {
        return &[];
    }
    let first = texts.partition_point(|prose| prose.span.start < block.span.start);
    let behind = texts.partition_point(|prose| prose.span.start < block.span.end);
    &texts[first..behind.max(first)]
}

/// The texts of one block, without those of blocks inside it.
fn prose_of_block(files: &Files, block: &Block) -> Vec<Prose> {
    let prose = |span: Span, place: Place| Prose::new(files, span, &block.links, place);
    match &block.kind {
        BlockKind::Heading { text, .. } => vec![prose(*text, Place::Heading)],
        BlockKind::Figure(figure) => vec![
            prose(figure.alt, Place::Description),
            Prose::new(files, figure.title.span, &[], Place::Page),
        ],
        BlockKind::Prose { paragraph: false } if is_indented_code(files.slice(block.span)) => Vec::new(),
        BlockKind::Table(_) | BlockKind::List(_) | BlockKind::Prose { .. } => {
            vec![prose(block.span, Place::Page)]
        }
        BlockKind::Directive(_)
        | BlockKind::Fence { .. }
        | BlockKind::Comment { .. }
        | BlockKind::Definition => Vec::new(),
    }
}

fn is_indented_code(text: &str) -> bool {
    text.lines().all(|line| line.starts_with("    ") || line.starts_with('\t') || line.trim().is_empty())
}

/// The texts of a manifest, in order.
pub fn prose_of_manifest(checked: &Checked<'_>, file: FileId) -> Arc<[Prose]> {
    once(checked, file, || texts_under(checked.files, file, &TEXT_KEYS))
}

/// The titles and names in a manifest, in order.
pub fn titles_of_manifest(files: &Files, file: FileId) -> Vec<Prose> {
    texts_under(files, file, &["title", "name"])
}

fn texts_under(files: &Files, file: FileId, keys: &[&str]) -> Vec<Prose> {
    let mut texts = Vec::new();
    if let Some(node) = parse_yaml(files, file, &Sink::default()) {
        collect(files, &node, keys, false, &mut texts);
    }
    texts
}

fn collect(files: &Files, node: &Node, keys: &[&str], is_text: bool, texts: &mut Vec<Prose>) {
    match &node.value {
        Value::Text(_) if is_text => {
            let links = parse_inline_links(files.slice(node.span), node.span);
            let mut prose = Prose::new(files, node.span, &links, Place::Manifest);
            if !links.is_empty() {
                prose.linked.get_or_insert_default().links = links;
            }
            texts.push(prose);
        }
        Value::List(items) => items.iter().for_each(|item| collect(files, item, keys, is_text, texts)),
        Value::Map(entries) => {
            for (key, value) in entries {
                let is_text = is_text || keys.contains(&key.text.as_str());
                // A mapping below such a key names files or stages: only its own texts count.
                let nested = matches!(value.value, Value::Map(_)) && key.text != "files";
                collect(files, value, keys, is_text && !nested, texts);
            }
        }
        Value::Text(_) | Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
    }
}

/// The words in a picture: what stands between its tags.
pub fn words_of_picture(files: &Files, file: FileId) -> Vec<Prose> {
    let Ok(text) = files.text(file) else { return Vec::new() };
    vec![Prose::new(files, Span::new(file, 0, text.len()), &[], Place::Description)]
}

/// The comments of a file of code.
pub fn comments_of_code(files: &Files, file: FileId) -> Vec<Prose> {
    let comments = Comments::in_file(files, file);
    let ranges = comments.ranges().iter();
    ranges.map(|at| Prose::new(files, Span::new(file, at.start, at.end), &[], Place::Comment)).collect()
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
