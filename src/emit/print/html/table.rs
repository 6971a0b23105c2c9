//! Tables and the list of files.

use std::fmt::Write as _;

use crate::ir::{Cell, FileRow, RichText, Table, TableUse};

use super::escape::{escape_attribute, escape_html};
use super::links::Links;
use super::markdown::{print_inline_html, print_plain};

/// A table that was made, not written: results, services, problems.
pub(super) fn print_table(table: &Table, links: &Links<'_>) -> String {
    let attributes = match &table.use_ {
        TableUse::Results { id } => format!("class=\"results\" data-results=\"{}\"", escape_attribute(id)),
        TableUse::Services => "class=\"services\"".to_owned(),
        TableUse::Stuck => "class=\"stuck\"".to_owned(),
    };
    let mut out = format!("<div class=\"scroll\" tabindex=\"0\">\n<table {attributes}>\n");
    out.push_str(&print_head(&table.head, links));
    out.push_str("<tbody>\n");
    let columns: Vec<String> = table.head.iter().map(|cell| print_plain(cell, links)).collect();
    for row in &table.rows {
        let name = match row.first() {
            Some(Cell::Text(text)) => print_plain(text, links),
            _ => String::new(),
        };
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let column = columns.get(at).map(String::as_str).unwrap_or_default();
            let is_row_name = at == 0 && matches!(table.use_, TableUse::Results { .. });
            out.push_str(&print_cell(cell, is_row_name, &field_name(&name, column), links));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn print_cell(cell: &Cell, is_row_name: bool, name: &str, links: &Links<'_>) -> String {
    match cell {
        Cell::Text(text) if is_row_name => {
            format!("<th scope=\"row\">{}</th>", print_inline_html(text, links))
        }
        Cell::Text(text) => format!("<td>{}</td>", print_inline_html(text, links)),
        Cell::Input { key } => {
            let recorded = recorded(key, links).map(|value| format!(" data-recorded=\"{value}\""));
            format!(
                "<td class=\"fill\"><input type=\"text\" size=\"9\" data-result=\"{}\"{} aria-label=\"{}\"></td>",
                escape_attribute(key),
                recorded.unwrap_or_default(),
                escape_attribute(name)
            )
        }
    }
}

/// What the recorded run has under a key (`test/stage/measure`, `test/stage/measure@request`), as far
/// as it was made with these files.
fn recorded(key: &str, links: &Links<'_>) -> Option<f64> {
    let mut parts = key.splitn(3, '/');
    let (test, stage, measure) = (parts.next()?, parts.next()?, parts.next()?);
    let run = links.course.scenarios.get(links.from.scenario()?)?.written.as_ref()?.rehearsed()?;
    let figures = run.stages.get(stage)?.loadtests.get(test)?;
    let Some((measure, request)) = measure.split_once('@') else {
        return match measure {
            "success" => figures.success,
            "rps" => figures.rps,
            "p50" => figures.p50,
            "p99" => figures.p99,
            _ => None,
        };
    };
    let figures = figures.by_request.get(request)?;
    match measure {
        "success" => figures.success,
        "rps" => figures.rps,
        "p50" => figures.p50,
        "p99" => figures.p99,
        _ => None,
    }
}

/// "Broken, Success rate": what a field is called that has only its place in a table.
pub(super) fn field_name(row: &str, column: &str) -> String {
    match (row.is_empty(), column.is_empty()) {
        (false, false) => format!("{row}, {column}"),
        (false, true) => row.to_owned(),
        _ => column.to_owned(),
    }
}

/// A table's first row. A table without any words in it has none.
pub(super) fn print_head(head: &[RichText], links: &Links<'_>) -> String {
    if head.iter().all(RichText::is_empty) {
        return String::new();
    }
    let mut out = "<thead>\n<tr>".to_owned();
    for cell in head {
        // A corner without words is no heading of anything.
        if cell.is_empty() {
            out.push_str("<td></td>");
        } else {
            let _ = write!(out, "<th scope=\"col\">{}</th>", print_inline_html(cell, links));
        }
    }
    out.push_str("</tr>\n</thead>\n");
    out
}

/// The learner's folder as nested lists.
pub(super) fn print_files(rows: &[FileRow], links: &Links<'_>) -> String {
    let mut out = "<ul class=\"files\">\n".to_owned();
    let mut folders: Vec<&str> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        folders.truncate(row.depth);
        let name = format!("<code>{}</code>", escape_html(&row.name));
        let path = format!("{}{}", folders.concat(), row.name);
        let href = links
            .from
            .scenario()
            .filter(|_| !row.name.ends_with('/'))
            .and_then(|from| links.repository_file(from, &path));
        let name = match href {
            Some(href) => format!("<a href=\"{}\">{name}</a>", escape_attribute(&href)),
            None => name,
        };
        let remark = print_inline_html(&row.remark, links);
        let gap = if remark.is_empty() { "" } else { " " };
        let _ = write!(out, "<li>{name}{gap}{remark}");
        let next = rows.get(at + 1).map_or(0, |next| next.depth);
        if next > row.depth {
            folders.push(&row.name);
            out.push_str("\n<ul>\n");
        } else {
            out.push_str("</li>\n");
            for _ in next..row.depth {
                out.push_str("</ul>\n</li>\n");
            }
        }
    }
    out.push_str("</ul>\n");
    out
}
