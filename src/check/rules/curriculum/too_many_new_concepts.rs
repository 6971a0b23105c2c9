//! `curriculum/too-many-new-concepts`.

use super::declared::{Declarations, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/too-many-new-concepts",
    severity: Severity::Warning,
    what: "A scenario introduces more concepts than learners can take in at once.",
    why: "A scenario is about one problem. With many new words each of them gets a sentence, and none of them stays.",
    fix: "Move some of them to a scenario of their own, or leave out what the problem does not need.",
    source: "platform-vision.md, What We've Tried and Rejected",
    bad: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: All at once., introduces: «[q1, q2, q3, q4, q5, q6, q7]»}\n",
            ),
        ]),
        // The course can be stricter.
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint: {settings: {curriculum/too-many-new-concepts: {most: 2}}}\n",
            ),
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: All at once., introduces: «[q1, q2, q3]»}\n",
            ),
        ]),
    ],
    params: &[Param {
        name: "most",
        default: 6.0,
        doc: "the largest number of concepts that a scenario may introduce",
    }],
    good: &[Example::files(&[
        ("content/concepts.yml", CONCEPTS),
        (
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: A lot., introduces: [q1, q2, q3, q4, q5, q6]}\n      - {id: third, title: Third, summary: All of it., introduces: [q7], uses: [q1, q2, q3, q4, q5, q6, busy-loop]}\n",
        ),
    ])],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: q1, name: first new thing, summary: New.}\n  - {id: q2, name: second new thing, summary: New.}\n  - {id: q3, name: third new thing, summary: New.}\n  - {id: q4, name: fourth new thing, summary: New.}\n  - {id: q5, name: fifth new thing, summary: New.}\n  - {id: q6, name: sixth new thing, summary: New.}\n  - {id: q7, name: seventh new thing, summary: New.}\n";

/// Counts what each scenario introduces.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let most = checked.settings.number(&SPEC, "most");
    let declared = Declarations::of(checked);
    for (index, scenario) in placed(checked) {
        let count = u32::try_from(scenario.introduces.len()).unwrap_or(u32::MAX);
        if f64::from(count) <= most {
            continue;
        }
        let list = declared.value(index, "introduces");
        let span = list.map_or_else(|| declared.title(index), |list| list.span);
        let message = format!("`{}` introduces {count} concepts, more than {most}", scenario.id);
        sink.push(
            Diagnostic::new(&SPEC, span, message)
                .help("keep those that its problem needs, and move the others"),
        );
    }
}
