//! `curriculum/concept-never-questioned`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::declared::Declarations;
use super::sections::{Piece, page_of, pieces_of};
use super::terms::{Terms, terms_of};
use super::words::words_of;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::scenario::Kind;
use crate::model::{Concept, Role};
use crate::source::Files;
use crate::syntax::document::{Block, BlockKind, Directive};

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/concept-never-questioned",
    severity: Severity::Warning,
    what: "No question of the scenario is about a concept that it introduces.",
    why: "What learners only read, they forget. A question makes them use the idea once before they go on.",
    fix: "Ask about it where it matters, and name it in the question, its answer or its rubric.",
    source: "platform-vision.md, How the Questions Scale",
    bad: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/scenarios/first/scenario.yml", MANIFEST),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## One more thing {.concepts}\n\n### A cache {#read-cache}\n\nA read cache keeps answers.\n\n![Answers on a shelf.](diagrams/busy-loop.svg \"A read cache\")\n",
            ),
        ]),
        // A question that has only one of the words in it, and names it in an address.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/scenarios/first/scenario.yml", MANIFEST),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## One more thing {.concepts}\n\n### A cache {#read-cache}\n\nA read cache keeps answers.\n\n![Answers on a shelf.](diagrams/busy-loop.svg \"A read cache\")\n\n:::question{#next kind=comprehension}\nHow often is the page read while [the loop](concept:read-cache) runs?\n\n:::answer\nNever.\n:::\n:::\n",
            ),
        ]),
    ],
    params: &[],
    good: &[Example::files(&[
        ("content/concepts.yml", CONCEPTS),
        ("content/scenarios/first/scenario.yml", MANIFEST_PLAIN),
        (
            "content/scenarios/first/scenario.md",
            "…\n\n## One more thing {.concepts}\n\n### A cache {#read-cache}\n\nA read cache keeps answers.\n\n![Answers on a shelf.](diagrams/busy-loop.svg \"A read cache\")\n\n:::question{#next kind=comprehension}\nWhat would a cache do for a page that everybody reads?\n\n:::answer\nIt would be read once, and kept.\n:::\n:::\n",
        ),
    ])],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: read-cache, name: read cache, summary: A copy of answers kept for those who come next.}\n";
const MANIFEST: &str = "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop, «read-cache»]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n";

const MANIFEST_PLAIN: &str = "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop, read-cache]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n";

/// How many words of a summary a question has to share to be about the same thing.
const SHARED: usize = 4;

/// Looks at written exercises: what each introduces against what its questions say.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let terms = Terms::of(checked);
    let declared = Declarations::of(checked);
    for (index, scenario) in checked.scenarios() {
        let Some(page) = page_of(checked, index).filter(|_| scenario.kind == Kind::Exercise) else {
            continue;
        };
        let pieces = pieces_of(page);
        let questions = questions_of(checked.files, &terms, &pieces);
        // A page without questions has a larger fault than this one.
        if questions.is_empty() {
            continue;
        }
        let mut seen = BTreeSet::new();
        for (concept, span) in declared.concepts(index, "introduces") {
            let known = &course.concepts[concept];
            if !seen.insert(concept) || questions.iter().any(|question| question.is_about(concept, known)) {
                continue;
            }
            let message = format!("no question of `{}` is about `{}`", scenario.id, known.id);
            let name = terms_of(known).next().unwrap_or(&known.name);
            let help = format!("ask about it in a `:::question`, and say `{name}` in it");
            sink.push(Diagnostic::new(&SPEC, span, message).help(help));
        }
    }
}

/// What a question says.
struct Question {
    /// Concepts that it names.
    named: BTreeSet<usize>,
    /// Its words in their shortest form.
    words: BTreeSet<String>,
    /// Concepts whose command the learner has typed earlier in the same step.
    typed: BTreeSet<usize>,
}

impl Question {
    /// Whether it names the concept, uses all the words of its name, asks about the output of its
    /// command, or speaks of what the concept's summary says.
    fn is_about(&self, concept: usize, known: &Concept) -> bool {
        let has_all = |text: &str| {
            let words = words_of(text);
            !words.is_empty() && words.is_subset(&self.words)
        };
        let summary = words_of(&known.summary.resolve(|_| String::new()));
        self.named.contains(&concept)
            || self.typed.contains(&concept)
            || has_all(&known.name)
            || terms_of(known).any(has_all)
            || summary.intersection(&self.words).count() >= SHARED
    }
}

fn questions_of(files: &Files, terms: &Terms<'_>, pieces: &[Piece<'_>]) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut section = 0;
    let mut typed = BTreeSet::new();
    for piece in pieces {
        if piece.section != section {
            section = piece.section;
            typed.clear();
        }
        match &piece.block.kind {
            BlockKind::Fence { body, .. } if piece.role.is_some_and(Role::is_step) => {
                typed.extend(terms.find(files.slice(*body)).into_iter().flat_map(|hit| hit.keys));
            }
            BlockKind::Directive(directive) if directive.name.value == "question" => {
                let text = text_of(files, directive);
                questions.push(Question {
                    named: terms.find(&text).into_iter().flat_map(|hit| hit.keys).collect(),
                    words: words_of(&text),
                    typed: typed.clone(),
                });
            }
            _ => {}
        }
    }
    questions
}

/// The text of a question with answer and rubric, without the addresses of its links.
fn text_of(files: &Files, question: &Directive) -> String {
    let mut addresses: Vec<Range<usize>> = Vec::new();
    collect_addresses(&question.children, &mut addresses);
    addresses.sort_by_key(|range| range.start);
    let base = question.body.range();
    let text = files.slice(question.body);
    let mut out = String::with_capacity(text.len());
    let mut at = base.start;
    for address in addresses {
        if address.start >= at && address.end <= base.end {
            out.push_str(&text[at - base.start..address.start - base.start]);
            at = address.end;
        }
    }
    out.push_str(text.get(at.saturating_sub(base.start)..).unwrap_or(""));
    out
}

fn collect_addresses(blocks: &[Block], out: &mut Vec<Range<usize>>) {
    for block in blocks {
        let links = block.links.iter().filter(|link| link.destination.span != link.span);
        out.extend(links.map(|link| link.destination.span.range()));
        if let BlockKind::Directive(directive) = &block.kind {
            collect_addresses(&directive.children, out);
        }
    }
}
