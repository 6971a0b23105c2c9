//! `curriculum/concept-used-before-introduced`.

use super::declared::{Declarations, is_complete, is_known, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::Course;
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/concept-used-before-introduced",
    severity: Severity::Error,
    what: "A scenario builds on a concept that no scenario before it introduces.",
    why: "Each scenario may only rely on what learners have met. Otherwise they are stopped by a word instead of the problem.",
    fix: "Move the scenario behind the one that introduces the concept, or introduce it here, or leave it out of `uses` and `deepens`.",
    source: "platform-vision.md, The Curriculum",
    bad: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., kind: failure, uses: [busy-loop, «queue»]}\n      - {id: third, title: Third, summary: Even more., introduces: [queue]}\n",
            ),
        ]),
        // Nobody introduces it.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., kind: failure, deepens: [«queue»]}\n",
            ),
        ]),
        // Learners may leave the extra group out.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/course.yml", TWO_TRACKS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - id: extra\n    name: Extra\n    bonus: true\n    scenarios:\n      - {id: more, title: More, summary: More of it., introduces: [queue]}\n",
            ),
            (
                "content/tracks/next.yml",
                "title: The next track\nfolder: next-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    scenarios:\n      - {id: second, title: Second, summary: It goes on., kind: failure, uses: [busy-loop, «queue»]}\n",
            ),
        ]),
        // What an introduced concept rests on has to come first as well.
        Example::files(&[
            (
                "content/concepts.yml",
                "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits., requires: [queue]}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: zero, title: Zero, summary: A start., introduces: [«busy-loop»]}\n      - {id: one, title: One, summary: It goes on., introduces: [queue]}\n",
            ),
            ("content/scenarios/first/scenario.yml", ""),
            ("content/scenarios/first/scenario.md", ""),
            ("content/scenarios/first/app/src/server.js", ""),
            ("content/scenarios/first/app/db/seed.js", ""),
            ("content/scenarios/first/solution/fast/src/server.js", ""),
            ("content/scenarios/first/diagrams/system.svg", ""),
            ("content/scenarios/first/diagrams/busy-loop.svg", ""),
        ]),
    ],
    params: &[],
    good: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/course.yml", TWO_TRACKS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., introduces: [queue], deepens: [busy-loop]}\n",
            ),
            (
                "content/tracks/next.yml",
                "title: The next track\nfolder: next-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    scenarios:\n      - {id: third, title: Third, summary: It goes on., kind: failure, uses: [busy-loop, queue]}\n",
            ),
        ]),
        // One extra scenario may build on another, and a scenario on what it introduces itself.
        Example::files(&[
            (
                "content/concepts.yml",
                "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n  - {id: fair-queue, name: fair waiting line, summary: A line without pushing., requires: [queue]}\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - id: extra\n    name: Extra\n    bonus: true\n    scenarios:\n      - {id: more, title: More, summary: More of it., introduces: [queue, fair-queue]}\n      - {id: most, title: Most, summary: Most of it., uses: [queue, busy-loop]}\n",
            ),
        ]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n";
const TWO_TRACKS: &str = "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main, next]\n";

/// Goes through what every scenario of a track declares, and what its new concepts rest on.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    if !is_complete(course) {
        return;
    }
    let declared = Declarations::of(checked);
    for (index, _) in placed(checked) {
        for key in ["uses", "deepens"] {
            for (concept, span) in declared.concepts(index, key) {
                if !is_known(course, index, concept) {
                    let says = if key == "uses" { "used" } else { "deepened" };
                    let message = format!(
                        "`{}` is {says} here, but {}",
                        id(course, concept),
                        state(course, index, concept)
                    );
                    sink.push(report(&declared, course, index, concept, span, message));
                }
            }
        }
        for (concept, span) in declared.concepts(index, "introduces") {
            for &needed in &course.concepts[concept].requires {
                if !is_known(course, index, needed) {
                    let (own, needed_id) = (id(course, concept), id(course, needed));
                    let state = state(course, index, needed);
                    let message = format!("`{own}` requires `{needed_id}`, but {state}");
                    sink.push(report(&declared, course, index, needed, span, message));
                }
            }
        }
    }
}

fn id(course: &Course, concept: usize) -> &str {
    &course.concepts[concept].id
}

/// Who introduces a concept that is not known here, in words.
fn state(course: &Course, scenario: usize, concept: usize) -> String {
    match course.concepts[concept].introduced_in.first() {
        None => "no scenario introduces it".to_owned(),
        Some(&other) if other < scenario => {
            format!("only `{}` introduces it, which learners may leave out", course.scenarios[other].id)
        }
        Some(&other) => format!("`{}` introduces it later", course.scenarios[other].id),
    }
}

fn report(
    declared: &Declarations,
    course: &Course,
    scenario: usize,
    concept: usize,
    span: Span,
    message: String,
) -> Diagnostic {
    let finding = Diagnostic::new(&SPEC, span, message);
    let own = &course.scenarios[scenario].id;
    match course.concepts[concept].introduced_in.first() {
        None => finding
            .help(format!("add `{}` to `introduces` of the scenario that explains it", id(course, concept))),
        Some(&other) => finding.also(declared.introduction(other, concept), "introduced here").help(format!(
            "move `{own}` behind `{}`, or take the concept out of the list",
            course.scenarios[other].id
        )),
    }
}
