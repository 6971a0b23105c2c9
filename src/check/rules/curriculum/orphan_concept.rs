//! `curriculum/orphan-concept`.

use super::declared::is_complete;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/orphan-concept",
    severity: Severity::Info,
    what: "No scenario introduces, deepens or uses this concept.",
    why: "It has a page of its own on the site that leads nowhere, and the registry promises something that the course does not teach.",
    fix: "List it in the scenario that teaches it, or take it out of the registry.",
    source: "rules.md",
    bad: &[Example::file(&[(
        "content/concepts.yml",
        "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: «queue», name: waiting line, summary: A line of those who wait.}\n",
    )])],
    params: &[],
    good: &[Example::files(&[
        (
            "content/concepts.yml",
            "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n",
        ),
        (
            "content/tutorials/basics/tutorial.yml",
            "title: The basics\nstatus: ready\nuses: [queue]\npages:\n  - {id: start, title: The start}\n",
        ),
    ])],
};

/// Looks at every concept of the registry; tutorials count, too.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    if !is_complete(course) {
        return;
    }
    let mut in_tutorials = vec![false; course.concepts.len()];
    for &concept in course.tutorials.iter().flat_map(|tutorial| &tutorial.uses) {
        in_tutorials[concept] = true;
    }
    for (index, concept) in course.concepts.iter().enumerate() {
        let places = [&concept.introduced_in, &concept.deepened_in, &concept.used_in];
        if in_tutorials[index] || places.iter().any(|scenarios| !scenarios.is_empty()) {
            continue;
        }
        let message = format!("no scenario has anything to do with `{}`", concept.id);
        let help = format!("add `{}` to `introduces` of a scenario, or remove it here", concept.id);
        sink.push(Diagnostic::new(&SPEC, concept.span, message).help(help));
    }
}
