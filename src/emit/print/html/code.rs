//! Code blocks and changes.

use std::fmt::Write as _;

use crate::emit::print::highlight::highlight;
use crate::ir::{Change, Code, CodeUse, RichText};

use super::blocks::print_html;
use super::escape::{escape_attribute, escape_html};
use super::links::Links;
use super::markdown::print_inline_html;
use super::words;

/// A fence inside other Markdown. One of the shell is a command, whether or not its author said more
/// about it.
pub(super) fn print_fence(language: &str, text: &str) -> String {
    let class = language_class(language);
    let use_ = match language {
        "bash" | "sh" | "shell" => " data-use=\"command\" data-copy",
        _ => "",
    };
    let code = highlight(language, text);
    ["<div class=\"code\"", use_, "><pre tabindex=\"0\"><code", &class, ">", &code, "</code></pre></div>\n"]
        .concat()
}

/// A code block with what says where it belongs. A command can be copied; what is part of a fix
/// cannot, because learners type it.
pub(super) fn print_code(code: &Code, links: &Links<'_>) -> String {
    let id = code.id.as_ref().map(|id| format!(" id=\"code-{}\"", escape_attribute(id))).unwrap_or_default();
    let use_ = use_word(code);
    let copy = if use_ == "command" { " data-copy" } else { "" };
    let language = if code.use_ == CodeUse::Printed { "text" } else { &code.language };
    let mut out = format!("<figure class=\"code\"{id} data-use=\"{use_}\"{copy}>\n");
    if let Some(caption) = caption(code, links) {
        let _ = writeln!(out, "<figcaption data-site>{caption}</figcaption>");
    }
    let class = language_class(language);
    let _ = writeln!(
        out,
        "<pre tabindex=\"0\"><code{class}>{}</code></pre>\n</figure>",
        highlight(language, &code.text)
    );
    out
}

/// SQL is typed wherever it stands (format.md, "Code"): whoever copies it learns nothing from it.
fn use_word(code: &Code) -> &'static str {
    match code.use_ {
        CodeUse::Command if code.language.eq_ignore_ascii_case("sql") => "typed",
        CodeUse::Command => "command",
        CodeUse::Shown => "shown",
        CodeUse::Typed => "typed",
        CodeUse::Printed => "printed",
    }
}

fn caption(code: &Code, links: &Links<'_>) -> Option<String> {
    if code.use_ == CodeUse::Printed {
        return Some(words::PRINTED.to_owned());
    }
    if let Some(file) = &code.file {
        let name = format!("<code>{}</code>", escape_html(file.as_str()));
        let href = links.from.scenario().and_then(|scenario| links.repository_file(scenario, file.as_str()));
        return Some(match href.filter(|_| code.use_ == CodeUse::Shown) {
            Some(href) => format!("<a href=\"{}\">{name}</a>", escape_attribute(&href)),
            None => name,
        });
    }
    code.place.map(|place| escape_html(words::place(place)))
}

fn language_class(language: &str) -> String {
    if language.is_empty() {
        String::new()
    } else {
        [" class=\"language-", &escape_attribute(language), "\""].concat()
    }
}

/// What a fix changes: the file before and after, each under its words.
pub(super) fn print_change(change: &Change, links: &Links<'_>) -> String {
    let mut out =
        format!("<div class=\"change\" data-file=\"{}\">\n", escape_attribute(change.file.as_str()));
    let sides = [
        ("before", &change.lead, change.before.as_ref()),
        (
            "after",
            if change.before.is_some() { &change.between } else { &change.lead },
            change.after.as_ref(),
        ),
    ];
    for (side, lead, code) in sides {
        let Some(code) = code else { continue };
        let lead = print_inline_html(&RichText::plain(lead.as_str()), links);
        let _ = writeln!(out, "<div class=\"change-side\" data-side=\"{side}\">");
        if !lead.is_empty() {
            let _ = writeln!(out, "<p class=\"change-lead\">{lead}</p>");
        }
        out.push_str(&print_code(code, links));
        out.push_str("</div>\n");
    }
    if !change.body.is_empty() {
        let body = print_html(&change.body, links);
        let _ = writeln!(out, "<div class=\"change-notes\">\n{body}</div>");
    }
    out.push_str("</div>\n");
    out
}
