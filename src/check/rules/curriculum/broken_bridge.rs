//! `curriculum/broken-bridge`.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::declared::{Declarations, is_complete, placed};
use super::sections::{Piece, page_of, pieces_of};
use super::words::words_of;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::{Course, Role};
use crate::source::Span;
use crate::syntax::document::BlockKind;
use crate::syntax::yaml::Node;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/broken-bridge",
    severity: Severity::Warning,
    what: "A question that a scenario leaves open is not on its page, or the next scenario does not take it up.",
    why: "An open question is what makes learners want the next scenario. If that one begins with something else, they were left alone with it.",
    fix: "Let the next scenario list the question under `takes-up` and begin with it, or plant another one.",
    source: "platform-vision.md, Narrative bridges between scenarios",
    bad: &[
        // The next one does not know of it.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - id: zero\n        title: Zero\n        summary: It begins.\n        introduces: [queue]\n        bridge: {plants: [{id: «who-waits», asks: Who waits for the loop?}]}\n      - first\n",
            ),
        ]),
        // It is taken up, but not by the one that follows.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - id: zero\n        title: Zero\n        summary: It begins.\n        introduces: [queue]\n        bridge: {plants: [{id: «who-waits», asks: Who waits for the loop?}]}\n      - first\n      - id: second\n        title: Second\n        summary: It goes on.\n        introduces: [fair-queue]\n        bridge: {takes-up: [who-waits]}\n",
            ),
        ]),
        // The page does not ask it.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - id: second\n        title: Second\n        summary: It goes on.\n        introduces: [queue]\n        bridge: {takes-up: [who-waits]}\n",
            ),
            (
                "content/scenarios/first/scenario.yml",
                concat!("bridge: {plants: [{id: «who-waits», asks: Who waits for the loop?}]}\n", "…\n"),
            ),
        ]),
        // The opening is about something else.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - id: zero\n        title: Zero\n        summary: It begins.\n        introduces: [queue]\n        bridge: {plants: [{id: second-kitchen, asks: Would a second kitchen cook the soup faster?}]}\n      - first\n",
            ),
            ("content/scenarios/first/scenario.yml", "bridge: {takes-up: [«second-kitchen»]}\n…\n"),
        ]),
    ],
    params: &[],
    good: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - id: zero\n        title: Zero\n        summary: It begins.\n        introduces: [queue]\n        bridge: {plants: [{id: many-visitors, asks: Which visitor waits when there are many?}]}\n      - first\n      - id: second\n        title: Second\n        summary: It goes on.\n        introduces: [fair-queue]\n        bridge: {takes-up: [who-waits], plants: [{id: what-now, asks: What now?}]}\n",
            ),
            (
                "content/scenarios/first/scenario.yml",
                "bridge: {takes-up: [many-visitors], plants: [{id: who-waits, asks: Who waits for the loop?}]}\n…\n",
            ),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n:::question{#open kind=reflection planted=who-waits}\nWho waits for the loop?\n:::\n",
            ),
        ]),
        // From the last scenario of a track to the first of the next one, past the extra group.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main, next]\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: last, title: Last, summary: The end., introduces: [queue], bridge: {plants: [{id: and-now, asks: And now?}]}}\n  - id: extra\n    name: Extra\n    bonus: true\n    scenarios:\n      - {id: more, title: More, summary: More of it., bridge: {plants: [{id: much-more, asks: And more?}]}}\n",
            ),
            (
                "content/tracks/next.yml",
                "title: The next track\nfolder: next-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    scenarios:\n      - {id: second, title: Second, summary: It goes on., introduces: [fair-queue], bridge: {takes-up: [and-now, much-more]}}\n",
            ),
        ]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: queue, name: waiting line, summary: A line of those who wait.}\n  - {id: fair-queue, name: fair waiting line, summary: A line without pushing.}\n";

/// Follows each open question from the scenario that plants it to the one that takes it up.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    if !is_complete(checked.course) {
        return;
    }
    let declared = Declarations::of(checked);
    for (index, _) in placed(checked) {
        check_plants(checked, &declared, index, sink);
        check_openings(checked, &declared, index, sink);
    }
}

/// The questions that a scenario plants: id with its place, and what it asks.
fn plants(declared: &Declarations, scenario: usize) -> impl Iterator<Item = (&str, Span, &str)> {
    let plants = declared.value(scenario, "bridge").and_then(|bridge| bridge.get("plants"));
    plants.map(Node::items).unwrap_or_default().iter().filter_map(|plant| {
        let id = plant.get("id")?;
        Some((id.as_text()?, id.span, plant.get("asks").and_then(Node::as_text).unwrap_or("")))
    })
}

/// Where a scenario takes a question up.
fn place_of_taking(declared: &Declarations, scenario: usize, id: &str) -> Option<Span> {
    let taken = declared.value(scenario, "bridge")?.get("takes-up")?;
    taken.items().iter().find(|item| item.as_text() == Some(id)).map(|item| item.span)
}

