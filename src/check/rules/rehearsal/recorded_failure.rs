//! `rehearsal/recorded-failure`.

use super::reading::{command, ready, shortfall};
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::measure::Rehearsal;

pub static SPEC: CodeSpec = CodeSpec {
    code: "rehearsal/recorded-failure",
    severity: Severity::Error,
    what: "The recorded run does not show what its author expects.",
    why: "Either the expectation was changed after the run, or the exercise does not do what its text promises.",
    fix: "Rehearse it again with `--record`; if that fails, mend the exercise, its load or the expectation.",
    source: "issue: rehearse",
    params: &[],
    bad: &[
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                "…\nrehearsal:\n  - {stage: broken, expect: {success: «\"<= 15%\"»}}\n  - {stage: fast, expect: {success: \">= 99%\"}}\n",
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 9"),
        ]),
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\"}}\n  - {stage: fast, expect: {success: \">= 99%\", p50: «\"<= 0.5 of broken\"»}}\n",
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 600"),
        ]),
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\", busiest: «postgres»}}\n  - {stage: fast, expect: {success: \">= 99%\"}}\n",
            ),
            run!("success: 20, p50: 900, cpu: {app: 0.98, postgres: 0.21}", "success: 100, p50: 9"),
        ]),
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\", cause: «too many clients»}}\n  - {stage: fast, expect: {success: \">= 99%\"}}\n",
            ),
            run!(
                "success: 20, p50: 900, errors: [{message: timeout exceeded, count: 70, share: 70}, {message: too many clients, count: 30, share: 30}]",
                "success: 100, p50: 9"
            ),
        ]),
    ],
    good: &[Example::files(&[
        (
            "content/scenarios/first/scenario.yml",
            "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 20%\", busiest: app, cause: too many clients}}\n  - {stage: fast, expect: {success: \"> 99%\", p50: \"<= 0.5 of broken\", \"p50@feed\": \"< 0.6 of broken\"}}\n",
        ),
        run!(
            "success: 20, p50: 900, errors: [{message: \"sorry, too many clients already\", count: 70, share: 70}], cpu: {app: 0.98, postgres: 0.21}, by-request: {feed: {p50: 900}}",
            "success: 100, p50: 460, by-request: {feed: {p50: 460}}"
        ),
    ])],
};

/// Compares recorded figures with the expectations as they are written now. A run of other files
/// says nothing about these, and `source/stale-recording` says that.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in ready(checked) {
        let entries = exercise.written.manifest.rehearsal.iter();
        for entry in entries.filter(|entry| entry.control.is_none()) {
            check_entry(exercise, entry, sink);
        }
    }
}

fn check_entry(exercise: &Exercise<'_>, entry: &Rehearsal, sink: &Sink) {
    let Some(run) = exercise.written.rehearsed() else { return };
    let stage = exercise.written.stages.iter().find(|stage| stage.id == entry.stage.value);
    let first = stage.and_then(|stage| stage.loadtests.first()).map(|test| test.id.as_str());
    let Some(test) = entry.test.as_ref().map(|id| id.as_str()).or(first) else { return };
    for (measure, expected) in entry.expect.iter() {
        let Some(found) = shortfall(run, &entry.stage.value, test, &measure.value, &expected.text) else {
            continue;
        };
        let finding = Diagnostic::new(&SPEC, expected.span, found.message).also(found.at, "recorded here");
        sink.push(finding.help(format!(
            "run `{}`; if it fails, mend the exercise, its load or the expectation",
            command(exercise)
        )));
    }
}
