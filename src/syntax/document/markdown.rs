//! The one Markdown parse of a page, and its top-level blocks.
//!
//! Every line that starts with `::` is overwritten by a thematic break of the same length first, so
//! that offsets stay, no list or paragraph runs across a directive, and definitions hold for the
//! whole page. The parser then says which of those lines stand in code, comments or `<pre>` and are
//! no directives after all.

use std::ops::Range;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::fence::parse_fence;
use super::heading::parse_heading;
use super::inline::{collect_links, node_range, title_range};
use super::lines::Lines;
use super::list::parse_item;
use super::table::parse_table;
use super::tree::{Alignment, Block, BlockKind, List};
use crate::diag::Sink;
use crate::source::{FileId, Span, Spanned};

/// A top-level block and its lines (counted from 0).
#[derive(Debug)]
pub(super) struct Placed {
    pub lines: Range<usize>,
    pub block: Block,
    /// A fence or comment that runs to the end of the page because nothing closes it.
    pub unclosed: bool,
}

/// A page's Markdown.
#[derive(Debug)]
pub(super) struct Markdown {
    pub blocks: Vec<Placed>,
    /// The numbers of the directive lines, ascending.
    pub directives: Vec<usize>,
    /// Lines in code, comments or raw HTML at any depth: nothing in them is a directive.
    pub opaque: Vec<Range<usize>>,
}

/// GitHub's Markdown. Definitions stay where they stand.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.leave_footnote_definitions = true;
    options
}

/// Parses a page.
pub(super) fn parse_markdown(lines: &Lines<'_>, file: FileId, sink: &Sink) -> Markdown {
    let (masked, candidates) = mask_directives(lines);
    let arena = Arena::new();
    let root = parse_document(&arena, &masked, &options());
    let (opaque, closed_to_directives) = opaque_lines(root);
    let is_code = |line: usize| is_in(&closed_to_directives, line);
    let directives: Vec<usize> = candidates.into_iter().filter(|line| !is_code(*line)).collect();
    let mut cutter = Cutter { lines, file, sink, directives: &directives, blocks: Vec::new(), at: 0 };
    for node in root.children() {
        cutter.take(node);
    }
    cutter.fill_gap(lines.count());
    let blocks = cutter.blocks;
    Markdown { blocks, directives, opaque }
}

/// The text with `***` for each line that starts with `::`, and the numbers of those lines.
fn mask_directives(lines: &Lines<'_>) -> (String, Vec<usize>) {
    let mut masked = String::with_capacity(lines.text.len());
    let mut candidates = Vec::new();
    for line in 0..lines.count() {
        let text = &lines.text[lines.start(line)..lines.start(line + 1)];
        let content = lines.get(line);
        if content.starts_with("::") {
            candidates.push(line);
            // Two bytes are too few for a break; a blank line ends a paragraph as well.
            let mark = if content.len() >= 3 { "***" } else { "" };
            masked.push_str(mark);
            masked.extend(std::iter::repeat_n(' ', content.len() - mark.len()));
            masked.push_str(&text[content.len()..]);
        } else {
            masked.push_str(text);
        }
    }
    (masked, candidates)
}

/// Whether a line lies in one of these ranges, which are in order and apart from each other.
pub(super) fn is_in(ranges: &[Range<usize>], line: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= line);
    next.checked_sub(1).is_some_and(|before| ranges[before].contains(&line))
}

/// The lines of code and raw HTML at any depth, and among them those where a line that starts
/// with `::` is no directive: fences, comments, `<pre>` and its like.
fn opaque_lines<'a>(root: &'a AstNode<'a>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let mut opaque = Vec::new();
    let mut closed = Vec::new();
    for node in root.descendants() {
        let data = node.data.borrow();
        let lines = data.sourcepos.start.line.saturating_sub(1)..data.sourcepos.end.line;
        let ends_on_its_own = match &data.value {
            NodeValue::CodeBlock(code) => code.fenced,
            // Kinds 1 to 5 end with their own end mark, the others at a blank line.
            NodeValue::HtmlBlock(html) => (1..=5).contains(&html.block_type),
            _ => continue,
        };
        if ends_on_its_own {
            closed.push(lines.clone());
        }
        opaque.push(lines);
    }
    (opaque, closed)
}

