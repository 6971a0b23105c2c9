//! `curriculum/explain-analyze-progression`.

use super::declared::{Declarations, builds_on, placed};
use super::sections::{Piece, page_of, pieces_of};
use crate::check::{Checked, Page};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::directive::page_ids::heading_id;
use crate::manifest::course::Scaffolding;
use crate::model::Role;
use crate::source::{Files, Span};
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/explain-analyze-progression",
    severity: Severity::Warning,
    what: "EXPLAIN ANALYZE is explained too late or too often, or handed over where it should be second nature.",
    why: "It is explained once, then used, and from Walking on learners reach for it unasked. Explaining it again takes that step back.",
    fix: "Explain its output where the concept `explain-analyze` is introduced, and later only say what to look for, or nothing.",
    source: "platform-vision.md, The intended progression",
    bad: &[
        // Explained again.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## Look again {.unnumbered}\n\n«Put `EXPLAIN ANALYZE` in front of a query», and PostgreSQL says what it did for it.\n",
            ),
        ]),
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## Look again {.unnumbered}\n\nLook at the plan:\n\n«- `Seq Scan on posts`: it read the whole table.\n- `Sort`: it put the rows in order.»\n",
            ),
        ]),
        // Still deepened where it is assumed.
        Example::files(&[
            (
                "content/concepts.yml",
                "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: explain-analyze, name: EXPLAIN ANALYZE, summary: A command that shows the work behind a query.}\n",
            ),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: It goes on., introduces: [explain-analyze]}\n  - id: walking\n    name: Walking\n    tier: walking\n    scenarios:\n      - {id: third, title: Third, summary: And on., kind: failure, deepens: [«explain-analyze»]}\n",
            ),
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\n  - {id: walking, name: Walking, scaffolding: medium}\ntracks: [main]\n",
            ),
        ]),
    ],
    params: &[],
    good: &[
        // Used without explanation; an answer may read the output.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n## Look again {.unnumbered}\n\nRun `EXPLAIN ANALYZE` on the query of the feed and look for a sequential scan.\n\n- `Sort` may come first\n- see `logs/app.log` as well\n\n:::question{#plan kind=comprehension}\nWhich step of the plan costs most?\n\n:::answer\n- `Seq Scan on posts`: it read the whole table.\n- `Sort`: it put the rows in order.\n:::\n:::\n",
            ),
        ]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: explain-analyze, name: EXPLAIN ANALYZE, summary: A command that shows the work behind a query.}\n";
const TRACK: &str = "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: zero, title: Zero, summary: It begins., introduces: [explain-analyze]}\n      - first\n";

/// The concept that this is about.
const CONCEPT: &str = "explain-analyze";

/// How the command may be written.
const COMMANDS: [&str; 2] = ["EXPLAIN ANALYZE", "EXPLAIN (ANALYZE"];

/// Steps of a plan, as PostgreSQL calls them.
const STEPS: [&str; 12] = [
    "Seq Scan",
    "Index Scan",
    "Index Only Scan",
    "Bitmap Heap Scan",
    "Bitmap Index Scan",
    "Sort",
    "Limit",
    "Hash",
    "Nested Loop",
    "Merge Join",
    "Aggregate",
    "HashAggregate",
];

/// What follows the command where somebody explains it.
const EXPLAINING: [&str; 14] = [
    "is a ",
    "is the ",
    "is how ",
    "in front of a",
    "in front of the",
    "in front of any",
    "runs the query",
    "runs a query",
    "tells you what",
    "tells you how",
    "shows you what",
    "shows you how",
    "stands for ",
    "means ",
];

/// Looks at how each scenario of a track treats the command.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let course = checked.course;
    let Some(concept) = course.concepts.iter().position(|concept| concept.id == CONCEPT) else { return };
    let declared = Declarations::of(checked);
    for (index, scenario) in placed(checked) {
        let introduced = &course.concepts[concept].introduced_in;
        let first = introduced.iter().copied().find(|&other| builds_on(course, index, other));
        let scaffolding = course.tier_of(index).map(|tier| tier.scaffolding);
        let is_assumed = matches!(scaffolding, Some(Scaffolding::Medium | Scaffolding::Low));
        if scaffolding.is_some_and(|scaffolding| scaffolding != Scaffolding::High) {
            for (_, span) in declared.concepts(index, "deepens").filter(|(found, _)| *found == concept) {
                let message = format!("`{}` still deepens `{CONCEPT}`", scenario.id);
                let help = "list it under `uses`: from Walking on it is assumed";
                sink.push(Diagnostic::new(&SPEC, span, message).help(help));
            }
        }
        let Some(page) = page_of(checked, index) else { continue };
        if introduced.contains(&index) {
            check_first(checked.files, page, sink);
            continue;
        }
        let Some(first) = first.filter(|_| !scenario.deepens.contains(&concept)) else { continue };
        let place = declared.introduction(first, concept);
        check_later(checked.files, page, place, is_assumed, sink);
    }
}

