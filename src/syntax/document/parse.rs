//! The order of work: Markdown, directive lines, nesting.

use std::sync::Arc;

use super::line::{DirectiveLine, parse_line};
use super::lines::Lines;
use super::markdown::{Placed, parse_markdown};
use super::nest::Nest;
use super::spacing::{Indented, check_blank_lines, find_indented};
use super::tree::{Block, BlockKind, DirectiveShape, Document};
use crate::diag::catalog::document::{UNCLOSED_COMMENT, UNCLOSED_FENCE};
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};

/// A page as parsed, with what was found on the way.
struct Parsed {
    document: Arc<Document>,
    found: Vec<Diagnostic>,
}

/// Parses a page, once for each file. Faults are reported and worked around. A file that is not
/// text gives an empty page; whoever reads the tree reports that.
#[must_use]
pub fn parse_document(files: &Files, file: FileId, shapes: &[DirectiveShape], sink: &Sink) -> Arc<Document> {
    let parsed = files.parsed(file, || {
        let found = Sink::default();
        let document = Arc::new(parse_page(files, file, shapes, &found));
        Parsed { document, found: found.into_found() }
    });
    sink.extend(parsed.found.iter().cloned());
    Arc::clone(&parsed.document)
}

fn parse_page(files: &Files, file: FileId, shapes: &[DirectiveShape], sink: &Sink) -> Document {
    let lines = Lines::new(files.text(file).unwrap_or(""));
    let markdown = parse_markdown(&lines, file, sink);
    let directives: Vec<(usize, DirectiveLine)> = markdown
        .directives
        .iter()
        .map(|&line| {
            let range = lines.range(line);
            (line, parse_line(lines.get(line), Span::new(file, range.start, range.end), sink))
        })
        .collect();
    check_blank_lines(&lines, &directives, sink);
    let indented = find_indented(&lines, file, &markdown.opaque);
    let definitions = markdown
        .blocks
        .iter()
        .filter(|placed| matches!(placed.block.kind, BlockKind::Definition))
        .map(|placed| placed.block.span)
        .collect();
    let cut_off = report_unclosed(&markdown.blocks, &lines, sink);

    let mut nest = Nest::new(shapes, sink);
    for event in in_order(markdown.blocks, directives, indented) {
        match event {
            Event::Block(block) => nest.add_block(*block),
            Event::Line(line) => nest.add_line(*line),
            Event::Indented(found) => nest.add_indented(&found.kind, found.span),
        }
    }
    let end = Span::new(file, 0, lines.text.len()).end;
    Document { file, blocks: nest.finish(end, cut_off), definitions }
}

enum Event {
    Block(Box<Block>),
    Line(Box<DirectiveLine>),
    Indented(Indented),
}

/// Blocks and directive lines as they follow each other on the page. A line inside a list comes
/// before the list's end, and so before the directive line that follows it.
fn in_order(
    blocks: Vec<Placed>,
    directives: Vec<(usize, DirectiveLine)>,
    indented: Vec<Indented>,
) -> Vec<Event> {
    let mut events: Vec<(usize, Event)> = Vec::new();
    events.extend(blocks.into_iter().map(|it| (it.lines.start, Event::Block(Box::new(it.block)))));
    events.extend(directives.into_iter().map(|(at, line)| (at, Event::Line(Box::new(line)))));
    events.extend(indented.into_iter().map(|it| (it.line, Event::Indented(it))));
    events.sort_by_key(|(line, _)| *line);
    events.into_iter().map(|(_, event)| event).collect()
}

/// A fence or comment without an end swallows all that follows. Returns whether there is one.
fn report_unclosed(blocks: &[Placed], lines: &Lines<'_>, sink: &Sink) -> bool {
    let swallows = |placed: &&Placed| placed.unclosed || holds_an_opener(placed, lines);
    let Some(placed) = blocks.iter().find(swallows) else { return false };
    let opener = lines.range(placed.lines.start);
    let span = Span::new(placed.block.span.file, opener.start, opener.end);
    let finding = if matches!(placed.block.kind, BlockKind::Fence { .. }) {
        let line = lines.get(placed.lines.start).trim_start();
        let mark: String = line.chars().take_while(|c| line.starts_with(*c)).collect();
        Diagnostic::new(&UNCLOSED_FENCE, span, "this code fence is never closed")
            .help(format!("write `{mark}` on a line of its own where the code ends"))
    } else {
        Diagnostic::new(&UNCLOSED_COMMENT, span, "this comment is never closed")
            .help("write `-->` where the comment ends")
    };
    sink.push(finding);
    true
}

/// Whether a fence holds a line that opens another one: its own end is missing, and the other's end
/// closed it. Code that shows fences stands between longer marks.
fn holds_an_opener(placed: &Placed, lines: &Lines<'_>) -> bool {
    if !matches!(placed.block.kind, BlockKind::Fence { .. }) {
        return false;
    }
    let first = lines.get(placed.lines.start).trim_start();
    let mark: String =
        first.chars().take_while(|c| matches!(c, '`' | '~') && first.starts_with(*c)).collect();
    (placed.lines.start + 1..placed.lines.end).any(|at| {
        let info = lines.get(at).strip_prefix(mark.as_str()).unwrap_or_default();
        info.starts_with(|c: char| c.is_ascii_alphabetic()) && !info.contains('`')
    })
}

#[cfg(test)]
mod tests {
    use crate::syntax::document::testing::Page;

    /// One of everything, as an author writes it.
    const PAGE: &str = r#"## Reproduce the failure {.observe #reproduce}

:::question{#first-guess kind=prediction}
What do you expect at [200](loadtest:connections) connections?

:::answer
Most requests fail.
:::
:::

::loadtest{#baseline}

### One pool for everybody {#shared-pool}

:::options
- {#share} **Share one pool.** Requests wait their turn.
- {#raise} **Raise the limit.** Every request still pays.

:::question{#which-option}
Which one removes the cause?

:::rubric
- says what [](option:raise) leaves as it is
:::
:::
:::

:::change{file=src/server.js region=pool}
- `max` goes from 1 to 10
:::

| Problem | What to do |
|---|---|
| Stuck | Open [](solution:shared-pool/src/server.js) |
"#;

    #[test]
    fn a_whole_page_is_parsed_without_a_finding() {
        let page = Page::parse(PAGE);
        assert_eq!(page.faults(), Vec::<String>::new());
        assert_eq!(
            page.outline(),
            "h2 question(p answer(p)) ::loadtest h3 options(list2 question(p rubric(list1))) change(list1) table1"
        );
    }

    #[test]
    fn a_file_that_is_no_text_is_an_empty_page() {
        assert_eq!(Page::parse("").outline(), "");
        assert_eq!(Page::parse("a\0b").outline(), "");
    }
}
