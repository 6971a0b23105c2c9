//! `pedagogy/missing-stuck-table`.

use super::reading::{Kind, Reading, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;
use crate::source::Span;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/missing-stuck-table",
    severity: Severity::Warning,
    what: "An exercise has no table of what to do when something does not work.",
    why: "Learners work alone. Whoever is stuck on a port or a typing mistake leaves before the lesson.",
    fix: "End the page with a section `## Stuck? {.stuck}` and a table: problem, what to do. Its last rows lead to the solutions.",
    source: "platform-vision.md, How Each Scenario Works",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix!(),
            verify!(),
            "## «What stays» {.learned}\n\nWork that nobody needs is the cheapest to remove.\n"
        ),
        page!(
            until_fix!(),
            fix!(),
            verify!(),
            learned!(),
            "## «Stuck?» {.stuck}\n\nLook at the end of `logs/app.log`.\n"
        ),
    ],
    good: &[page!(until_fix!(), fix!(), verify!(), stuck!(), "\n## What comes next\n\nAnother feed.\n")],
};

/// In Sprinting, nobody is helped on.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked).filter(|page| page.scaffolding != Scaffolding::None) {
        let is_row = |kind: &BlockKind| matches!(kind, BlockKind::Table(table) if !table.rows.is_empty());
        if page.events.iter().any(|event| event.role == Some(Role::Stuck) && is_row(&event.block.kind)) {
            continue;
        }
        let Some(place) = page.heading_with(Role::Stuck, true).or_else(|| last_section(&page)) else {
            continue;
        };
        let finding = Diagnostic::new(&SPEC, place, "no table says what to do when something does not work");
        sink.push(
            finding.help("add `## Stuck? {.stuck}` and a table with the head `| Problem | What to do |`"),
        );
    }
}

fn last_section(page: &Reading<'_>) -> Option<Span> {
    page.events.iter().rev().find_map(|event| match event.kind {
        Kind::Heading { level: 2, text } => Some(text),
        _ => None,
    })
}
