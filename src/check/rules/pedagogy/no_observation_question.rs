//! `pedagogy/no-observation-question`.

use super::reading::{Reading, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/no-observation-question",
    severity: Severity::Warning,
    what: "An exercise never asks what its learner saw.",
    why: "Figures that nobody has to write down are not looked at, and every later step builds on them.",
    fix: "After the first load test, add a question with `kind=observation` about a panel or a figure of the test.",
    source: "platform-vision.md, Platform Assessment Layer",
    params: &[],
    bad: &[page!(
        situation!(),
        concepts!(),
        "## «Measure it» {.observe #measure}\n\n::loadtest{#baseline}\n\n",
        guess!(),
        understand!(),
        fix!(),
        after_fix!()
    )],
    good: &[
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n",
            guess!(),
            "::loadtest{#baseline}\n\n",
            understand!(),
            fix!(),
            seen!(),
            after_fix!()
        ),
        page_in!(
            "none",
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n## Change it {.fix}\n\n### Answer at once {#fast}\n\nThe page should answer within 50 ms.\n\n::change{file=src/server.js region=answer}\n\n::loadtest{#after}\n\n## Compare {.verify #compare}\n\n::results{#final stages=\"broken fast\" measures=\"success rps p50 p99\"}\n\n",
            learned!()
        ),
    ],
};

/// Sprinting asks nothing on the way.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked).filter(|page| page.scaffolding != Scaffolding::None) {
        if has_kind(&page, "observation") {
            continue;
        }
        let heading = page.heading_with(Role::Observe, false).or_else(|| page.last_heading());
        let Some(heading) = heading else { continue };
        let finding = Diagnostic::new(&SPEC, heading, "no question asks what the learner saw");
        sink.push(finding.help("add one after the load test: `:::question{#what-you-saw kind=observation}`"));
    }
}

fn has_kind(page: &Reading<'_>, kind: &str) -> bool {
    page.questions().any(|question| question.kind() == kind)
}