/// Cuts the parser's top-level nodes into blocks, in order, so that every line that is neither
/// blank nor a directive belongs to exactly one.
struct Cutter<'a> {
    lines: &'a Lines<'a>,
    file: FileId,
    sink: &'a Sink,
    directives: &'a [usize],
    blocks: Vec<Placed>,
    /// The first line that belongs to no block yet.
    at: usize,
}

impl Cutter<'_> {
    fn take<'n>(&mut self, node: &'n AstNode<'n>) {
        let (start, end) = {
            let place = node.data.borrow().sourcepos;
            (place.start.line.saturating_sub(1), place.end.line)
        };
        let end = end.min(self.lines.count());
        let start = start.max(self.at);
        if start >= end || (end - start == 1 && self.is_directive(start)) {
            return;
        }
        self.fill_gap(start);
        let start = start + self.leading_definitions(node, start..end);
        self.at = end.max(start);
        let mut last = end;
        while last > start && self.lines.is_blank(last - 1) {
            last -= 1;
        }
        if last > start {
            self.place(node, start..last);
        }
    }

    fn is_directive(&self, line: usize) -> bool {
        self.directives.binary_search(&line).is_ok()
    }

    fn span(&self, lines: &Range<usize>) -> Span {
        let bytes = self.lines.ranges(lines);
        Span::new(self.file, bytes.start, bytes.end)
    }

    fn push(&mut self, lines: Range<usize>, kind: BlockKind) {
        let block = Block { span: self.span(&lines), kind, links: Vec::new() };
        self.blocks.push(Placed { lines, block, unclosed: false });
    }

    /// What the parser swallowed without a node is link definitions.
    fn fill_gap(&mut self, until: usize) {
        let mut start = None;
        for line in self.at..=until {
            let text = line < until && !self.lines.is_blank(line) && !self.is_directive(line);
            match (text, start) {
                (true, None) => start = Some(line),
                (false, Some(from)) => {
                    self.push(from..line, BlockKind::Definition);
                    start = None;
                }
                _ => {}
            }
        }
        self.at = until.max(self.at);
    }

    /// How many lines at the start of a paragraph are link definitions, which the parser takes out
    /// of it without moving its start. They become a block of their own.
    fn leading_definitions<'n>(&mut self, node: &'n AstNode<'n>, at: Range<usize>) -> usize {
        let may_start = match &node.data.borrow().value {
            NodeValue::Paragraph => true,
            NodeValue::Heading(heading) => heading.setext,
            _ => false,
        };
        let mut count = 0;
        while may_start && at.start + count + 1 < at.end {
            let from = at.start + count;
            // A label, an address and a title may each stand on a line of their own.
            let longest = (at.end - from - 1).min(4);
            let Some(len) = (1..=longest).rev().find(|len| self.is_definition(from..from + len)) else {
                break;
            };
            count += len;
        }
        if count > 0 {
            self.push(at.start..at.start + count, BlockKind::Definition);
        }
        count
    }

    fn is_definition(&self, at: Range<usize>) -> bool {
        let text = &self.lines.text[self.lines.ranges(&at)];
        if !text.trim_start().starts_with('[') || !text.contains("]:") {
            return false;
        }
        let arena = Arena::new();
        parse_document(&arena, text, &options()).first_child().is_none()
    }

    fn place<'n>(&mut self, node: &'n AstNode<'n>, at: Range<usize>) {
        let span = self.span(&at);
        let links = collect_links(node, self.lines, self.file, span.range());
        let inner: Vec<usize> = at.clone().filter(|line| self.is_directive(*line)).collect();
        if inner.is_empty() || !matches!(node.data.borrow().value, NodeValue::HtmlBlock(_)) {
            let (kind, unclosed) = self.kind_of(node, &at);
            let links = without_attributes(links, &kind);
            self.blocks.push(Placed { lines: at, block: Block { span, kind, links }, unclosed });
            return;
        }
        // Raw HTML that runs up to a blank line swallowed directives: it is cut around them.
        let mut start = at.start;
        for line in inner.into_iter().chain([at.end]) {
            if start < line {
                self.push(start..line, BlockKind::Prose { paragraph: false });
            }
            start = line + 1;
        }
    }

    fn kind_of<'n>(&self, node: &'n AstNode<'n>, at: &Range<usize>) -> (BlockKind, bool) {
        let (text, file, sink) = (self.lines.text, self.file, self.sink);
        let bytes = self.lines.ranges(at);
        let data = node.data.borrow();
        let kind = match &data.value {
            NodeValue::Heading(heading) => {
                let (text, attributes) = parse_heading(text, file, bytes, heading.setext, sink);
                BlockKind::Heading { level: heading.level, text, attributes }
            }
            NodeValue::CodeBlock(code) if code.fenced => {
                return (parse_fence(self.lines, file, at, code.closed, sink), !code.closed);
            }
            NodeValue::HtmlBlock(html) if html.block_type == 2 => {
                return self.comment(bytes);
            }
            NodeValue::Table(table) => {
                let alignments = table.alignments.iter().map(alignment).collect();
                BlockKind::Table(parse_table(self.lines, file, at, alignments))
            }
            NodeValue::List(list) => {
                let ordered = list.list_type == ListType::Ordered;
                BlockKind::List(List { ordered, items: self.items(node, &bytes) })
            }
            NodeValue::FootnoteDefinition(_) => BlockKind::Definition,
            NodeValue::Paragraph => self.figure(node, &bytes).unwrap_or(BlockKind::Prose { paragraph: true }),
            _ => BlockKind::Prose { paragraph: false },
        };
        (kind, false)
    }

    /// A comment alone; with text after it, it is raw HTML.
    fn comment(&self, bytes: Range<usize>) -> (BlockKind, bool) {
        let raw = &self.lines.text[bytes.clone()];
        let unclosed = !raw.contains("-->");
        let inside = raw.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let Some(inside) = inside.filter(|inside| !inside.contains("-->")) else {
            return (BlockKind::Prose { paragraph: false }, unclosed);
        };
        let text = inside.trim();
        let lead = raw.len() - raw.trim_start().len() + 4 + (inside.len() - inside.trim_start().len());
        let start = (bytes.start + lead).min(bytes.end - 3);
        let span = Span::new(self.file, start, start + text.len());
        (BlockKind::Comment { text: Spanned::new(text.to_owned(), span) }, unclosed)
    }

    fn items<'n>(&self, list: &'n AstNode<'n>, bytes: &Range<usize>) -> Vec<super::tree::Item> {
        let starts: Vec<usize> = list
            .children()
            .filter_map(|item| {
                let at = item.data.borrow().sourcepos.start;
                self.lines.offset(at.line, at.column)
            })
            .filter(|start| bytes.contains(start))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([bytes.end]);
        let ranges = starts.iter().copied().zip(ends).filter(|(start, end)| start < end);
        ranges.map(|(start, end)| parse_item(self.lines.text, self.file, start..end, self.sink)).collect()
    }

    /// An image with a title, alone in its paragraph.
    fn figure<'n>(&self, paragraph: &'n AstNode<'n>, bytes: &Range<usize>) -> Option<BlockKind> {
        let image = paragraph.first_child()?;
        if image.next_sibling().is_some() {
            return None;
        }
        let data = image.data.borrow();
        let NodeValue::Image(target) = &data.value else { return None };
        if target.title.is_empty() {
            return None;
        }
        let link = collect_links(image, self.lines, self.file, bytes.clone()).into_iter().next()?;
        let title = node_range(self.lines, &data)
            .and_then(|range| {
                let title = title_range(&self.lines.text[range.clone()], true, target)?;
                Some(Span::new(self.file, range.start + title.start, range.start + title.end))
            })
            .unwrap_or(link.span);
        Some(BlockKind::Figure {
            alt: link.text,
            destination: link.destination,
            title: Spanned::new(target.title.clone(), title),
        })
    }
}

/// Addresses in the attributes of a heading are values, no links.
fn without_attributes(mut links: Vec<super::tree::Link>, kind: &BlockKind) -> Vec<super::tree::Link> {
    if let BlockKind::Heading { attributes, .. } = kind {
        links.retain(|link| link.span.end <= attributes.span.start || attributes.is_empty());
    }
    links
}

fn alignment(alignment: &TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::None,
        TableAlignment::Left => Alignment::Left,
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::Right,
    }
}
