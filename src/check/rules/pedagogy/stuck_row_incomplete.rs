//! `pedagogy/stuck-row-incomplete`.

use super::reading::exercise_pages;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::model::Role;
use crate::syntax::document::{BlockKind, Cell};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/stuck-row-incomplete",
    severity: Severity::Warning,
    what: "A row of the stuck table lacks the problem or what to do about it.",
    why: "Somebody finds the very trouble they have, and next to it nothing.",
    fix: "Fill in the empty cell, or remove the row.",
    source: "platform-vision.md, How Each Scenario Works",
    params: &[],
    bad: &[
        page!(until_fix!(), fix!(), verify!(), learned!(), stuck!(), "| «psql asks for a password» | |\n"),
        page!(until_fix!(), fix!(), verify!(), learned!(), stuck!(), "| | «Save the file and try again» |\n"),
        page!(until_fix!(), fix!(), verify!(), learned!(), stuck!(), "| psql asks for a password | «…» |\n"),
    ],
    good: &[page!(
        until_fix!(),
        fix!(),
        verify!(),
        learned!(),
        stuck!(),
        "| psql shows `?` | Type `q` |\n| `…` stands in the log | The line was cut off |\n"
    )],
};

/// Words that stand for nothing.
const PLACEHOLDERS: [&str; 7] = ["", "…", "...", "-", "–", "—", "?"];

/// Looks at the tables in sections with the role `.stuck`.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        for event in page.events.iter().filter(|event| event.role == Some(Role::Stuck)) {
            if let BlockKind::Table(table) = &event.block.kind {
                table.rows.iter().for_each(|row| check_row(checked, row, sink));
            }
        }
    }
}

fn check_row(checked: &Checked<'_>, row: &[Cell], sink: &Sink) {
    let text = |cell: &Cell| checked.files.slice(cell.span).trim();
    let is_empty = |cell: &Cell| {
        let text = text(cell);
        PLACEHOLDERS.contains(&text) || matches!(text.to_lowercase().as_str(), "todo" | "tbd" | "fixme")
    };
    let Some(at) = row.iter().position(is_empty) else { return };
    // An empty cell has no width: the finding points at its neighbor.
    let full = row.iter().find(|cell| !text(cell).is_empty());
    let place = if text(&row[at]).is_empty() { full.unwrap_or(&row[at]) } else { &row[at] };
    let (message, help) = if at == 0 {
        ("this row names no problem", "write what the learner sees into the first cell, or remove the row")
    } else {
        ("this row does not say what to do", "write what helps into the second cell, or remove the row")
    };
    sink.push(Diagnostic::new(&SPEC, place.span, message).help(help));
}
