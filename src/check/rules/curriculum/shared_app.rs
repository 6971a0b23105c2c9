//! `curriculum/shared-app`.

use std::collections::BTreeMap;

use super::declared::{Declarations, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::scenario::Kind;
use crate::model::Course;
use crate::source::Span;
use crate::syntax::yaml::Node;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/shared-app",
    severity: Severity::Warning,
    what: "Two scenarios are about the same app, and neither extends the other.",
    why: "A new app shows that the lesson was never about the old one, and learners do not carry over what they know of its code.",
    fix: "Choose another app, or say with `extends` that the scenario goes on with the app of the other.",
    source: "platform-vision.md, Scenario App Choices",
    bad: &[
        Example::files(&[
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., kind: challenge, about: «A small feed», introduces: [queue]}\n",
            ),
            ("content/concepts.yml", CONCEPTS),
        ]),
        // The same thing in other words.
        Example::files(&[
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., about: «the Small Feed app», introduces: [queue]}\n",
            ),
            ("content/concepts.yml", CONCEPTS),
        ]),
    ],
    params: &[],
    good: &[
        Example::files(&[
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., about: A small feed, extends: {scenario: first}, introduces: [queue]}\n      - {id: third, title: Third, summary: Another one., about: A small feed for cats, introduces: [fair-queue]}\n",
            ),
            ("content/concepts.yml", CONCEPTS),
        ]),
        // A failure is shown in an app that learners know, and an entry may be carried out elsewhere.
        Example::files(&[
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., kind: failure, about: A small feed}\n      - {id: third, title: Third, summary: The same., about: A small feed, introduces: [queue], realized-by: first}\n",
            ),
            ("content/concepts.yml", CONCEPTS),
        ]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n  - {id: fair-queue, name: fair waiting line, summary: A line without pushing.}\n";

/// Words that say that it is an app, not which.
const GENERAL: [&str; 8] = ["app", "application", "api", "system", "service", "platform", "site", "website"];

/// Compares what scenarios say they are about; where one does not say it, its app's title stands in.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let declared = Declarations::of(checked);
    let mut seen: BTreeMap<String, (usize, Span)> = BTreeMap::new();
    for (index, scenario) in placed(checked) {
        if !matches!(scenario.kind, Kind::Exercise | Kind::Challenge) {
            continue;
        }
        let title = || declared.value(index, "environment")?.get("app")?.get("title");
        let Some(named) = declared.value(index, "about").or_else(title) else { continue };
        let key = key_of(named);
        match seen.get(&key) {
            Some(&(other, first)) if !key.is_empty() && !are_related(course, index, other) => {
                sink.push(report(course, index, other, named.span, first));
            }
            Some(_) => {}
            None => {
                seen.insert(key, (index, named.span));
            }
        }
    }
}

fn report(course: &Course, scenario: usize, other: usize, span: Span, first: Span) -> Diagnostic {
    let (own, other) = (&course.scenarios[scenario].id, &course.scenarios[other].id);
    Diagnostic::new(&SPEC, span, format!("`{own}` is about the same app as `{other}`"))
        .also(first, "first here")
        .help(format!("choose another app, or add `extends: {{scenario: {other}}}`"))
}

/// The words that tell an app from others: without article, case and general words at the end.
fn key_of(node: &Node) -> String {
    let lower = node.as_text().unwrap_or_default().to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.first().is_some_and(|first| ["a", "an", "the"].contains(first)) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| GENERAL.contains(last)) {
        words.pop();
    }
    words.join(" ")
}

/// Whether one starts from the other, both start from the same one, or one carries out the other.
fn are_related(course: &Course, a: usize, b: usize) -> bool {
    let realizes = |from: usize, to: usize| course.scenarios[from].realized_by == Some(to);
    origin(course, a) == origin(course, b) || realizes(a, b) || realizes(b, a)
}

/// The scenario whose app it is, followed back as far as it goes.
fn origin(course: &Course, scenario: usize) -> usize {
    let mut at = scenario;
    for _ in 0..course.scenarios.len() {
        match &course.scenarios[at].extends {
            Some((other, _)) => at = *other,
            None => break,
        }
    }
    at
}
