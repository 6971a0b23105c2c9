//! `pedagogy/scaffolding-too-high`.

use super::fix_code::{FixCode, first_shown, fix_code, is_command, loose, opener, shows_fix};
use super::reading::{Event, ExercisePage, Kind, exercise_pages};
use super::text::{Code, plain_text, sentences, words};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;
use crate::source::Span;
use std::sync::Arc;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/scaffolding-too-high",
    severity: Severity::Error,
    what: "A page tells more than its tier may.",
    why: "Each tier leaves more to its learners. Whoever is told where the fault is never learns to find one.",
    fix: "Walking: leave place and diagnosis to the learner until the fix. Running: show no code of the fix. Sprinting: no hints and no commands either.",
    source: "platform-vision.md, Scaffolding Reduction Principle",
    params: &[],
    bad: &[
        page_in!(
            "medium",
            situation!(),
            concepts!(),
            observe!(),
            "## Look for evidence {.diagnose #look}\n\n«The culprit is the loop in `src/server.js`.»\n\n",
            whose_turn!(),
            fix_heading!(),
            which_way!(),
            "\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            situation!(),
            concepts!(),
            observe!(),
            "## Read the code {.understand #read}\n\nThis is the route that people wait for:\n\n«```js {file=src/server.js region=answer}»\n```\n\n",
            whose_turn!(),
            fix_heading!(),
            which_way!(),
            "\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            situation!(),
            concepts!(),
            observe!(),
            "## Read the code {.understand #read}\n\nEvery request is slow. «The reason for that is a busy loop.»\n\n",
            whose_turn!(),
            fix_heading!(),
            which_way!(),
            "\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "low",
            situation!(),
            concepts!(),
            observe!(),
            whose_turn!(),
            fix_heading!(),
            "Afterwards the route looks like this:\n\n«```js {file=src/server.js region=answer}»\n```\n\n",
            hints!(),
            change!(),
            after!(),
            verify!(),
            which_way!(),
            "\n",
            learned!(),
            stuck!()
        ),
        page_in!(
            "none",
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n",
            whose_turn!(),
            fix_heading!(),
            "«:::hint»\nWhich part of the route does not depend on the database?\n:::\n\n::change{file=src/server.js region=answer}\n\n",
            after!(),
            after_fix!()
        ),
        page_in!(
            "none",
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n«```bash {in=app}»\ncurl -s localhost:3000/feed\n```\n\n",
            whose_turn!(),
            fix_heading!(),
            "::change{file=src/server.js region=answer}\n\n",
            after!(),
            after_fix!()
        ),
    ],
    good: &[
        page_in!(
            "medium",
            situation!(),
            concepts!(),
            observe!(),
            "## Read the code {.understand #read}\n\nOpen `src/server.js`. Is the cause in the database, or in a busy loop of the app? Find out whether the problem is in `src/server.js` at all. The code ends like this:\n\n```js {file=src/server.js}\n```\n\n",
            whose_turn!(),
            fix_heading!(),
            which_way!(),
            "\n",
            hints!(),
            "The cause is a busy loop in `src/server.js`.\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "low",
            situation!(),
            concepts!(),
            observe!(),
            "## Look {.diagnose #look}\n\n```bash {in=app}\ncurl -s localhost:3000/feed\n```\n\n```js {file=src/server.js region=answer}\n```\n\n",
            whose_turn!(),
            fix_heading!(),
            hints!(),
            change!(),
            after!(),
            verify!(),
            which_way!(),
            "\n",
            learned!(),
            stuck!()
        ),
        page_in!(
            "none",
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n",
            whose_turn!(),
            fix_heading!(),
            "::change{file=src/server.js region=answer}\n\n",
            after!(),
            verify!(),
            learned!()
        ),
    ],
};

/// Given options are seen to by `pedagogy/fix-before-tradeoff`.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        match page.scaffolding {
            Scaffolding::High => {}
            Scaffolding::Medium => check_walking(checked, &page, sink),
            Scaffolding::Low => check_fix_code(checked, &page, sink),
            Scaffolding::None => {
                check_fix_code(checked, &page, sink);
                check_sprinting(checked, &page, sink);
            }
        }
    }
}

