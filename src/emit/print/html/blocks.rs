//! Nodes as HTML, one after the other.

use std::fmt::Write as _;

use crate::ir::{Block, Disclosure, DisclosureKind, Figure, Heading, Node, Options, Output, Quote};

use super::code::{print_change, print_code};
use super::escape::{escape_attribute, escape_html};
use super::links::Links;
use super::markdown::{print_block_html, print_inline_html, print_noted_html};
use super::note::{open, print_notes};
use super::question::{print_question, print_rubric};
use super::table::{print_files, print_table};

/// The nodes of a page, or of a part of one, as HTML.
#[must_use]
pub fn print_html(blocks: &[Block], links: &Links<'_>) -> String {
    let print = |(at, block): (usize, &Block)| {
        let notes = print_notes(block, links);
        if let (Node::Prose(text), false) = (&block.node, notes.is_empty()) {
            return print_noted_html(text, links, &notes);
        }
        // Of several blocks that one place made, the last has the notes.
        let is_last = blocks.get(at + 1).is_none_or(|next| next.span != block.span);
        print_node(&block.node, links) + &if is_last { notes.concat() } else { String::new() }
    };
    blocks.iter().enumerate().map(print).collect()
}

fn print_node(node: &Node, links: &Links<'_>) -> String {
    match node {
        Node::Heading(heading) => print_heading(heading, true, links),
        Node::Prose(text) => print_block_html(text, links),
        Node::Figure(figure) => print_figure(figure, links),
        Node::Code(code) => print_code(code, links),
        Node::Question(question) => print_question(question, links),
        Node::Options(options) => print_options(options, links),
        Node::Disclosure(disclosure) => print_disclosure(disclosure, links),
        Node::Change(change) => print_change(change, links),
        Node::Table(table) => print_table(table, links),
        Node::Files(rows) => print_files(rows, links),
        Node::Quote(quote) => print_quote(quote, links),
        Node::Rubric(rubric) => print_rubric(rubric, links),
        Node::Only { output: Output::Site, body } => print_html(body, links),
        Node::Only { output: Output::Monorepo, body } => print_only_monorepo(body, links),
    }
}

/// What is not on the site; a reviewer sees it.
fn print_only_monorepo(body: &[Block], links: &Links<'_>) -> String {
    let Some(notes) = links.review else { return String::new() };
    format!(
        "<div class=\"only-monorepo\">\n<p class=\"only-title\">{}</p>\n{}</div>\n",
        escape_html(notes.words.get("review-only-monorepo")),
        print_html(body, links)
    )
}

/// A heading. Those that open a section leave the id to it.
pub(super) fn print_heading(heading: &Heading, with_id: bool, links: &Links<'_>) -> String {
    let level = heading.level.clamp(2, 6).to_string();
    let id = if with_id { [" id=\"", &escape_attribute(&heading.id), "\""].concat() } else { String::new() };
    let prefix = print_prefix(&heading.prefix);
    let text = print_inline_html(&heading.text, links);
    let anchors = print_old_anchors(&heading.was);
    [&anchors, "<h", &level, &id, ">", &prefix, &text, "</h", &level, ">\n"].concat()
}

/// "Step 1 — " with its dash apart, so that a theme can put the label on a line of its own.
pub(super) fn print_prefix(prefix: &str) -> String {
    let label = label_of(prefix);
    if label.is_empty() {
        return String::new();
    }
    let dash = escape_html(&prefix[label.len()..]);
    format!("<span class=\"prefix\">{}<span class=\"dash\">{dash}</span></span>", escape_html(label))
}

/// "Step 1" of "Step 1 — ", "Fix 2" of "Fix 2: ".
#[must_use]
pub fn label_of(prefix: &str) -> &str {
    prefix.trim_end_matches([' ', '—', '–', ':', '-'])
}

/// Where links to earlier ids arrive.
pub(super) fn print_old_anchors(was: &[String]) -> String {
    was.iter().map(|id| format!("<span class=\"was\" id=\"{}\"></span>", escape_attribute(id))).collect()
}

fn print_figure(figure: &Figure, links: &Links<'_>) -> String {
    let source = links.to(&format!("{}{}", links.assets, figure.asset));
    let size = match links.sizes.get(&figure.asset) {
        Some((width, height)) => format!(" width=\"{width}\" height=\"{height}\""),
        None => String::new(),
    };
    format!(
        "<figure class=\"figure\" id=\"figure-{}\">\n<img src=\"{}\" alt=\"{}\"{size} loading=\"lazy\">\n\
         <figcaption><span class=\"figure-label\">{}</span> — {}</figcaption>\n</figure>\n",
        escape_attribute(&figure.id),
        escape_attribute(&source),
        escape_attribute(&figure.alt),
        escape_html(&figure.label),
        print_inline_html(&figure.caption, links)
    )
}

fn print_options(options: &Options, links: &Links<'_>) -> String {
    let mut out =
        format!("<div class=\"options\">\n<p class=\"options-title\">{}</p>\n", escape_html(&options.title));
    if !options.items.is_empty() {
        out.push_str("<ul class=\"option-list\">\n");
        for item in &options.items {
            let id = escape_attribute(&item.id);
            let _ = writeln!(
                out,
                "<li class=\"option\" id=\"option-{id}\" data-option=\"{id}\">\
                 <span class=\"option-label\">{}</span><span class=\"dash\"> — </span>{}</li>",
                escape_html(&item.label),
                print_inline_html(&item.text, links)
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str(&print_html(&options.body, links));
    out.push_str("</div>\n");
    out
}

fn print_disclosure(disclosure: &Disclosure, links: &Links<'_>) -> String {
    let class = match disclosure.kind {
        DisclosureKind::Hint => "hint",
        DisclosureKind::Reveal => "reveal",
    };
    format!(
        "<details class=\"{class}\"{}>\n<summary>{}</summary>\n<div class=\"{class}-body\">\n{}</div>\n</details>\n",
        open(links),
        escape_html(&disclosure.summary),
        print_html(&disclosure.body, links)
    )
}

fn print_quote(quote: &Quote, links: &Links<'_>) -> String {
    let kind = escape_attribute(quote.kind);
    format!(
        "<div class=\"note\" role=\"note\" data-kind=\"{kind}\">\n<p class=\"note-title\">{}</p>\n{}</div>\n",
        escape_html(&quote.title),
        print_html(&quote.body, links)
    )
}
