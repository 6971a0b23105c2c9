//! `curriculum/planned-without-summary`.

use super::declared::{Declarations, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/planned-without-summary",
    severity: Severity::Warning,
    what: "A planned scenario has no summary.",
    why: "The course lists it with nothing but a title, and neither learners nor the next author can tell what it will be about.",
    fix: "Say in two sentences what breaks and what the learner does, under `summary`.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: «second», title: Second, kind: failure}\n",
        )]),
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: «second», title: Second, kind: failure, status: planned, summary: \" \"}\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tracks/main.yml",
        "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: first, why: It is the first.}\n      - {id: second, title: Second, kind: failure, summary: Something breaks.}\n",
    )])],
};

/// A written scenario shows what it is about by itself.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let declared = Declarations::of(checked);
    for (index, scenario) in placed(checked) {
        if scenario.written.is_none() && scenario.summary.is_empty() {
            let message = format!("the planned scenario `{}` has no summary", scenario.id);
            let finding = Diagnostic::new(&SPEC, declared.entry(index), message);
            sink.push(finding.help("add `summary:` with what breaks and what the learner does"));
        }
    }
}
