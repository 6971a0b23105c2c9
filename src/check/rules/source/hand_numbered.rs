//! `source/hand-numbered`: numbers of scenarios, steps, questions, fixes, figures and options are
//! computed (format.md, "Ids and numbers").

mod find;
mod target;

use crate::check::prose::{Place, Prose, prose_of_manifest, prose_of_page, words_of_picture};
use crate::check::{Checked, Page};
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;

use find::{Hit, Kind, find_numbers, nouns_of};
use target::reference_to;

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/hand-numbered",
    severity: Severity::Warning,
    what: "A number that is computed was typed by hand.",
    why: "It is wrong as soon as a scenario moves or a question is added, and nothing notices.",
    fix: "Write a reference with empty text, which is filled in: `[](scenario:id)`, `[](step:id)`, `[](question:id)`, `[](fix:id)`.",
    source: "format.md, Ids and numbers",
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nCompare it with what you saw in «Step 1».\n",
        )]),
        Example::file(&[("content/scenarios/first/scenario.md", "…\n\nWas your answer to «Q1» right?\n")]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "You need this for «Scenario 1» and for all that follow.\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - id: busy-loop\n    name: busy loop\n    summary: What you meet in «Scenario 1».\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/seed.js",
            "// The posts of «Scenario 1».\nconst POSTS = 500;\n",
        )]),
    ],
    params: &[],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nCompare it with what you saw in [](step:measure). It is `Step 1` of every Scenario-based course, and in step 2 of the handshake nothing is sent. Sales grew in Q3 2025.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "You need this for [](scenario:first) and for all that follow.\n",
        )]),
    ],
};

/// Looks at pages, manifests, pictures and the learner's files.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let nouns = nouns_of(checked.course);
    for page in checked.pages {
        for prose in prose_of_page(checked, page).iter() {
            check_prose(checked, prose, Some(page), &nouns, sink);
        }
    }
    for file in checked.sources_with("yml") {
        let path = checked.files.path(file);
        let is_manifest = path.components().count() <= 3 || path.file_name() == Some("scenario.yml");
        if is_manifest || path.starts_with("content/tutorials") {
            for prose in prose_of_manifest(checked, file).iter() {
                check_prose(checked, prose, None, &nouns, sink);
            }
        }
    }
    check_drawn(checked, &nouns, sink);
    check_learners_files(checked, &nouns, sink);
}

fn check_prose(checked: &Checked<'_>, prose: &Prose, page: Option<&Page>, nouns: &[String], sink: &Sink) {
    let text = checked.files.slice(prose.span);
    for hit in find_numbers(text, nouns) {
        if prose.is_passed_over(hit.range.start) {
            continue;
        }
        let span = prose.span.sub(hit.range.start, hit.range.end);
        let words = &text[hit.range.clone()];
        if prose.place == Place::Heading && hit.range.start == 0 {
            report(span, words, "leave it out: the number is put before a heading when it is printed", sink);
            continue;
        }
        let target = page.and_then(|page| reference_to(checked.course, page, &hit, text));
        let in_link = prose.linked().iter().any(|range| range.contains(&hit.range.start));
        let can_be_replaced = !in_link && matches!(prose.place, Place::Page | Place::Heading);
        match target {
            Some(target) if can_be_replaced => {
                let help = format!("write `{target}`: name and number are filled in");
                let finding = Diagnostic::new(&SPEC, span, message(words)).help(help);
                sink.push(finding.replace(Applicability::Safe, "write a reference", span, target));
            }
            _ if in_link => {
                report(span, words, "leave the text between the brackets empty: it is filled in", sink);
            }
            _ if prose.place == Place::Description => {
                report(span, words, "leave the number out, or move it to the caption as a reference", sink);
            }
            _ => report(span, words, &format!("write a reference: {}", hit.kind.example()), sink),
        }
    }
}

/// Words in pictures and in the learner's files cannot be references; only scenarios are looked
/// for there, since a picture or a program may count steps of its own.
fn check_drawn(checked: &Checked<'_>, nouns: &[String], sink: &Sink) {
    for file in checked.sources_with("svg") {
        for prose in words_of_picture(checked.files, file) {
            let text = checked.files.slice(prose.span);
            for hit in find_numbers(text, nouns).into_iter().filter(is_scenario) {
                if !prose.is_passed_over(hit.range.start) {
                    let span = prose.span.sub(hit.range.start, hit.range.end);
                    report(span, &text[hit.range], "leave the number out of the picture", sink);
                }
            }
        }
    }
}

fn check_learners_files(checked: &Checked<'_>, nouns: &[String], sink: &Sink) {
    for (file, entry) in checked.sources() {
        let mut parts = entry.path.components().map(|part| part.as_str()).skip(3);
        let is_learners = entry.path.starts_with("content/scenarios")
            && matches!(parts.next(), Some("app" | "solution"))
            && entry.path.extension() != Some("svg");
        let Some(text) = checked.files.text(file).ok().filter(|_| is_learners) else { continue };
        for hit in find_numbers(text, nouns).into_iter().filter(is_scenario) {
            let span = Span::new(file, hit.range.start, hit.range.end);
            report(
                span,
                &text[hit.range],
                "leave the number out: learners' files keep still when scenarios move",
                sink,
            );
        }
    }
}

fn is_scenario(hit: &Hit) -> bool {
    matches!(hit.kind, Kind::Scenario { .. })
}

fn report(span: Span, words: &str, help: &str, sink: &Sink) {
    sink.push(Diagnostic::new(&SPEC, span, message(words)).help(help));
}

fn message(words: &str) -> String {
    format!("`{words}` is numbered by hand")
}
