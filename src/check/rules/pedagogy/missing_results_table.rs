//! `pedagogy/missing-results-table`.

use super::reading::{Event, Kind, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/missing-results-table",
    severity: Severity::Warning,
    what: "An exercise has no table that puts its measurements side by side.",
    why: "The before and after is the proof. Spread over the page, it is neither seen nor argued with.",
    fix: "Add `::results{#final stages=… measures=…}` to the section with the role `.verify`.",
    source: "platform-vision.md, How Each Scenario Works",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix!(),
            "## «Compare» {.verify #compare}\n\nThe answers come at once.\n\n",
            learned!(),
            stuck!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            hints!(),
            change!(),
            "«::loadtest{#after}»\n\n",
            learned!(),
            stuck!()
        ),
    ],
    good: &[page!(
        until_fix!(),
        fix!(),
        "## Compare {.verify #compare}\n\nWrite your figures into this table:\n\n| Stage | p50 | p99 |\n|---|---|---|\n| before | | |\n| after | | |\n\n",
        learned!(),
        stuck!()
    )],
};

/// A table made by hand counts, if it stands where measurements are compared. An exercise without
/// fixes has nothing to compare.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        let is_owed = !page.written.fixes.is_empty() && page.scaffolding != Scaffolding::None;
        if !is_owed || page.events.iter().any(compares) {
            continue;
        }
        let last_test = page.events.iter().rev().find_map(|event| match event.kind {
            Kind::Loadtest(directive) => Some(directive.opener),
            _ => None,
        });
        let verify = page.heading_with(Role::Verify, true);
        let Some(place) = verify.or(last_test).or_else(|| page.last_heading()) else { continue };
        let stages: Vec<&str> = page.written.stages.iter().map(|stage| stage.id.as_str()).collect();
        let help = format!(
            "add `::results{{#final stages=\"{}\" measures=\"success rps p50 p99\"}}` below it",
            stages.join(" ")
        );
        sink.push(Diagnostic::new(&SPEC, place, "no table compares what was measured").help(help));
    }
}

fn compares(event: &Event<'_>) -> bool {
    matches!(event.kind, Kind::Results(_))
        || (event.role == Some(Role::Verify) && matches!(event.block.kind, BlockKind::Table(_)))
}
