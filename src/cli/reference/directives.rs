//! Directives, roles, fences and references as sections of the format reference.

use std::fmt::Write as _;

use crate::directive::reference::SCHEMES;
use crate::directive::{self, AttributeSpec, DirectiveSpec, FENCE_ATTRIBUTES, IdUse};
use crate::model::Role;
use crate::syntax::document::Body;

use super::records::words_of;

/// The table of roles.
pub fn roles() -> String {
    let mut out = String::from("| Role | Numbered step | What the section is for |\n|---|---|---|\n");
    for (word, doc) in words_of::<Role>() {
        let step = Role::from_word(&word).is_some_and(Role::is_step);
        let _ = writeln!(out, "| `.{word}` | {} | {} |", if step { "yes" } else { "" }, cell(&doc));
    }
    out
}

/// One line for each directive.
pub fn overview() -> String {
    let mut out = String::from("| Directive | What it is for |\n|---|---|\n");
    for spec in directive::ALL {
        let name = spec.shape.name;
        let _ = writeln!(out, "| [`{name}`](#{name}) | {} |", cell(spec.summary));
    }
    out
}

/// A section for each directive.
pub fn sections() -> String {
    directive::ALL.iter().map(|spec| section(spec)).collect()
}

/// The attributes of code fences.
pub fn fences() -> String {
    attribute_table(FENCE_ATTRIBUTES)
}

/// The table of reference schemes.
pub fn references() -> String {
    let mut out = String::from("| Written | Refers to |\n|---|---|\n");
    for (scheme, meaning) in SCHEMES {
        let _ = writeln!(out, "| `{scheme}:…` | {} |", cell(meaning));
    }
    out
}

fn section(spec: &DirectiveSpec) -> String {
    let name = spec.shape.name;
    let mut out = format!("### `{name}`\n\n{}", spec.summary);
    if !spec.notes.is_empty() {
        let _ = write!(out, " {}", spec.notes);
    }
    let _ = write!(out, "\n\n- Form: {}\n- Id: {}\n", form(spec), id(spec.id));
    if !spec.shape.parents.is_empty() {
        let _ = writeln!(out, "- Stands in: {}", names(spec.shape.parents));
    }
    match spec.shape.children {
        Some([]) => out.push_str("- Holds no other directive.\n"),
        Some(children) => {
            let _ = writeln!(out, "- Holds: {}", names(children));
        }
        None => {}
    }
    if !spec.attributes.is_empty() {
        let _ = write!(out, "\n{}", attribute_table(spec.attributes));
    }
    let _ = write!(out, "\n````markdown\n{}````\n\n", spec.example);
    out
}

fn form(spec: &DirectiveSpec) -> String {
    let name = spec.shape.name;
    match spec.shape.body {
        Body::None => format!("`::{name}{{…}}`, without content"),
        Body::Optional => format!("`:::{name}{{…}}` … `:::`, or `::{name}{{…}}` without content"),
        Body::Required => format!("`:::{name}{{…}}` … `:::`"),
    }
}

fn id(id: IdUse) -> &'static str {
    match id {
        IdUse::None => "none",
        IdUse::Optional => "`#id`, optional",
        IdUse::Required => "`#id`, required",
    }
}

fn names(names: &[&str]) -> String {
    names.iter().map(|name| format!("[`{name}`](#{name})")).collect::<Vec<_>>().join(", ")
}

fn attribute_table(attributes: &[AttributeSpec]) -> String {
    let mut out = String::from("| Attribute | Takes | Required | Meaning |\n|---|---|---|---|\n");
    for attribute in attributes {
        let required = if attribute.required { "yes" } else { "" };
        let (name, value) = (attribute.name, attribute.value.describe());
        let _ = writeln!(out, "| `{name}` | {} | {required} | {} |", cell(&value), cell(attribute.doc));
    }
    out
}

/// A text as the cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
