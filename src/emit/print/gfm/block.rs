//! Nodes as Markdown blocks, with exactly one blank line between two of them.

use super::context::GfmContext;
use super::escape::{encode_path, escape_alt, escape_html};
use super::markdown::{emphasize, fence, flatten_alerts, item, list_edges, quote, strong, table};
use super::question::{print_question, print_rubric};
use super::reference::{print_inline, print_inline_line};
use crate::emit::print::words;
use crate::ir::{
    Block, Cell, Change, Code, CodeUse, Disclosure, Figure, FileRow, Heading, Node, Options, Quote, Table,
};

/// Markdown with a newline at its end; empty when there is nothing to print.
#[must_use]
pub fn print_gfm(blocks: &[Block], cx: &GfmContext<'_>) -> String {
    let body = join(print_blocks(blocks, cx));
    if body.is_empty() { body } else { body + "\n" }
}

/// The blocks one by one; what prints nothing is left out.
pub(super) fn print_blocks(blocks: &[Block], cx: &GfmContext<'_>) -> Vec<String> {
    blocks.iter().map(|block| print_node(&block.node, cx)).filter(|text| !text.is_empty()).collect()
}

/// Puts blocks together. Between two lists goes an empty comment, without which they would be one.
pub(super) fn join(blocks: Vec<String>) -> String {
    // Room for what goes between two blocks, and for a line end behind the last.
    let mut out = String::with_capacity(blocks.iter().map(|block| block.len() + 2).sum());
    let mut after_list = false;
    for block in blocks.iter().filter(|block| !block.is_empty()) {
        let (begins, ends) = list_edges(block);
        if !out.is_empty() {
            out.push_str(if after_list && begins { "\n\n<!-- -->\n\n" } else { "\n\n" });
        }
        out.push_str(block);
        after_list = ends;
    }
    out
}

fn print_node(node: &Node, cx: &GfmContext<'_>) -> String {
    match node {
        Node::Heading(heading) => print_heading(heading, cx),
        Node::Prose(text) => {
            let text = print_inline(text, cx);
            let text = text.trim_end().trim_start_matches('\n');
            if is_suppression(text) {
                String::new()
            } else if cx.enclosed {
                flatten_alerts(text)
            } else {
                text.to_owned()
            }
        }
        Node::Figure(figure) => print_figure(figure, cx),
        Node::Code(code) => print_code_of(code, cx),
        Node::Question(question) => print_question(question, cx),
        Node::Options(options) => print_options(options, cx),
        Node::Disclosure(disclosure) => print_disclosure(disclosure, cx),
        Node::Change(change) => print_change(change, cx),
        Node::Table(table) => print_table(table, cx),
        Node::Files(rows) => print_files(rows, cx),
        Node::Quote(quote) => print_quote(quote, cx),
        // What a good answer says is an answer, too.
        Node::Rubric(_) if cx.site.is_some() => String::new(),
        Node::Rubric(rubric) => print_rubric(rubric, cx),
        Node::Only { output, body } if cx.shows(*output) => join(print_blocks(body, cx)),
        Node::Only { .. } => String::new(),
    }
}

/// `<!-- allow group/name: reason -->` speaks to the linter, not to learners.
fn is_suppression(text: &str) -> bool {
    let inner = text.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim_start().starts_with("allow ") && !inner.contains("-->"))
}

fn print_heading(heading: &Heading, cx: &GfmContext<'_>) -> String {
    let marks = "#".repeat(usize::from(heading.level.clamp(1, 6)));
    [&marks, " ", &heading.prefix, &print_inline_line(&heading.text, cx)].concat()
}

fn print_figure(figure: &Figure, cx: &GfmContext<'_>) -> String {
    let source = encode_path(&figure.asset);
    let caption = print_inline_line(&figure.caption, cx);
    let caption =
        if caption.is_empty() { figure.label.clone() } else { [&figure.label, " — ", &caption].concat() };
    let (alt, caption) = (escape_alt(&figure.alt), emphasize(&caption));
    ["![", &alt, "](", &cx.assets(), &source, ")\n\n", &caption].concat()
}

/// A code block of a page. The twin of a page of the site holds no solutions.
fn print_code_of(code: &Code, cx: &GfmContext<'_>) -> String {
    let is_solution = code.use_ == CodeUse::Typed && cx.solves;
    if is_solution { words::ON_THE_PAGE.to_owned() } else { print_code(code) }
}

pub(super) fn print_code(code: &Code) -> String {
    fence(&code.language, &code.text)
}

fn print_options(options: &Options, cx: &GfmContext<'_>) -> String {
    let title = strong(&options.title).unwrap_or_else(|| options.title.clone());
    let items = options.items.iter().map(|option| {
        let text = print_inline(&option.text, cx);
        // The option's own bold words take the letter in: `**Option A — Share one pool.** …`.
        let labelled = text.strip_prefix("**").filter(|rest| !rest.starts_with('*')).map_or_else(
            || format!("**{}.** {text}", option.label),
            |rest| format!("**{} — {rest}", option.label),
        );
        item("-", &labelled)
    });
    let mut blocks = vec![title, items.collect::<Vec<_>>().join("\n")];
    blocks.extend(print_blocks(&options.body, cx));
    join(blocks)
}

fn print_disclosure(disclosure: &Disclosure, cx: &GfmContext<'_>) -> String {
    let body = join(print_blocks(&disclosure.body, &cx.enclosed()));
    // Without the blank lines GitHub would take the body for HTML.
    format!("<details>\n<summary>{}</summary>\n\n{body}\n\n</details>", escape_html(&disclosure.summary))
}

fn print_change(change: &Change, cx: &GfmContext<'_>) -> String {
    let mut blocks = vec![change.lead.clone()];
    blocks.extend(change.before.as_ref().map(print_code));
    blocks.push(change.between.clone());
    blocks.extend(change.after.as_ref().map(|code| match cx.site {
        Some(_) => words::ON_THE_PAGE.to_owned(),
        None => print_code(code),
    }));
    blocks.extend(print_blocks(&change.body, cx));
    join(blocks)
}

fn print_table(made: &Table, cx: &GfmContext<'_>) -> String {
    let head: Vec<String> = made.head.iter().map(|text| print_inline_line(text, cx)).collect();
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => print_inline_line(text, cx),
        Cell::Input { .. } => String::new(),
    };
    let rows: Vec<Vec<String>> = made.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    table(&head, &[], &rows)
}

/// The learner's files as a nested list.
#[must_use]
pub fn print_files(rows: &[FileRow], cx: &GfmContext<'_>) -> String {
    let line = |row: &FileRow| {
        let indent = "  ".repeat(row.depth);
        let remark = print_inline_line(&row.remark, cx);
        if remark.is_empty() {
            format!("{indent}- `{}`", row.name)
        } else {
            format!("{indent}- `{}` — {remark}", row.name)
        }
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn print_quote(aside: &Quote, cx: &GfmContext<'_>) -> String {
    let mut blocks = vec![strong(&aside.title).unwrap_or_else(|| aside.title.clone())];
    blocks.extend(print_blocks(&aside.body, &cx.enclosed()));
    quote(&join(blocks))
}
