//! `pedagogy/hints-not-rising`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fix_code::{FixCode, fix_code, loose};
use super::hint_group::{HintGroup, HintText, hint_groups};
use super::reading::exercise_pages;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Param, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/hints-not-rising",
    severity: Severity::Warning,
    what: "A later hint tells less than one before it.",
    why: "Whoever opens the next hint needs more than the last one gave. And if the first one tells most, the others spoil nothing and help nobody.",
    fix: "Order hints from a place to look at, over what is wrong there, to what a change would have to do; drop one that repeats another.",
    source: "docs/format-reference.md, hint; platform-vision.md, How Each Scenario Works",
    params: &[
        Param {
            name: "overlap",
            default: 0.8,
            doc: "the share of a hint's words from which on it repeats the hints before it",
        },
        Param {
            name: "drop",
            default: 2.0,
            doc: "how many words of the fix's code a later hint may name less than one before it, at most",
        },
    ],
    bad: &[
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nWhich part of the route does not depend on the database?\n:::\n\n:::hint\n«Which part of the route depends on no database?»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nSomething happens in a `for` line with `i++` before the answer is sent. Is it needed?\n:::\n\n:::hint\n«Which part of the route does not depend on the database?»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            hints!(),
            ":::hint\n«Please look at the route again.»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        // The first tells more than both that follow.
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\n«Something happens in a `for` line with `i++` before the answer is sent. Is it needed?»\n:::\n\n:::hint\nWhich part of the route does not depend on the database?\n:::\n\n:::hint\nWho counts there, and for whom?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nLook at `GET /feed` in `src/server.js`. Which part of the route does not depend on the database?\n:::\n\n:::hint\nWho counts there, and for whom?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            "## Weigh it {.diagnose #weigh}\n\n:::hint\nSomething happens in a `for` line with `i++` before the answer is sent. Is it needed?\n:::\n\nThen compare.\n\n",
            fix_heading!(),
            options!(),
            ":::hint\nWhich part of the route does not depend on the database?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
    ],
};

/// The share of a statement's names from which on a hint is the statement.
const SOLUTION: f64 = 0.6;

/// Words that ask to look once more.
const FILLERS: [&str; 16] = [
    "look",
    "look",
    "again",
    "close",
    "closely",
    "think",
    "hint",
    "please",
    "try",
    "read",
    "check",
    "careful",
    "carefully",
    "see",
    "remember",
    "once",
];

/// Compares the hints between two headings. How much a hint tells is counted in words of the
/// fix's own code; elsewhere only repetition is found.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let overlap = checked.settings.number(&SPEC, "overlap");
    let drop = checked.settings.number(&SPEC, "drop");
    for page in exercise_pages(checked) {
        for group in hint_groups(checked, &page) {
            let codes: Vec<Arc<FixCode>> =
                group.fixes.iter().map(|fix| fix_code(checked, page.written, *fix)).collect();
            check_group(&group, &codes, overlap, drop, sink);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "hints are short")]
fn check_group(group: &HintGroup, codes: &[Arc<FixCode>], overlap: f64, drop: f64, sink: &Sink) {
    let code = code_words(codes);
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut most: Option<(usize, &HintText)> = None;
    // The hints that tell less than one before them, each with that one.
    let mut lesser: Vec<(&HintText, &HintText)> = Vec::new();
    for hint in &group.hints {
        let told = told(hint, &code);
        let own: BTreeSet<&str> =
            hint.stems.iter().map(String::as_str).filter(|stem| !FILLERS.contains(stem)).collect();
        let repeated = own.iter().filter(|stem| known.contains(*stem)).count() as f64;
        if let Some((before, earlier)) = most {
            if repeated >= overlap * own.len() as f64 && told <= before {
                let message = "this hint says nothing that the hints before it have not said";
                let finding =
                    Diagnostic::new(&SPEC, hint.place, message).also(earlier.place, "this one tells more");
                sink.push(finding.help("make it say more, or remove it"));
            } else if told as f64 + drop <= before as f64 {
                lesser.push((hint, earlier));
            }
        }
        known.extend(&own);
        // A hint that is the solution is a fault of its own, and no measure for others.
        let is_solution =
            |code: &Arc<FixCode>| hint.code.iter().any(|(piece, _)| code.is_solution(piece, SOLUTION));
        if codes.iter().any(is_solution) {
            continue;
        }
        if most.is_none_or(|(before, _)| told > before) {
            most = Some((told, hint));
        }
    }
    report_order(&lesser, sink);
}

/// Of one hint that tells less, the place is that hint; if several do, the one before them comes too
/// early.
fn report_order(lesser: &[(&HintText, &HintText)], sink: &Sink) {
    for same in lesser.chunk_by(|(_, one), (_, other)| one.place == other.place) {
        let finding = match same {
            [(hint, earlier)] => {
                Diagnostic::new(&SPEC, hint.place, "this hint tells less than one before it")
                    .also(earlier.place, "this one tells more")
                    .help("move it above the other, make it say more, or remove it")
            }
            [(_, earlier), ..] => {
                let message = format!("this hint tells more than {} that come after it", same.len());
                let finding = Diagnostic::new(&SPEC, earlier.place, message);
                let finding = same
                    .iter()
                    .fold(finding, |finding, (hint, _)| finding.also(hint.place, "this one tells less"));
                finding.help("move it below the others, or make it say less")
            }
            [] => continue,
        };
        sink.push(finding);
    }
}

/// The words of what becomes different.
fn code_words(codes: &[Arc<FixCode>]) -> BTreeSet<String> {
    let pieces = codes.iter().flat_map(|code| code.statements.iter().chain(&code.added).chain(&code.removed));
    pieces.flat_map(|piece| loose(piece).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// How many words of the fix's code a hint names as code. A path or a route is no part of it
/// unless all its words are.
fn told(hint: &HintText, code: &BTreeSet<String>) -> usize {
    let mut named = BTreeSet::new();
    for (piece, _) in &hint.code {
        let words: Vec<String> =
            loose(piece).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let known: Vec<&String> = words.iter().filter(|word| code.contains(*word)).collect();
        if !known.is_empty() && known.len() * 2 >= words.len() {
            named.extend(known.into_iter().cloned());
        }
    }
    named.len()
}