/// Where it is introduced, its output is explained.
fn check_first(files: &Files, page: &Page, sink: &Sink) {
    let pieces = pieces_of(page);
    let has_own = pieces.iter().any(|piece| match &piece.block.kind {
        BlockKind::Heading { text, attributes, .. } => heading_id(files.slice(*text), attributes) == CONCEPT,
        _ => false,
    });
    let Some((at, span)) =
        pieces.iter().enumerate().find_map(|(at, piece)| Some((at, command_in(files, piece)?)))
    else {
        return;
    };
    let same = pieces.iter().filter(|piece| piece.section == pieces[at].section);
    let mut prose = same.filter(|piece| {
        matches!(piece.block.kind, BlockKind::List(_) | BlockKind::Table(_) | BlockKind::Prose { .. })
    });
    let names_step = |text: &str| STEPS.iter().any(|step| text.contains(step));
    if !has_own && !prose.any(|piece| names_step(files.slice(piece.block.span))) {
        let message = "`EXPLAIN ANALYZE` is new here, and its output is not explained";
        let help = "say below the output what its steps mean, one by one";
        // The words are missing below the output, if the page shows it.
        let later = pieces[at + 1..].iter().take_while(|piece| piece.section == pieces[at].section);
        let output = later.filter_map(|piece| output_opener(files, piece)).next();
        let finding = match output {
            Some(output) => Diagnostic::new(&SPEC, output, message).also(span, "this is what it answers"),
            None => Diagnostic::new(&SPEC, span, message),
        };
        sink.push(finding.help(help));
    }
}

/// The opening line of a fence that shows what a command prints.
fn output_opener(files: &Files, piece: &Piece<'_>) -> Option<Span> {
    let BlockKind::Fence { attributes, .. } = &piece.block.kind else { return None };
    attributes.get("output")?;
    let line = files.slice(piece.block.span).lines().next().unwrap_or("");
    Some(piece.block.span.sub(line.len() - line.trim_start().len(), line.trim_end().len()))
}

/// Where it is known, it is neither explained again nor, from Walking on, handed over.
fn check_later(files: &Files, page: &Page, introduced: Span, is_assumed: bool, sink: &Sink) {
    let mut is_explained = false;
    for piece in pieces_of(page) {
        let is_aside = matches!(piece.role, Some(Role::Recap | Role::Faq | Role::Stuck | Role::Learned));
        if is_aside || piece.is_inside("answer") || piece.is_inside("hint") || piece.is_inside("reveal") {
            continue;
        }
        if let Some(span) = explanation_in(files, &piece).filter(|_| !is_explained) {
            is_explained = true;
            let message = "`EXPLAIN ANALYZE` is explained again";
            let help = "only say what to look for: learners have used it before";
            sink.push(Diagnostic::new(&SPEC, span, message).also(introduced, "introduced here").help(help));
        }
        if let Some(span) = command_in(files, &piece).filter(|_| is_assumed) {
            let message = "the command is handed over, where learners should reach for it unasked";
            let help = "take it out, or move it into a hint";
            sink.push(Diagnostic::new(&SPEC, span, message).also(introduced, "introduced here").help(help));
        }
    }
}

/// The command in a block that the learner types.
fn command_in(files: &Files, piece: &Piece<'_>) -> Option<Span> {
    let BlockKind::Fence { attributes, body, .. } = &piece.block.kind else { return None };
    if attributes.get("output").is_some() || attributes.get("file").is_some() {
        return None;
    }
    let text = files.slice(*body);
    let (at, found) = COMMANDS.iter().find_map(|command| Some((text.find(command)?, command)))?;
    Some(body.sub(at, at + found.len()))
}

/// What explains the command or the steps of its output.
fn explanation_in(files: &Files, piece: &Piece<'_>) -> Option<Span> {
    match &piece.block.kind {
        BlockKind::Heading { text, attributes, .. } => {
            (heading_id(files.slice(*text), attributes) == CONCEPT).then_some(piece.block.span)
        }
        BlockKind::List(list) => {
            let explained =
                list.items.iter().filter(|item| is_explained_step(files.slice(item.content))).count();
            (explained >= 2).then_some(piece.block.span)
        }
        BlockKind::Prose { paragraph: true } => {
            sentence_in(files.slice(piece.block.span)).map(|(start, end)| piece.block.span.sub(start, end))
        }
        _ => None,
    }
}

/// "`Seq Scan on posts` — it read the whole table": a step in code, and a sentence about it.
fn is_explained_step(text: &str) -> bool {
    let Some((code, rest)) = text.strip_prefix('`').and_then(|text| text.split_once('`')) else {
        return false;
    };
    STEPS.iter().any(|step| code.starts_with(step)) && rest.split_whitespace().count() > 3
}

/// From the start of the sentence to the words that explain.
fn sentence_in(text: &str) -> Option<(usize, usize)> {
    let at = COMMANDS.iter().find_map(|command| text.find(command))?;
    let rest = &text[at..];
    let end = rest.find(['.', '!', '?']).unwrap_or(rest.len());
    let sentence = &rest[..end];
    let found = EXPLAINING.iter().filter_map(|words| Some((sentence.find(words)?, words.len())));
    let (offset, len) = found.min()?;
    let start = text[..at].rfind(['.', '!', '?', '\n']).map_or(0, |stop| stop + 1);
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let close = at + offset + len;
    let close = text[close..]
        .find(|c: char| !c.is_alphanumeric() && c != ' ')
        .map_or(text.len(), |more| close + more);
    Some((start, close))
}
