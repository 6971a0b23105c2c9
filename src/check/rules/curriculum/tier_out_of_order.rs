//! `curriculum/tier-out-of-order`.

use super::declared::Declarations;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::source::{FileId, Span};
use crate::syntax::yaml::{Node, parse_yaml};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/tier-out-of-order",
    severity: Severity::Error,
    what: "A track goes back to a tier that helps more, or the tiers of the course are not in order.",
    why: "Help is taken away step by step, so that learners stand on their own at the end. Once it is gone, it must not come back within a track.",
    fix: "Put the group where its tier belongs, or correct its `tier`.",
    source: "platform-vision.md, Scaffolding Reduction Principle",
    bad: &[
        Example::files(&[
            ("content/course.yml", TIERS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: early, name: Early, tier: walking, scenarios: []}\n  - {id: start, name: Start, tier: «crawling», scenarios: [first]}\n",
            ),
        ]),
        // A group without a tier does not hide the step back.
        Example::files(&[
            ("content/course.yml", TIERS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: early, name: Early, tier: running, scenarios: []}\n  - {id: between, name: Between, scenarios: []}\n  - {id: extra, name: Extra, tier: running, bonus: true, scenarios: []}\n  - {id: start, name: Start, tier: «crawling», scenarios: [first]}\n",
            ),
        ]),
        Example::file(&[(
            "content/course.yml",
            "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: walking, name: Walking, scaffolding: medium}\n  - {id: crawling, name: Crawling, scaffolding: «high»}\ntracks: [main]\n",
        )]),
    ],
    params: &[],
    good: &[
        // Tiers repeat, are left out, and come back for those who want more.
        Example::files(&[
            ("content/course.yml", TIERS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - {id: still, name: Still, tier: crawling, scenarios: []}\n  - {id: alone, name: Alone, tier: running, scenarios: []}\n  - {id: extra, name: Extra, tier: walking, bonus: true, scenarios: []}\n",
            ),
        ]),
        // Another track begins with help again.
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\n  - {id: walking, name: Walking, scaffolding: medium}\ntracks: [main, next]\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - {id: later, name: Later, tier: walking, scenarios: []}\n",
            ),
            (
                "content/tracks/next.yml",
                "title: The next track\nfolder: next-{number:02}-{id}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: []}\n",
            ),
        ]),
    ],
};

const TIERS: &str = "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\n  - {id: walking, name: Walking, scaffolding: medium}\n  - {id: running, name: Running, scaffolding: low}\ntracks: [main]\n";

/// The order of the tiers themselves is looked at first: that of groups means nothing without it.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    if check_tiers(checked, sink) {
        check_groups(checked, sink);
    }
}

fn rank(scaffolding: Scaffolding) -> u8 {
    match scaffolding {
        Scaffolding::High => 0,
        Scaffolding::Medium => 1,
        Scaffolding::Low => 2,
        Scaffolding::None => 3,
    }
}

/// Whether the tiers go from most to least help; the first that does not is reported.
fn check_tiers(checked: &Checked<'_>, sink: &Sink) -> bool {
    let tiers = &checked.course.tiers;
    let steps = || tiers.iter().zip(tiers.iter().skip(1)).enumerate();
    let Some((at, (before, tier))) =
        steps().find(|(_, (before, tier))| rank(tier.scaffolding) < rank(before.scaffolding))
    else {
        return true;
    };
    let Some(file) = checked.files.find("content/course.yml") else { return false };
    let place = |index: usize| place_of_tier(checked, file, index);
    let message = format!("the tier `{}` helps more than `{}` before it", tier.id, before.id);
    sink.push(
        Diagnostic::new(&SPEC, place(at + 1), message)
            .also(place(at), "less help than here")
            .help("list the tiers from most to least scaffolding: high, medium, low, none"),
    );
    false
}

fn place_of_tier(checked: &Checked<'_>, file: FileId, index: usize) -> Span {
    let root = parse_yaml(checked.files, file, &Sink::default());
    let tiers = root.as_ref().and_then(|root| root.get("tiers")).map(Node::items).unwrap_or_default();
    let value = tiers.get(index).and_then(|tier| tier.get("scaffolding"));
    value.map_or_else(|| Span::file_start(file), |value| value.span)
}

fn check_groups(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let declared = Declarations::of(checked);
    for (index, track) in course.tracks.iter().enumerate() {
        let groups = declared.track(index).and_then(|track| track.get("groups")).map(Node::items);
        let place = |group: usize| Some(groups?.get(group)?.get("tier")?.span);
        let mut furthest: Option<(usize, usize)> = None;
        for (at, group) in track.groups.iter().enumerate().filter(|(_, group)| !group.bonus) {
            let Some(tier) = group.tier else { continue };
            match furthest {
                Some((first, high)) if tier < high => {
                    let (Some(span), Some(before)) = (place(at), place(first)) else { continue };
                    let (tier, high) = (&course.tiers[tier].name, &course.tiers[high].name);
                    let message = format!("the group `{}` goes back from {high} to {tier}", group.id);
                    let finding = Diagnostic::new(&SPEC, span, message).also(before, "already here");
                    let help = format!(
                        "put `{}` before `{}`, or give it a later tier",
                        group.id, track.groups[first].id
                    );
                    sink.push(finding.help(help));
                }
                Some((_, high)) if tier == high => {}
                _ => furthest = Some((at, tier)),
            }
        }
    }
}
