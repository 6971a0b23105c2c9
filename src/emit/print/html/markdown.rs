//! Markdown pieces as HTML: GitHub Flavored Markdown through comrak, with our own code blocks,
//! tables and pictures in place of its.

use std::borrow::Cow;

use comrak::nodes::{AstNode, NodeCodeBlock, NodeHtmlBlock, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use memchr::memchr3;

use crate::emit::print::inline::cut_line;
use crate::emit::print::plain::{Part, parts};
use crate::ir::RichText;
use crate::syntax::raw_html::is_safe_address;

use super::code::print_fence;
use super::escape::{escape_attribute, escape_html};
use super::lines::{print_cells, print_inline, print_list};
use super::links::Links;
use super::sanitize::sanitize;
use super::words;

/// Starts inline text, so that "1. " or "# " at its beginning stays text. An entity rather than
/// the character itself: emphasis may start behind it.
const INLINE_START: &str = "&#8203;";
const INLINE_START_PRINTED: &str = "\u{200B}";

/// Markdown blocks as HTML.
#[must_use]
pub fn print_block_html(text: &RichText, links: &Links<'_>) -> String {
    let (markdown, own) = resolve(text, links);
    convert(&markdown, &own, links, &[])
}

/// Markdown blocks as HTML, each with a note of its own behind it.
pub(super) fn print_noted_html(text: &RichText, links: &Links<'_>, notes: &[String]) -> String {
    let (markdown, own) = resolve(text, links);
    convert(&markdown, &own, links, notes)
}

/// References become HTML in the Markdown; their tags are ours and not the author's.
fn resolve<'t>(text: &'t RichText, links: &Links<'_>) -> (Cow<'t, str>, Vec<String>) {
    let mut own = Vec::new();
    let markdown = text.resolve(|reference| {
        let printed = links.print_reference(reference);
        own.extend(
            printed.split_inclusive('>').next().filter(|tag| tag.starts_with("<a")).map(str::to_owned),
        );
        printed
    });
    (markdown, own)
}

/// One line of Markdown as HTML, without a paragraph around it.
#[must_use]
pub fn print_inline_html(text: &RichText, links: &Links<'_>) -> String {
    let (markdown, own) = resolve(text, links);
    if markdown.trim().is_empty() {
        return String::new();
    }
    let mut pieces = Vec::new();
    if cut_line(markdown.trim(), &own, &mut pieces) {
        let mut html = String::with_capacity(markdown.len() * 3 / 2);
        pieces.iter().for_each(|piece| print_inline(piece, &mut html));
        return html;
    }
    let html = parse(&format!("{INLINE_START}{}", markdown.trim()), &own, links, &[]);
    let html = html.trim().replacen(INLINE_START_PRINTED, "", 1);
    // More than one paragraph cannot stand in a line; they become lines of it.
    html.strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
        .map(|inner| inner.replace("</p>\n<p>", "<br>"))
        .unwrap_or(html)
}

/// The words of a text alone, for titles and descriptions.
#[must_use]
pub fn print_plain(text: &RichText, links: &Links<'_>) -> String {
    let html = print_inline_html(text, links);
    if memchr3(b'<', b'&', b'\n', html.as_bytes()).is_none() {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            '\n' if !inside => out.push(' '),
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    if !out.contains('&') {
        out.truncate(out.trim_end().len());
        out.drain(..out.len() - out.trim_start().len());
        return out;
    }
    let text = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&").trim().to_owned()
}

/// `notes` stand behind the blocks in their order; if there are not as many, behind all of them.
fn convert(markdown: &str, own: &[String], links: &Links<'_>, notes: &[String]) -> String {
    if !notes.is_empty() {
        return parse(markdown, own, links, notes);
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    for part in parts(markdown, own) {
        // A block begins on a line of its own.
        if !html.is_empty() && !html.ends_with('\n') {
            html.push('\n');
        }
        match part {
            Part::Paragraph(pieces) => {
                html.push_str("<p>");
                pieces.iter().for_each(|piece| print_inline(piece, &mut html));
                html.push_str("</p>\n");
            }
            Part::List(list) => print_list(&list, &mut html),
            Part::Table(table) => print_cells(&table, &mut html),
            Part::Fence { info, code } => html.push_str(&print_fence(language_of(info), code)),
            Part::Other(blocks) => html.push_str(&parse(blocks, own, links, &[])),
        }
    }
    html
}

fn parse(markdown: &str, own: &[String], links: &Links<'_>, notes: &[String]) -> String {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, &with_definitions(markdown, links), &options);
    let nodes: Vec<&AstNode<'_>> = root.descendants().collect();
    let has_html = nodes.iter().any(|node| is_foreign_html(node, own));
    let is_noted = insert_notes(&arena, root, notes);
    for node in nodes {
        adapt(&arena, node, links);
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    if format_html(root, &options, &mut html).is_err() {
        return String::new();
    }
    // The attribute `align` is obsolete. Code is escaped, so only tags can match.
    for (found, instead) in [
        ("<th align=\"", "<th class=\"align-"),
        ("<td align=\"", "<td class=\"align-"),
        ("<br />", "<br>"),
        ("<hr />", "<hr>"),
    ] {
        if html.contains(found) {
            html = html.replace(found, instead);
        }
    }
    let html = if has_html { sanitize(&html) } else { html };
    if !is_noted {
        return html + &notes.concat();
    }
    // Notes are ours: they come in when the author's HTML is harmless already.
    notes.iter().enumerate().fold(html, |html, (at, note)| html.replacen(&note_mark(at), note, 1))
}

/// Puts a note behind each block; `false` if there are more or fewer notes than blocks.
fn insert_notes<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, notes: &[String]) -> bool {
    let is_block =
        |node: &&AstNode<'a>| !matches!(node.data.borrow().value, NodeValue::FootnoteDefinition(_));
    let blocks: Vec<&AstNode<'a>> = root.children().filter(is_block).collect();
    if blocks.len() != notes.len() {
        return false;
    }
    for (at, block) in blocks.into_iter().enumerate() {
        block.insert_after(arena.alloc(raw_block(note_mark(at)).into()));
    }
    true
}

/// What keeps a note's place: letters that no text has.
fn note_mark(at: usize) -> String {
    format!("\u{F8FF}{at}\u{F8FF}\n")
}

/// A piece of a page with the page's link and footnote definitions, if it can need them.
pub(super) fn with_definitions<'m>(markdown: &'m str, links: &Links<'_>) -> Cow<'m, str> {
    if markdown.contains('[') && !links.definitions.is_empty() {
        return Cow::Owned(format!("{markdown}\n\n{}", links.definitions));
    }
    Cow::Borrowed(markdown)
}

pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    // HTML that somebody wrote is made harmless afterwards, with everything around it.
    options.render.r#unsafe = true;
    options
}

/// Whether a node is HTML that an author wrote.
fn is_foreign_html<'a>(node: &'a AstNode<'a>, own: &[String]) -> bool {
    match &node.data.borrow().value {
        NodeValue::HtmlBlock(html) => !is_suppression(&html.literal),
        NodeValue::HtmlInline(html) => {
            !(own.iter().any(|tag| tag == html) || html == "</a>" && !own.is_empty() || is_suppression(html))
        }
        _ => false,
    }
}

