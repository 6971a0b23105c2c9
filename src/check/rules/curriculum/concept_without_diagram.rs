//! `curriculum/concept-without-diagram`.

use std::collections::BTreeSet;

use super::declared::Declarations;
use super::sections::{Piece, page_of, pieces_of};
use super::terms::Terms;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::directive::page_ids::heading_id;
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::Kind;
use crate::source::Files;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/concept-without-diagram",
    severity: Severity::Warning,
    what: "A scenario introduces a concept without a picture of it.",
    why: "A picture of before and after makes an idea clear to people who have never seen it, and words alone often do not.",
    fix: "Explain it below a heading with its id, `### … {#concept-id}`, in a `.concepts` section, and put a figure there.",
    source: "platform-vision.md, Diagrams for every concept",
    bad: &[
        // The heading is there, and its figure has a section of its own.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/scenarios/first/scenario.yml", MANIFEST),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## One more thing {.concepts}\n\n«### A cache {#read-cache}»\n\nA read cache keeps answers.\n\n:::question{#next kind=comprehension}\nWhat would a read cache do for a page that everybody reads?\n\n:::answer\nIt would be read once, and kept.\n:::\n:::\n\n### The loop again\n\nIt looks like this.\n\n![A loop.](diagrams/busy-loop.svg \"The loop and its line\")\n",
            ),
        ]),
        // There is no heading either.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/scenarios/first/scenario.yml", MANIFEST_MARKED),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## One more thing {.unnumbered}\n\nA read cache keeps answers.\n\n:::question{#next kind=comprehension}\nWhat would a read cache do for a page that everybody reads?\n\n:::answer\nIt would be read once, and kept.\n:::\n:::\n",
            ),
        ]),
    ],
    params: &[],
    good: &[Example::files(&[
        ("content/concepts.yml", CONCEPTS),
        ("content/scenarios/first/scenario.yml", MANIFEST),
        (
            "content/scenarios/first/scenario.md",
            "…\n\n## A cache {.concepts #read-cache}\n\nA read cache keeps answers.\n\n### A closer look\n\nIt looks like this.\n\n![Answers on a shelf.](diagrams/system.svg \"Where answers are kept\")\n\n:::question{#next kind=comprehension}\nWhat would a read cache do for a page that everybody reads?\n\n:::answer\nIt would be read once, and kept.\n:::\n:::\n",
        ),
    ])],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: read-cache, name: read cache, summary: A copy of answers kept for those who come next.}\n";
const MANIFEST: &str = "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop, read-cache]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n";
const MANIFEST_MARKED: &str = "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop, «read-cache»]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n";

/// Looks at written exercises of tiers that explain.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let terms = Terms::of(checked);
    let declared = Declarations::of(checked);
    for (index, scenario) in checked.scenarios() {
        let explains = course.tier_of(index).is_none_or(|tier| tier.scaffolding != Scaffolding::None);
        let Some(page) = page_of(checked, index).filter(|_| explains && scenario.kind == Kind::Exercise)
        else {
            continue;
        };
        let pieces = pieces_of(page);
        let shown = shown_by_output(checked.files, &terms, &pieces);
        let mut seen = BTreeSet::new();
        for (concept, span) in declared.concepts(index, "introduces") {
            if !seen.insert(concept) {
                continue;
            }
            let id = &course.concepts[concept].id;
            let finding = match own_heading(checked.files, &pieces, id) {
                Some(at) if has_figure(&pieces, at) => continue,
                Some(at) => {
                    let message = format!("`{id}` is explained here without a picture");
                    let finding = Diagnostic::new(&SPEC, pieces[at].block.span, message);
                    finding.help("add `![what it shows](diagrams/name.svg \"Caption\")` below this heading")
                }
                // What a command prints is its picture.
                None if shown.contains(&concept) => continue,
                None => {
                    let message = format!("`{id}` is introduced, but no heading explains it");
                    let finding = Diagnostic::new(&SPEC, span, message);
                    finding.help(format!(
                        "add `### … {{#{id}}}` with a figure to a section with the role `.concepts`"
                    ))
                }
            };
            sink.push(finding);
        }
    }
}

/// The heading with a concept's id.
fn own_heading(files: &Files, pieces: &[Piece<'_>], id: &str) -> Option<usize> {
    pieces.iter().position(|piece| match &piece.block.kind {
        BlockKind::Heading { text, attributes, .. } => heading_id(files.slice(*text), attributes) == id,
        _ => false,
    })
}

/// Whether a figure stands between a heading and the next one of its level or above.
fn has_figure(pieces: &[Piece<'_>], heading: usize) -> bool {
    let level_of = |piece: &Piece<'_>| match &piece.block.kind {
        BlockKind::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let own = level_of(&pieces[heading]).unwrap_or(2);
    let below = pieces[heading + 1..].iter();
    below.take_while(|piece| level_of(piece).is_none_or(|level| level > own)).any(|piece| {
        match &piece.block.kind {
            BlockKind::Figure(_) => true,
            // What a snippet holds is not looked at here.
            BlockKind::Directive(directive) => directive.name.value == "include",
            _ => false,
        }
    })
}

/// Concepts that are commands: the learner types them, and the page shows what they print.
fn shown_by_output(files: &Files, terms: &Terms<'_>, pieces: &[Piece<'_>]) -> BTreeSet<usize> {
    let fences = || {
        pieces.iter().filter_map(|piece| match &piece.block.kind {
            BlockKind::Fence { attributes, body, .. } => Some((attributes, *body)),
            _ => None,
        })
    };
    let printed: BTreeSet<&str> = fences()
        .filter_map(|(attributes, _)| attributes.get("output"))
        .map(|output| output.value.as_str())
        .collect();
    let typed = fences().filter(|(attributes, _)| {
        attributes.id.as_ref().is_some_and(|id| printed.contains(id.value.as_str()))
    });
    typed.flat_map(|(_, body)| terms.find(files.slice(body))).flat_map(|hit| hit.keys).collect()
}
