//! The one Markdown parse of a page, and its top-level blocks.
//!
//! Every line that starts with `::` is overwritten by a thematic break of the same length first, so
//! that offsets stay, no list or paragraph runs across a directive, and definitions hold for the
//! whole page. The parser then says which of those lines stand in code, comments or `<pre>` and are
//! no directives after all.

use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::block::BlockReader;
use super::inline::collect_links;
use super::lines::Lines;
use super::tree::{Block, BlockKind, Link};
use crate::diag::Sink;
use crate::source::{FileId, Span};

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
    let mut cutter =
        Cutter { lines, file, sink, directives: &directives, blocks: Vec::new(), at: 0, shift: 0 };
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
    /// How many lines the parser's positions inside the current block are too low: it counts from
    /// the block's start and forgets the definitions that it took out there.
    shift: usize,
}

impl Cutter<'_> {
    fn take<'n>(&mut self, node: &'n AstNode<'n>) {
        let (start, end) = {
            let data = node.data.borrow();
            let start = data.sourcepos.start.line.saturating_sub(1);
            // The parser lets a break at the end of the page run over the blank lines after it.
            let is_break = matches!(data.value, NodeValue::ThematicBreak);
            (start, if is_break { start + 1 } else { data.sourcepos.end.line })
        };
        let end = end.min(self.lines.count());
        let start = start.max(self.at);
        if start >= end || (end - start == 1 && self.is_directive(start)) {
            return;
        }
        self.fill_gap(start);
        self.shift = self.leading_definitions(node, start..end);
        let start = start + self.shift;
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
        let links = collect_links(node, self.lines, self.file, span.range(), self.shift);
        let inner: Vec<usize> = at.clone().filter(|line| self.is_directive(*line)).collect();
        if inner.is_empty() || !matches!(node.data.borrow().value, NodeValue::HtmlBlock(_)) {
            let reader =
                BlockReader { lines: self.lines, file: self.file, sink: self.sink, shift: self.shift };
            let (kind, unclosed) = reader.kind_of(node, &at);
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
}

/// Addresses in the attributes of a heading are values, no links.
fn without_attributes(mut links: Vec<Link>, kind: &BlockKind) -> Vec<Link> {
    if let BlockKind::Heading { attributes, .. } = kind {
        links.retain(|link| link.span.end <= attributes.span.start || attributes.is_empty());
    }
    links
}

#[cfg(test)]
mod tests {
    use crate::syntax::document::testing::Page;

    fn slices(page: &Page) -> Vec<&str> {
        page.document.blocks.iter().map(|block| page.files.slice(block.span)).collect()
    }

    #[test]
    fn blocks_are_told_apart() {
        let page = Page::parse(
            "# A\n\npara\npara\n\n- a\n- b\n\n1. a\n\n| a |\n|---|\n| b |\n\n> quote\n\n```js\nx\n```\n\n    code\n\n---\n\n<div>\n\n<!-- allow a/b: c -->\n\n![a](b.svg \"c\")\n\n[x]: y\n",
        );
        assert_eq!(
            page.outline(),
            "h1 p list2 list1 table1 other fence-js other other other comment figure definition"
        );
        assert_eq!(page.faults(), Vec::<String>::new());
    }

    #[test]
    fn indented_code_keeps_its_indentation() {
        let page = Page::parse("a\n\n    code\n\n      more\n\nb\n");
        assert_eq!(slices(&page), ["a", "    code\n\n      more", "b"]);
    }

    #[test]
    fn lists_and_paragraphs_end_at_a_directive() {
        let page = Page::parse("- a\n\n::loadtest{#x}\n\n- b\n");
        assert_eq!(page.outline(), "list1 ::loadtest list1");
        let page = Page::parse("| a |\n|---|\n| b |\n::loadtest{#x}\n");
        assert_eq!(page.outline(), "table1 ::loadtest");
        let page = Page::parse("para\n::loadtest{#x}\npara\n");
        assert_eq!(page.outline(), "p ::loadtest p");
        let page = Page::parse("[^1]: note\n::loadtest{#x}\n[x]: y\n::loadtest{#y}\n");
        assert_eq!(page.outline(), "definition ::loadtest definition ::loadtest");
    }

    #[test]
    fn raw_html_is_cut_around_directives() {
        let page = Page::parse("<details>\n:::hint\nx\n:::\n</details>\n");
        assert_eq!(page.outline(), "other hint(other) other");
        assert_eq!(page.document.blocks.len(), 3);
    }

    #[test]
    fn definitions_hold_for_the_whole_page() {
        let page = Page::parse(
            "[a][x] and [^1]\n\n:::hint\n[x]: http://e.org 'T'\nText.\n:::\n\n[^1]: note\n[^2]: unused\n",
        );
        assert_eq!(page.outline(), "p hint(definition p) definition definition");
        let spans: Vec<&str> = page.document.definitions.iter().map(|span| page.files.slice(*span)).collect();
        assert_eq!(spans, ["[x]: http://e.org 'T'", "[^1]: note", "[^2]: unused"]);
        let link = &page.document.blocks[0].links[0];
        assert_eq!((link.destination.as_str(), link.title.as_deref()), ("http://e.org", Some("T")));
    }

    #[test]
    fn a_definition_before_text_is_a_block_of_its_own() {
        let page = Page::parse("[x]: y\n[z]:\n  w\nText [x] and [a](b).\n");
        assert_eq!(page.outline(), "definition p");
        assert_eq!(slices(&page), ["[x]: y\n[z]:\n  w", "Text [x] and [a](b)."]);
        let texts: Vec<&str> =
            page.document.blocks[1].links.iter().map(|link| page.files.slice(link.text)).collect();
        assert_eq!(texts, ["x", "a"]);
    }
}