fn codes(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Vec<Arc<FixCode>> {
    (0..page.written.fixes.len()).map(|fix| fix_code(checked, page.written, fix)).collect()
}

/// Code of a fix in a fence. A `change` is printed without code in these tiers.
fn check_fix_code(checked: &Checked<'_>, page: &ExercisePage<'_>, sink: &Sink) {
    let codes = codes(checked, page);
    for event in
        page.events.iter().filter(|event| matches!(event.kind, Kind::Fence { .. }) && !event.part.hidden)
    {
        let shows = |(fix, code): (usize, &Arc<FixCode>)| shows_fix(checked, page.written, fix, code, event);
        if codes.iter().enumerate().any(shows) {
            let finding = Diagnostic::new(&SPEC, opener(checked, event), "this shows the code of the fix");
            sink.push(finding.help("remove it: in this tier learners write the fix from what they know"));
        }
    }
}

fn check_sprinting(checked: &Checked<'_>, page: &ExercisePage<'_>, sink: &Sink) {
    let codes = codes(checked, page);
    for event in page.events.iter().filter(|event| !event.part.hidden) {
        let (place, message) = match event.kind {
            Kind::Hint(directive) => (directive.opener, "a hint stands in a tier that gives none"),
            Kind::Change(directive) if !directive.children.is_empty() => {
                (directive.opener, "this explains the fix to a learner who should find it")
            }
            Kind::Fence { language, attributes, .. } => {
                let is_typed = is_command(language) && attributes.get("output").is_none();
                let is_fix = codes
                    .iter()
                    .enumerate()
                    .any(|(fix, code)| shows_fix(checked, page.written, fix, code, event));
                let is_step = event.role.is_some_and(Role::is_step);
                if !is_typed || is_fix || !is_step {
                    continue;
                }
                (opener(checked, event), "a command is handed to a learner who should know what to type")
            }
            _ => continue,
        };
        sink.push(
            Diagnostic::new(&SPEC, place, message).help("remove it, or move the scenario to an earlier tier"),
        );
    }
}

fn check_walking(checked: &Checked<'_>, page: &ExercisePage<'_>, sink: &Sink) {
    let shown =
        (0..page.written.fixes.len()).filter_map(|fix| first_shown(checked, page.written, fix, page)).min();
    let first_fix = page.events.iter().position(|event| event.fix.is_some());
    let Some(end) = first_fix.or(shown) else { return };
    let names = Names::of(checked, page);
    for event in &page.events[..end] {
        let is_told = !matches!(event.role, Some(Role::Recap | Role::Concepts))
            && !event.part.hidden
            && !event.part.hint
            && event.part.question.is_none();
        if !is_told {
            continue;
        }
        match event.kind {
            Kind::Fence { attributes, .. } => {
                let file = attributes.get("file").map(|file| file.value.as_str());
                let region = attributes.get("region").map(|region| region.value.as_str());
                if file.is_some() && names.changed.contains(&(file, region)) && region.is_some() {
                    let message = "this shows the very lines that have to be changed";
                    let finding = Diagnostic::new(&SPEC, opener(checked, event), message);
                    sink.push(finding.help("quote more of the file, or let the learner find the place"));
                }
            }
            Kind::Prose => {
                if let Some(place) = diagnosis(checked, event, &names) {
                    let finding =
                        Diagnostic::new(&SPEC, place, "this names the fault before the learner has found it");
                    sink.push(finding.help(
                        "say what is seen and which tool shows more; move this below the fix's heading",
                    ));
                }
            }
            _ => {}
        }
    }
}

/// What gives the fault of a page away.
struct Names<'a> {
    /// Files and regions that changes show.
    changed: Vec<(Option<&'a str>, Option<&'a str>)>,
    /// Terms of the concepts that the scenario introduces, lower case.
    concepts: Vec<String>,
    /// The names of files that a fix changes, and words of the lines that become different.
    code: Vec<String>,
}

impl<'a> Names<'a> {
    fn of(checked: &Checked<'_>, page: &ExercisePage<'a>) -> Self {
        let changed: Vec<_> = page
            .events
            .iter()
            .filter_map(|event| match event.kind {
                Kind::Change(directive) => {
                    let value = |key: &str| directive.attributes.get(key).map(|value| value.value.as_str());
                    Some((value("file"), value("region")))
                }
                _ => None,
            })
            .collect();
        let concepts = page.scenario.introduces.iter().filter_map(|at| checked.course.concepts.get(*at));
        let terms = concepts.flat_map(|concept| concept.terms.iter().chain([&concept.name]).cloned());
        let mut code: Vec<String> = changed.iter().filter_map(|(file, _)| file.map(loose)).collect();
        for fix in codes(checked, page) {
            code.extend(
                fix.statements.iter().chain(&fix.added).chain(&fix.removed).map(|piece| loose(piece)),
            );
        }
        Self { changed, concepts: terms.map(|term| term.to_lowercase()).collect(), code }
    }
}

/// Phrases that say why something happens.
const CAUSES: [&str; 17] = [
    "the cause is",
    "the cause of this is",
    "the cause lies",
    "root cause",
    "caused by",
    "culprit",
    "the problem is",
    "the reason is",
    "the reason for",
    "the bug is",
    "the fault is",
    "the bottleneck is",
    "is to blame",
    "is missing",
    "is slow because",
    "are slow because",
    "happens because",
];

/// Words that leave a cause open.
const OPEN: [&str; 8] = ["whether", "if", "suppose", "perhaps", "might", "may", "could", "not"];

/// A sentence that names the cause together with its place or its concept.
fn diagnosis(checked: &Checked<'_>, event: &Event<'_>, names: &Names<'_>) -> Option<Span> {
    let text = plain_text(checked.files, event.block, Code::Kept);
    let source = checked.files.slice(event.block.span);
    sentences(&text).into_iter().find_map(|at| {
        let sentence = text[at.clone()].to_lowercase();
        let is_open =
            sentence.ends_with('?') || words(&sentence).iter().any(|word| OPEN.contains(&word.text.as_ref()));
        let has_cause = CAUSES.iter().any(|cause| sentence.contains(cause));
        let names_line = sentence.contains(" line ")
            && words(&sentence).windows(2).any(|pair| {
                matches!(pair[0].text.as_ref(), "line" | "lines")
                    && pair[1].text.bytes().all(|byte| byte.is_ascii_digit())
            });
        let is_named = names.concepts.iter().any(|term| sentence.contains(term.as_str()))
            || source.get(at.clone()).is_some_and(|written| names_code(written, names));
        (!is_open && is_named && (has_cause || names_line)).then(|| event.block.span.sub(at.start, at.end))
    })
}

/// Whether code between backticks belongs to what the fix changes.
fn names_code(written: &str, names: &Names<'_>) -> bool {
    written.split('`').skip(1).step_by(2).any(|piece| {
        let piece = loose(piece);
        !piece.is_empty() && names.code.iter().any(|line| super::fix_code::holds(line, &piece))
    })
}
