//! `rehearsal/not-recorded`.

use super::reading::{command, ready};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "rehearsal/not-recorded",
    severity: Severity::Warning,
    what: "No passing rehearsal of a ready exercise is recorded.",
    why: "Nobody knows whether it breaks at its load and whether its fixes help. Learners would be the first to find out.",
    fix: "Rehearse it with `--record`, which writes `recorded/run.yml`, and commit that file.",
    source: "issue: rehearse",
    params: &[],
    bad: &[Example::file(&[(
        "content/scenarios/first/scenario.yml",
        "…\nrehearsal:\n  - {stage: «broken», expect: {success: \"<= 50%\"}}\n  - {stage: fast, expect: {success: \">= 99%\"}}\n",
    )])],
    good: &[Example::files(&[
        (
            "content/scenarios/first/scenario.yml",
            "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\"}}\n  - {stage: fast, expect: {success: \">= 99%\"}}\n",
        ),
        run!("success: 20, p50: 900", "success: 100, p50: 9"),
    ])],
};

/// Looks for the recorded run. Without expectations there is nothing to record yet, and
/// `rehearsal/nothing-expected` says so.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in ready(checked) {
        let Some(first) = exercise.written.manifest.rehearsal.first() else { continue };
        if exercise.written.recorded.is_none() {
            let message = "no rehearsal of this exercise is recorded";
            let finding = Diagnostic::new(&SPEC, first.stage.span, message);
            sink.push(finding.help(format!("run `{}`", command(exercise))));
        }
    }
}