/// Puts our own HTML in place of what comrak would print.
fn adapt<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>, links: &Links<'_>) {
    let value = match &node.data.borrow().value {
        // Words stay as they are, and most nodes are such.
        NodeValue::Text(_) | NodeValue::SoftBreak | NodeValue::Paragraph | NodeValue::Code(_) => return,
        value => value.clone(),
    };
    match value {
        NodeValue::CodeBlock(code) => node.data.borrow_mut().value = raw_block(raw_code(&code)),
        NodeValue::HtmlBlock(html) if is_suppression(&html.literal) => {
            node.data.borrow_mut().value = raw_block(String::new());
        }
        NodeValue::HtmlInline(html) if is_suppression(&html) => {
            node.data.borrow_mut().value = NodeValue::HtmlInline(String::new());
        }
        NodeValue::Table(_) => {
            let open = raw_block("<div class=\"scroll\" tabindex=\"0\">\n".to_owned());
            node.insert_before(arena.alloc(open.into()));
            node.insert_after(arena.alloc(raw_block("</div>\n".to_owned()).into()));
        }
        NodeValue::TaskItem(task) => {
            let parent = node.parent().map(|parent| parent.data.borrow().value.clone());
            let Some(NodeValue::List(list)) = parent else { return };
            let done = task.symbol.is_some();
            node.data.borrow_mut().value = NodeValue::Item(list);
            let first = node.first_child();
            if let Some(first) =
                first.filter(|first| matches!(first.data.borrow().value, NodeValue::Paragraph))
            {
                first.prepend(arena.alloc(NodeValue::HtmlInline(print_mark(done)).into()));
            }
        }
        NodeValue::Link(link) if !is_safe_address(&link.url, false) => {
            for child in node.children().collect::<Vec<_>>() {
                node.insert_before(child);
            }
            node.detach();
        }
        NodeValue::Image(image) => {
            let alt = plain_text(node);
            if !is_safe_address(&image.url, true) {
                // The browser is not to load it; where it can be opened, that is the reader's choice.
                let in_link =
                    node.ancestors().any(|above| matches!(above.data.borrow().value, NodeValue::Link(_)));
                let is_safe = !in_link && is_safe_address(&image.url, false);
                let link = is_safe.then(|| escape_attribute(&image.url));
                let words = escape_html(&alt);
                let html = link.map_or(words.clone(), |href| format!("<a href=\"{href}\">{words}</a>"));
                for child in node.children().collect::<Vec<_>>() {
                    child.detach();
                }
                node.data.borrow_mut().value = NodeValue::HtmlInline(html);
                return;
            }
            let name = image.url.strip_prefix("assets/").or_else(|| image.url.strip_prefix("diagrams/"));
            let source = match name {
                Some(name) => links.to(&format!("{}{name}", links.assets)),
                None => image.url.clone(),
            };
            let (source, alt) = (escape_attribute(&source), escape_attribute(&alt));
            for child in node.children().collect::<Vec<_>>() {
                child.detach();
            }
            let html = format!("<img src=\"{source}\" alt=\"{alt}\" loading=\"lazy\">");
            node.data.borrow_mut().value = NodeValue::HtmlInline(html);
        }
        _ => {}
    }
}

fn raw_block(html: String) -> NodeValue {
    NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal: html })
}

fn raw_code(code: &NodeCodeBlock) -> String {
    print_fence(language_of(&code.info), &code.literal)
}

/// The language in what stands behind an opening fence.
fn language_of(info: &str) -> &str {
    info.split([' ', '{', ',']).next().unwrap_or_default()
}

/// A remark to the linter is not for readers.
fn is_suppression(html: &str) -> bool {
    html.trim_start().strip_prefix("<!--").is_some_and(|rest| rest.trim_start().starts_with("allow "))
}

/// The box before an item of a task list.
pub(super) fn print_mark(done: bool) -> String {
    let (class, word, sign) =
        if done { ("task task-done", words::DONE, "☑") } else { ("task", words::NOT_DONE, "☐") };
    format!("<span class=\"{class}\" role=\"img\" aria-label=\"{word}\" data-site>{sign}</span> ")
}

fn plain_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for child in node.descendants() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests;
