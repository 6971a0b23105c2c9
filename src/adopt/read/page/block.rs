//! A page's blocks in one row, whatever they are nested in. Lines that start with `::` mean nothing in a
//! hand-made page; they become blocks of their own, so that every line that is not blank lies in one.

use std::ops::Range;

use crate::adopt::read::run::Run;
use crate::diag::Sink;
use crate::source::{FileId, Files, Span, Spanned};
use crate::syntax::document::{Block, BlockKind, Link, List, Table, parse_document};

/// A block with its whole lines.
#[derive(Debug)]
pub(in crate::adopt::read) struct PageBlock {
    pub span: Span,
    pub shape: Shape,
    pub links: Vec<Link>,
}

/// What a block looks like.
#[derive(Debug)]
pub(in crate::adopt::read) enum Shape {
    Heading {
        level: u8,
        text: Span,
    },
    Fence {
        language: Spanned<String>,
        body: Span,
    },
    Table(Table),
    List(List),
    Paragraph,
    /// An image with a title, alone.
    Picture {
        alt: Span,
        destination: Spanned<String>,
        title: Spanned<String>,
    },
    Quote,
    Html,
    Break,
    Comment,
    /// A line that starts with `::`.
    Colons,
    /// Indented code, definitions.
    Other,
}

/// The blocks of a page.
pub(in crate::adopt::read) fn blocks_of(files: &Files, file: FileId) -> Vec<PageBlock> {
    let text = files.text(file).unwrap_or("");
    // What is wrong with directives is of no interest where there are none.
    let document = parse_document(files, file, &[], &Sink::default());
    let mut found: Vec<PageBlock> = Vec::new();
    let mut levels = vec![document.blocks.iter()];
    let mut at = 0;
    while let Some(level) = levels.last_mut() {
        let Some(block) = level.next() else {
            levels.pop();
            continue;
        };
        if let BlockKind::Directive(directive) = &block.kind {
            levels.push(directive.children.iter());
            continue;
        }
        let range = block.span.range();
        if range.start < at {
            continue;
        }
        fill_gap(text, file, at..range.start, &mut found);
        at = range.end;
        found.push(PageBlock { span: block.span, shape: shape_of(files, block), links: block.links.clone() });
    }
    fill_gap(text, file, at..text.len(), &mut found);
    found
}

/// Lines between two blocks that are not blank.
fn fill_gap(text: &str, file: FileId, gap: Range<usize>, found: &mut Vec<PageBlock>) {
    let mut start = gap.start;
    for line in text[gap].split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        if !line.trim().is_empty() {
            let span = Span::new(file, start, end);
            found.push(PageBlock { span, shape: Shape::Colons, links: Vec::new() });
        }
        start += line.len();
    }
}

fn shape_of(files: &Files, block: &Block) -> Shape {
    match &block.kind {
        BlockKind::Heading { level, text, attributes } => {
            // Braces mean nothing in a hand-made heading.
            let text = if attributes.is_empty() { *text } else { text.to(attributes.span) };
            Shape::Heading { level: *level, text }
        }
        BlockKind::Fence { language, body, .. } => Shape::Fence { language: language.clone(), body: *body },
        BlockKind::Table(table) => Shape::Table(*table.clone()),
        BlockKind::List(list) => Shape::List(list.clone()),
        BlockKind::Figure(figure) => Shape::Picture {
            alt: figure.alt,
            destination: figure.destination.clone(),
            title: figure.title.clone(),
        },
        BlockKind::Comment { .. } => Shape::Comment,
        BlockKind::Prose { paragraph: true } => {
            let run = Run::of(files, block.span);
            crammed_heading(run).unwrap_or(Shape::Paragraph)
        }
        BlockKind::Prose { paragraph: false } => prose_shape(files.slice(block.span)),
        BlockKind::Directive(_) => Shape::Colons,
        BlockKind::Definition => Shape::Other,
    }
}

/// `##Step 1`, which is no heading for GitHub, and one for whoever wrote it.
fn crammed_heading(run: Run<'_>) -> Option<Shape> {
    let level = run.text.bytes().take_while(|byte| *byte == b'#').count();
    let text = run.from(level);
    let is_heading = (2..=6).contains(&level)
        && text.text.starts_with(|c: char| c.is_alphabetic())
        && !text.text.contains('\n');
    is_heading.then(|| Shape::Heading { level: u8::try_from(level).unwrap_or(6), text: text.trim().span })
}

fn prose_shape(text: &str) -> Shape {
    let line = text.trim_start_matches([' ', '\t']);
    if text.len() - line.len() > 3 || text.starts_with('\t') {
        return Shape::Other;
    }
    match line.bytes().next() {
        Some(b'>') => Shape::Quote,
        Some(b'<') => Shape::Html,
        Some(b'-' | b'*' | b'_') => Shape::Break,
        _ => Shape::Other,
    }
}

/// The lines of a quote without their marks; blank ones part its paragraphs.
pub(in crate::adopt::read) fn quote_lines(run: Run<'_>) -> impl Iterator<Item = Run<'_>> {
    run.lines().map(|line| {
        let content = line.trim_start_matches(|c| c == ' ');
        match content.strip_prefix(">") {
            Some(inside) => inside.strip_prefix(" ").unwrap_or(inside),
            None => content,
        }
    })
}

/// The lines that are not blank, each trimmed.
pub(in crate::adopt::read) fn filled<'a>(lines: impl Iterator<Item = Run<'a>>) -> Vec<Run<'a>> {
    lines.map(Run::trim).filter(|line| !line.is_blank()).collect()
}
