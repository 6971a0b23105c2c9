//! Markdown pieces as HTML: GitHub Flavored Markdown through comrak, with our own code blocks,
//! tables and pictures in place of its.

use comrak::nodes::{AstNode, NodeCodeBlock, NodeHtmlBlock, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::ir::RichText;

use super::code::print_fence;
use super::escape::escape_attribute;
use super::links::Links;
use super::words;

/// Starts inline text, so that "1. " or "# " at its beginning stays text. An entity rather than
/// the character itself: emphasis may start behind it.
const INLINE_START: &str = "&#8203;";
const INLINE_START_PRINTED: &str = "\u{200B}";

/// Markdown blocks as HTML.
#[must_use]
pub fn print_block_html(text: &RichText, links: &Links<'_>) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    convert(&markdown, links, &[])
}

/// Markdown blocks as HTML, each with a note of its own behind it.
pub(super) fn print_noted_html(text: &RichText, links: &Links<'_>, notes: &[String]) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    convert(&markdown, links, notes)
}

/// One line of Markdown as HTML, without a paragraph around it.
#[must_use]
pub fn print_inline_html(text: &RichText, links: &Links<'_>) -> String {
    let markdown = text.resolve(|reference| links.print_reference(reference));
    if markdown.trim().is_empty() {
        return String::new();
    }
    let html = convert(&format!("{INLINE_START}{}", markdown.trim()), links, &[]);
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
    let text = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&").trim().to_owned()
}

/// `notes` stand behind the blocks in their order; if there are not as many, behind all of them.
fn convert(markdown: &str, links: &Links<'_>, notes: &[String]) -> String {
    let options = options();
    let arena = Arena::new();
    let mut source = markdown.to_owned();
    if markdown.contains('[') && !links.definitions.is_empty() {
        source.push_str("\n\n");
        source.push_str(&links.definitions);
    }
    let root = parse_document(&arena, &source, &options);
    let nodes: Vec<&AstNode<'_>> = root.descendants().collect();
    let is_noted = insert_notes(&arena, root, notes);
    for node in nodes {
        adapt(&arena, node, links);
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    if format_html(root, &options, &mut html).is_err() {
        return String::new();
    }
    // The attribute `align` is obsolete. Code is escaped, so only tags can match.
    for tag in ["th", "td"] {
        html = html.replace(&format!("<{tag} align=\""), &format!("<{tag} class=\"align-"));
    }
    let html = html.replace("<br />", "<br>").replace("<hr />", "<hr>");
    if is_noted { html } else { html + &notes.concat() }
}

/// Puts a note behind each block; `false` if there are more or fewer notes than blocks.
fn insert_notes<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, notes: &[String]) -> bool {
    let is_block =
        |node: &&AstNode<'a>| !matches!(node.data.borrow().value, NodeValue::FootnoteDefinition(_));
    let blocks: Vec<&AstNode<'a>> = root.children().filter(is_block).collect();
    if blocks.len() != notes.len() {
        return false;
    }
    for (block, note) in blocks.into_iter().zip(notes) {
        block.insert_after(arena.alloc(raw_block(note.clone()).into()));
    }
    true
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    // Authors own the course: their HTML is printed as they wrote it.
    options.render.r#unsafe = true;
    options
}

/// Puts our own HTML in place of what comrak would print.
fn adapt<'a>(arena: &'a Arena<'a>, node: &'a AstNode<'a>, links: &Links<'_>) {
    let value = node.data.borrow().value.clone();
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
        NodeValue::Image(image) => {
            let alt = plain_text(node);
            let source = match image.url.strip_prefix("diagrams/") {
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
    let language = code.info.split([' ', '{', ',']).next().unwrap_or_default();
    print_fence(language, &code.literal)
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
