//! `curriculum/concept-introduced-twice`.

use std::collections::BTreeMap;

use super::declared::{Declarations, builds_on, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/concept-introduced-twice",
    severity: Severity::Error,
    what: "A concept is introduced although learners know it already.",
    why: "Explaining a thing as if it were new wastes the learner's time, and nobody can tell which of the two places to keep up to date.",
    fix: "Let the later scenario list the concept under `deepens` or `uses`.",
    source: "platform-vision.md, The Curriculum",
    bad: &[
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., introduces: [«busy-loop»]}\n",
        )]),
        // Within one list.
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - id: more\n    name: More\n    tier: crawling\n    scenarios:\n      - id: second\n        title: Second\n        summary: More of it.\n        introduces:\n          - «busy-loop»\n        uses: [busy-loop]\n",
        )]),
    ],
    params: &[],
    good: &[
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., kind: failure, deepens: [busy-loop], uses: [busy-loop]}\n",
        )]),
        // What only an extra scenario explained is new to those who left it out.
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main, next]\n",
            ),
            (
                "content/concepts.yml",
                "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - id: extra\n    name: Extra\n    bonus: true\n    scenarios:\n      - {id: more, title: More, summary: More of it., introduces: [queue]}\n",
            ),
            (
                "content/tracks/next.yml",
                "title: The next track\nfolder: next-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    scenarios:\n      - {id: second, title: Second, summary: It goes on., introduces: [queue]}\n",
            ),
        ]),
    ],
};

/// Goes through the lists in course order; a concept may be new twice only to different learners.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let declared = Declarations::of(checked);
    let mut seen: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
    for (index, scenario) in placed(checked) {
        for (concept, span) in declared.concepts(index, "introduces") {
            let earlier = seen.entry(concept).or_default();
            let known = earlier.iter().find(|(other, _)| *other == index || builds_on(course, index, *other));
            if let Some((other, first)) = known {
                let id = &course.concepts[concept].id;
                let (message, help) = if *other == index {
                    (format!("`{id}` is listed twice"), "take one of the two away".to_owned())
                } else {
                    let first = &course.scenarios[*other].id;
                    let message = format!("`{}` introduces `{id}` again, after `{first}`", scenario.id);
                    (message, format!("list `{id}` under `deepens` here, or under `uses`"))
                };
                sink.push(Diagnostic::new(&SPEC, span, message).also(*first, "first here").help(help));
            }
            earlier.push((index, span));
        }
    }
}
