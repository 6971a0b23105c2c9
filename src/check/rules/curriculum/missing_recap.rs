//! `curriculum/missing-recap`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::manifest::scenario::Kind;
use crate::model::Role;
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/missing-recap",
    severity: Severity::Warning,
    what: "A later scenario of a track has no recap.",
    why: "The first scenarios build on each other. Later ones can be done alone, by somebody who needs just this topic, if they say what to know.",
    fix: "Add a section with the role `.recap` near the top: what to know from before, in a few lines.",
    source: "platform-vision.md, Standalone with recommended order",
    bad: &[Example::files(&[
        ("content/concepts.yml", CONCEPTS),
        ("content/tracks/main.yml", FIFTH),
        ("content/scenarios/first/scenario.md", PAGE_WITHOUT),
    ])],
    params: &[Param {
        name: "from",
        default: 5.0,
        doc: "the number of the first scenario of a track that needs a recap",
    }],
    good: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", FIFTH),
            ("content/scenarios/first/scenario.md", PAGE_WITH),
        ]),
        // The fourth still belongs to those that build on each other; a planned one has no page.
        Example::files(&[("content/concepts.yml", CONCEPTS), ("content/tracks/main.yml", FOURTH)]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: q1, name: first new thing, summary: New.}\n  - {id: q2, name: second new thing, summary: New.}\n  - {id: q3, name: third new thing, summary: New.}\n  - {id: q4, name: fourth new thing, summary: New.}\n";
const FIFTH: &str = "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: one, title: One, summary: It begins., introduces: [q1]}\n      - {id: two, title: Two, summary: It goes on., introduces: [q2]}\n      - {id: three, title: Three, summary: It goes on., introduces: [q3]}\n      - {id: four, title: Four, summary: It goes on., introduces: [q4]}\n      - first\n";
const FOURTH: &str = "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: one, title: One, summary: It begins., introduces: [q1]}\n      - {id: two, title: Two, summary: It goes on., introduces: [q2]}\n      - {id: three, title: Three, summary: It goes on., introduces: [q3]}\n      - first\n      - {id: four, title: Four, summary: It goes on., introduces: [q4]}\n";
const PAGE_WITHOUT: &str = "«## The guest {.situation}»\n\nSomebody is waiting.\n\n…\n";
const PAGE_WITH: &str = "## The guest {.situation}\n\nSomebody is waiting.\n\n## What you know {.recap}\n\nA server answers requests.\n\n…\n";

/// Looks at written exercises from a certain number on.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let from = checked.settings.number(&SPEC, "from");
    for (index, scenario) in checked.scenarios() {
        let is_late = scenario.number.is_some_and(|number| f64::from(number) >= from);
        let page = scenario.written.as_ref().and_then(|written| written.page);
        let Some(page) = page.filter(|_| is_late && scenario.kind == Kind::Exercise) else { continue };
        let steps = &scenario.locals.steps;
        if steps.iter().any(|step| step.role == Some(Role::Recap)) {
            continue;
        }
        let span = steps.first().map_or_else(|| Span::file_start(page), |step| step.span);
        let track = checked.course.place(index).map_or("the track", |(track, _)| track.title.as_str());
        let number = scenario.number.unwrap_or_default();
        let message = format!("this is number {number} of `{track}` and has no recap");
        let help = "add a section `## What you know already {.recap}` after the situation";
        sink.push(Diagnostic::new(&SPEC, span, message).help(help));
    }
}
