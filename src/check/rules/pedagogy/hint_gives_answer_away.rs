//! `pedagogy/hint-gives-answer-away`.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::fix_code::{FixCode, fix_code, loose};
use super::hint_group::{HintText, hint_groups};
use super::reading::{Event, ExercisePage, Kind, exercise_pages};
use super::text::{Code, content_stems, plain_text};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Param, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::{Block, BlockKind, Directive};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/hint-gives-answer-away",
    severity: Severity::Warning,
    what: "A hint says what the answer or the solution says.",
    why: "A hint that is the answer takes the last step away from the learner, and the last step is the one that is learned.",
    fix: "Point to the place, ask for the property that is needed, or show the form of a statement without its names.",
    source: "platform-vision.md, How Each Scenario Works",
    params: &[
        Param {
            name: "run",
            default: 7.0,
            doc: "how many words in a row a hint may share with an answer, at most",
        },
        Param {
            name: "names",
            default: 0.6,
            doc: "the share of a statement's words from which on a hint is the statement",
        },
        Param {
            name: "overlap",
            default: 0.8,
            doc: "the share of a hint's words that may come from the answers and the code of its fix",
        },
    ],
    bad: &[
        page!(
            situation!(),
            concepts!(),
            observe!(),
            understand!(),
            ":::hint\n«Every other request waits, because the app runs on one thread.»\n:::\n\n",
            fix!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\n«The first takes away the work itself, doesn't it?»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nLook for `«for (let i = 0; i < 1e9; i++);»` and do without it.\n:::\n\n",
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
            ":::hint\nDoes `res.json(posts.rows);` have to wait for what stands before it?\n:::\n\n:::hint\nThe answer needs the rows and nothing else. Which line of `src/server.js` uses neither `posts` nor `res`?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nAn index is made with `CREATE INDEX name ON table (column);`, but would one help here?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
    ],
};

/// Compares each hint with the code of its fix, the explanation of its changes, and the answers
/// that stand below the same heading; elsewhere, with the answers of its section.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    let limits = Limits {
        run: checked.settings.number(&SPEC, "run").max(1.0) as usize,
        names: checked.settings.number(&SPEC, "names"),
        overlap: checked.settings.number(&SPEC, "overlap"),
    };
    for page in exercise_pages(checked) {
        for group in hint_groups(checked, &page) {
            let fixes =
                group.fixes.iter().map(|fix| Some(*fix)).chain(group.fixes.is_empty().then_some(None));
            for fix in fixes {
                let code = fix.map(|fix| fix_code(checked, page.written, fix)).unwrap_or_default();
                let own = Own::of(checked, &page, fix, group.section, code, limits.run);
                group.hints.iter().for_each(|hint| report(hint, &own, &limits, sink));
            }
        }
    }
}

struct Limits {
    run: usize,
    names: f64,
    overlap: f64,
}

/// What the hints of a fix, or of a section without one, must not say.
struct Own {
    code: Arc<FixCode>,
    /// The words of the lines that become different.
    code_words: HashSet<String>,
    kept: Vec<KeptApart>,
}

impl Own {
    fn of(
        checked: &Checked<'_>,
        page: &ExercisePage<'_>,
        fix: Option<usize>,
        section: usize,
        code: Arc<FixCode>,
        run: usize,
    ) -> Self {
        let lines = code.added.iter().chain(&code.removed);
        let code_words =
            lines.flat_map(|line| loose(line).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        let is_own =
            |event: &&Event<'_>| if fix.is_some() { event.fix == fix } else { event.section == section };
        let mut kept = Vec::new();
        for event in page.events.iter().filter(is_own) {
            match event.kind {
                Kind::Question(directive) => {
                    let answers = directive.children.iter().filter_map(|block| match &block.kind {
                        BlockKind::Directive(inner) if inner.name.value == "answer" => Some(inner),
                        _ => None,
                    });
                    kept.extend(answers.map(|answer| KeptApart::of(checked, answer, "answer", run)));
                }
                Kind::Change(directive) => {
                    kept.push(KeptApart::of(checked, directive, "explanation of the change", run));
                }
                _ => {}
            }
        }
        Self { code, code_words, kept }
    }
}

/// A text that a learner sees only afterwards.
struct KeptApart {
    span: Span,
    /// Its runs of words.
    runs: HashSet<String>,
    stems: BTreeSet<String>,
    what: &'static str,
}

impl KeptApart {
    fn of(checked: &Checked<'_>, directive: &Directive, what: &'static str, run: usize) -> Self {
        let is_text = |block: &&Block| matches!(block.kind, BlockKind::Prose { .. } | BlockKind::List(_));
        let shown = directive.children.iter().filter(is_text);
        let texts: Vec<String> = shown.map(|block| plain_text(checked.files, block, Code::Kept)).collect();
        let text = texts.join("\n");
        Self {
            span: directive.opener,
            runs: runs(&text, run).into_iter().collect(),
            stems: content_stems(&text).into_iter().collect(),
            what,
        }
    }
}

/// The runs of so many words of a text.
fn runs(text: &str, len: usize) -> Vec<String> {
    let words = loose(text);
    let words: Vec<&str> = words.split(' ').collect();
    words.windows(len).map(|window| window.join(" ")).collect()
}

fn report(hint: &HintText, own: &Own, limits: &Limits, sink: &Sink) {
    let help = "point to the place or ask for what is needed; leave the last step to the learner";
    if let Some((piece, place)) =
        hint.code.iter().find(|(piece, _)| own.code.is_solution(piece, limits.names))
    {
        let message = format!("`{}` is the solution itself", piece.trim().replace(['`', '\n'], " "));
        let shown = place.sub(piece.len() - piece.trim_start().len(), piece.trim_end().len());
        sink.push(Diagnostic::new(&SPEC, shown, message).help(help));
    } else if let Some(source) = own.kept.iter().find(|source| says_the_same(hint, source, own, limits)) {
        let message = format!("this hint says what the {} says", source.what);
        sink.push(Diagnostic::new(&SPEC, hint.place, message).also(source.span, "here").help(help));
    }
}

#[expect(clippy::cast_precision_loss, reason = "hints are short")]
fn says_the_same(hint: &HintText, source: &KeptApart, own: &Own, limits: &Limits) -> bool {
    if runs(&hint.text, limits.run).iter().any(|run| source.runs.contains(run)) {
        return true;
    }
    // A question leads; only a statement can tell.
    let stems: BTreeSet<&str> = hint.stems.iter().map(String::as_str).collect();
    if stems.len() < 5 || hint.text.contains('?') {
        return false;
    }
    let known =
        stems.iter().filter(|stem| source.stems.contains(**stem) || own.code_words.contains(**stem)).count();
    known as f64 >= limits.overlap * stems.len() as f64
}