fn check_plants(checked: &Checked<'_>, declared: &Declarations, index: usize, sink: &Sink) {
    let course = checked.course;
    let next = followers(course, index);
    let asked = LazyCell::new(|| page_of(checked, index).map(|page| planted_on(&pieces_of(page))));
    for (id, span, _) in plants(declared, index) {
        let takes = |&other: &usize| {
            course.scenarios[other].bridge.takes_up.iter().any(|(by, taken)| *by == index && taken == id)
        };
        let taker = (0..course.scenarios.len()).find(takes);
        let own = &course.scenarios[index].id;
        if !next.iter().any(takes)
            && let Some(&expected) = next.first().or(taker.as_ref())
        {
            let expected_id = &course.scenarios[expected].id;
            let (message, place) = match taker {
                Some(taker) => (
                    format!(
                        "`{id}` is taken up by `{}`, which does not follow `{own}`",
                        course.scenarios[taker].id
                    ),
                    place_of_taking(declared, taker, id).unwrap_or_else(|| declared.title(taker)),
                ),
                None => {
                    (format!("`{expected_id}` follows and does not take up `{id}`"), declared.title(expected))
                }
            };
            let finding = Diagnostic::new(&SPEC, span, message)
                .also(place, if taker.is_some() { "taken up here" } else { "this follows" });
            sink.push(
                finding.help(format!("let the scenario that follows begin with it: `takes-up: [{id}]`")),
            );
        } else if asked.as_ref().is_some_and(|asked| !asked.contains(id)) {
            let message = format!("no question of the page leaves `{id}` open");
            let help = format!("end the page with `:::question{{#id kind=reflection planted={id}}}`");
            sink.push(Diagnostic::new(&SPEC, span, message).help(help));
        }
    }
}

fn planted_on(pieces: &[Piece<'_>]) -> BTreeSet<String> {
    let planted = pieces.iter().filter_map(|piece| match &piece.block.kind {
        BlockKind::Directive(directive) => directive.attributes.get("planted"),
        _ => None,
    });
    planted.map(|planted| planted.value.clone()).collect()
}

/// The scenarios that learners may come to next: along the core path or along the extra ones, and
/// from the end of a track to the start of the one after it.
fn followers(course: &Course, index: usize) -> Vec<usize> {
    let Some((track, _)) = course.scenarios[index].place else { return Vec::new() };
    // They stand in the order of the course.
    let in_track = |wanted: usize| {
        let later = course.scenarios.iter().enumerate().skip(index + 1);
        later.filter(move |(_, other)| other.place.is_some_and(|place| place.0 == wanted))
    };
    let is_core = course.scenarios[index].number.is_some();
    let along = in_track(track).find(|(_, other)| other.number.is_some() == is_core).map(|(other, _)| other);
    if is_core && along.is_some() {
        return along.into_iter().collect();
    }
    let next_track = (track + 1..course.tracks.len())
        .find_map(|next| in_track(next).find(|(_, other)| other.number.is_some()));
    let extra = in_track(track).find(|(_, other)| other.number.is_none());
    along.into_iter().chain(next_track.map(|(other, _)| other)).chain(extra.map(|(other, _)| other)).collect()
}

/// How many words the opening has to share with the question that it takes up.
const SHARED: usize = 2;

/// The opening of a written scenario comes back to what it takes up, in words or by a reference.
fn check_openings(checked: &Checked<'_>, declared: &Declarations, index: usize, sink: &Sink) {
    let course = checked.course;
    if course.scenarios[index].bridge.takes_up.is_empty() {
        return;
    }
    let Some(page) = page_of(checked, index) else { return };
    let pieces = pieces_of(page);
    let opening: Vec<&Piece<'_>> = pieces
        .iter()
        .take_while(|piece| !piece.role.is_some_and(Role::is_step))
        .filter(|piece| matches!(piece.role, None | Some(Role::Situation | Role::Recap)))
        .collect();
    let text: String =
        opening.iter().map(|piece| format!("{}\n", checked.files.slice(piece.block.span))).collect();
    let words = words_of(&text);
    for (from, id) in &course.scenarios[index].bridge.takes_up {
        let (Some(span), Some((_, planted, asks))) =
            (place_of_taking(declared, index, id), plants(declared, *from).find(|(plant, _, _)| plant == id))
        else {
            continue;
        };
        let earlier = &course.scenarios[*from].id;
        let wanted = words_of(asks);
        let refers = opening.iter().flat_map(|piece| &piece.block.links).any(|link| {
            let name = link.destination.value.split_once(':').map_or("", |(_, name)| name);
            name.split('/').next() == Some(earlier)
        });
        if !refers && wanted.intersection(&words).count() < SHARED.min(wanted.len()) {
            let message = format!("the page does not begin with `{id}`, which it takes up");
            let help = format!("come back to it in the situation, for example with `[](scenario:{earlier})`");
            sink.push(Diagnostic::new(&SPEC, span, message).also(planted, "left open here").help(help));
        }
    }
}
