//! `rehearsal/nothing-expected`.

use super::reading::ready;
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::expectation::{Bound, Expectation, parse_expectation};

pub static SPEC: CodeSpec = CodeSpec {
    code: "rehearsal/nothing-expected",
    severity: Severity::Warning,
    what: "A ready exercise does not say what a rehearsal must see before the fix, or after one that stays.",
    why: "A run would prove nothing: an exercise that never broke and a fix that helps nobody would pass.",
    fix: "Add an entry to `rehearsal` for `broken` and one for each fix that is kept: a success rate, or a ratio between stages.",
    source: "issue: rehearse",
    params: &[],
    bad: &[
        Example::file(&[exercise!("«A slow answer»", "{id: fast}", "rehearsal: []\n")]),
        Example::files(&[
            exercise!(
                "A slow answer",
                "{id: «fast»}",
                "rehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\"}}\n"
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 9"),
        ]),
        // A control shows what does not help, not what does.
        Example::files(&[
            exercise!(
                "A slow answer",
                "{id: «fast»}",
                "rehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\"}}\n  - {stage: fast, control: A longer wait alone, expect: {success: \"<= 50%\"}}\n"
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 9"),
        ]),
        Example::files(&[
            exercise!(
                "«A slow answer»",
                "{id: fast}",
                "rehearsal:\n  - {stage: fast, expect: {success: \">= 99%\"}}\n"
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 9"),
        ]),
    ],
    good: &[
        Example::files(&[
            exercise!(
                "A slow answer",
                "{id: fast}",
                "rehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\"}}\n  - {stage: fast, expect: {p50: \"<= 0.5 of broken\"}}\n"
            ),
            run!("success: 20, p50: 900", "success: 100, p50: 9"),
        ]),
        // What is slow, and answers everybody, can only be compared.
        Example::files(&[
            exercise!(
                "A slow answer",
                "{id: fast}",
                "rehearsal:\n  - {stage: fast, expect: {success: \">= 99%\", p50: \"<= 0.5 of broken\"}}\n"
            ),
            run!("success: 100, p50: 900", "success: 100, p50: 9"),
        ]),
    ],
};

/// The stage before any fix.
const BROKEN: &str = "broken";

/// Looks for expectations of the stages that make the exercise: the start, and fixes that stay.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in ready(checked) {
        let manifest = &exercise.written.manifest;
        let fixes = manifest.fixes.iter().filter(|fix| fix.kept && !expected(exercise, fix.id.as_str()));
        let fixes: Vec<_> = fixes.map(|fix| &fix.id).collect();
        let nothing = manifest.rehearsal.is_empty();
        if nothing || !(expected(exercise, BROKEN) || compared(exercise, BROKEN)) {
            let message = if nothing {
                "nothing says what a rehearsal of this exercise must see"
            } else {
                "nothing says what a rehearsal must see at `broken`"
            };
            let finding = Diagnostic::new(&SPEC, exercise.scenario.span, message);
            sink.push(finding.help(
                "show that it breaks: add `- {stage: broken, expect: {success: \"<= 50%\"}}` to `rehearsal`, or a ratio to a fix, such as `p50: \"<= 0.5 of broken\"`",
            ));
        }
        for fix in fixes.into_iter().filter(|_| !nothing) {
            let message = format!("nothing says what a rehearsal must see after the fix `{fix}`");
            sink.push(Diagnostic::new(&SPEC, fix.span, message).help(format!(
                "show that it helps: add `- {{stage: {fix}, expect: {{success: \">= 99%\"}}}}` to `rehearsal`, or a ratio such as `p50: \"<= 0.5 of broken\"`"
            )));
        }
    }
}

/// Whether something else is expected to differ from a stage: that of what is slow, and answers
/// everybody.
fn compared(exercise: &Exercise<'_>, stage: &str) -> bool {
    let own = exercise.written.manifest.rehearsal.iter().filter(|entry| entry.control.is_none());
    own.flat_map(|entry| entry.expect.iter()).any(|(key, value)| {
        let read = parse_expectation(&key.value, &value.text);
        matches!(read, Ok(Expectation::Bound(Bound { of: Some(of), .. })) if of == stage)
    })
}

/// Whether something is expected of a stage itself, not of a control that varies it.
fn expected(exercise: &Exercise<'_>, stage: &str) -> bool {
    exercise
        .written
        .manifest
        .rehearsal
        .iter()
        .any(|entry| entry.stage.value == stage && entry.control.is_none() && !entry.expect.0.is_empty())
}
