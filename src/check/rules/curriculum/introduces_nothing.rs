//! `curriculum/introduces-nothing`.

use super::declared::{Declarations, placed};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::{Kind, Status};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/introduces-nothing",
    severity: Severity::Warning,
    what: "A scenario of the core path introduces no concept.",
    why: "Each scenario has its place because it teaches something that the one before did not. Without that it is repetition.",
    fix: "List what it teaches under `introduces`, or move it to a group with `bonus: true`.",
    source: "platform-vision.md, The Curriculum",
    bad: &[
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: «second», title: Second, summary: More of it., uses: [busy-loop]}\n",
        )]),
        Example::file(&[(
            "content/tracks/main.yml",
            "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: More of it., introduces: «[]», deepens: [busy-loop]}\n",
        )]),
    ],
    params: &[],
    good: &[
        // Extra practice, tiers that put things together, and failures to look at.
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\n  - {id: sprinting, name: Sprinting, scaffolding: none}\ntracks: [main]\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - id: alone\n    name: Alone\n    tier: sprinting\n    scenarios:\n      - {id: second, title: Second, summary: All of it., uses: [busy-loop]}\n  - id: extra\n    name: Extra\n    bonus: true\n    scenarios:\n      - {id: third, title: Third, summary: More of it., uses: [busy-loop]}\n  - id: lab\n    name: Lab\n    scenarios:\n      - {id: fourth, title: Fourth, summary: What breaks., kind: failure, uses: [busy-loop]}\n",
            ),
        ]),
    ],
};

/// Looks at exercises and challenges that everybody does and that still explain.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    // Which concepts there are is unknown without the registry.
    if course.concepts.is_empty() {
        return;
    }
    let declared = Declarations::of(checked);
    for (index, scenario) in placed(checked) {
        let is_extra = course.place(index).is_some_and(|(_, group)| group.bonus);
        let applies_only = course.tier_of(index).is_some_and(|tier| tier.scaffolding == Scaffolding::None);
        let teaches = matches!(scenario.kind, Kind::Exercise | Kind::Challenge);
        // A name that does not exist is reported as such.
        let list = declared.value(index, "introduces");
        let is_empty = list.is_none_or(|list| list.items().is_empty());
        // A draft says that it is not finished; what it will introduce may not be known yet.
        if !teaches || is_extra || applies_only || !is_empty || scenario.status == Status::Draft {
            continue;
        }
        let span = list.map_or_else(|| declared.entry(index), |list| list.span);
        let message = format!("`{}` introduces no concept", scenario.id);
        sink.push(
            Diagnostic::new(&SPEC, span, message).help("write `introduces: [id]` with what is new in it"),
        );
    }
}
