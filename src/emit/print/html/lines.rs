//! Markdown that needed no parser, as HTML: just as comrak would print it, with our own changes to that.

use crate::emit::print::inline::Inline;
use crate::emit::print::plain::{List, Table};
use crate::syntax::document::Alignment;

use super::escape::escape_html_into;

/// A piece of a line.
pub(super) fn print_inline(piece: &Inline<'_>, html: &mut String) {
    let mut enclosed = |element: &str, text: &str| {
        for part in ["<", element, ">"] {
            html.push_str(part);
        }
        escape_html_into(text, html);
        for part in ["</", element, ">"] {
            html.push_str(part);
        }
    };
    match piece {
        Inline::Text(words) => escape_html_into(words, html),
        Inline::Code(code) => enclosed("code", code),
        Inline::Emphasis(words) => enclosed("em", words),
        Inline::Strong(words) => enclosed("strong", words),
        Inline::Tag(tag) => html.push_str(tag),
    }
}

fn print_pieces(pieces: &[Inline<'_>], html: &mut String) {
    pieces.iter().for_each(|piece| print_inline(piece, html));
}

/// A list.
pub(super) fn print_list(list: &List<'_>, html: &mut String) {
    match list.start {
        None => html.push_str("<ul>\n"),
        Some("1") => html.push_str("<ol>\n"),
        Some(start) => ["<ol start=\"", start, "\">\n"].iter().for_each(|part| html.push_str(part)),
    }
    for item in &list.items {
        html.push_str("<li>");
        print_pieces(item, html);
        html.push_str("</li>\n");
    }
    html.push_str(if list.start.is_some() { "</ol>\n" } else { "</ul>\n" });
}

/// A table, in a frame that can be scrolled.
pub(super) fn print_cells(table: &Table<'_>, html: &mut String) {
    let row = |element: &str, cells: &[Vec<Inline<'_>>], html: &mut String| {
        html.push_str("<tr>\n");
        for (cell, alignment) in cells.iter().zip(&table.alignments) {
            let class = match alignment {
                Alignment::None => "",
                Alignment::Left => " class=\"align-left\"",
                Alignment::Center => " class=\"align-center\"",
                Alignment::Right => " class=\"align-right\"",
            };
            ["<", element, class, ">"].iter().for_each(|part| html.push_str(part));
            print_pieces(cell, html);
            ["</", element, ">\n"].iter().for_each(|part| html.push_str(part));
        }
        html.push_str("</tr>\n");
    };
    html.push_str("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n");
    row("th", &table.head, html);
    html.push_str("</thead>\n");
    if !table.rows.is_empty() {
        html.push_str("<tbody>\n");
        table.rows.iter().for_each(|cells| row("td", cells, html));
        html.push_str("</tbody>\n");
    }
    html.push_str("</table>\n</div>\n");
}
