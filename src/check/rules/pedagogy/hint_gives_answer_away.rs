//! `pedagogy/hint-gives-answer-away`.

use std::collections::BTreeSet;

use super::fix_code::{FixCode, fix_code, holds, loose};
use super::hint_group::{HintText, hint_groups};
use super::reading::{ExercisePage, Kind, exercise_pages};
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
        Param { name: "run", default: 7.0, doc: "how many words in a row a hint may share with an answer, at most" },
        Param { name: "names", default: 0.6, doc: "the share of a statement's words from which on a hint is the statement" },
        Param { name: "overlap", default: 0.8, doc: "the share of a hint's words that may come from the answers and the code of its fix" },
    ],
    bad: &[
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            "«:::hint»\nThe first takes away the work itself, doesn't it?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            "«:::hint»\nLook for `for (let i = 0; i < 1e9; i++);` and do without it.\n:::\n\n",
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
/// that stand below the same heading.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let limits = Limits {
        run: checked.settings.number(&SPEC, "run"),
        names: checked.settings.number(&SPEC, "names"),
        overlap: checked.settings.number(&SPEC, "overlap"),
    };
    for page in exercise_pages(checked) {
        for group in hint_groups(checked, &page) {
            for fix in &group.fixes {
                let code = fix_code(checked, page.written, *fix);
                let kept = kept_apart(checked, &page, *fix);
                for hint in &group.hints {
                    report(hint, &code, &kept, &limits, sink);
                }
            }
        }
    }
}

struct Limits {
    run: f64,
    names: f64,
    overlap: f64,
}

/// A text that a learner sees only afterwards.
struct KeptApart {
    span: Span,
    words: String,
    stems: BTreeSet<String>,
    what: &'static str,
}

fn report(hint: &HintText, code: &FixCode, kept: &[KeptApart], limits: &Limits, sink: &Sink) {
    let help = "point to the place or ask for what is needed; leave the last step to the learner";
    if let Some(piece) = hint.code.iter().find(|piece| code.is_solution(piece, limits.names)) {
        let message = format!("`{}` is the solution itself", piece.trim().replace('`', ""));
        sink.push(Diagnostic::new(&SPEC, hint.opener, message.replace('\n', " ")).help(help));
    } else if let Some(source) = kept.iter().find(|source| says_the_same(hint, source, code, limits)) {
        let message = format!("this hint says what the {} says", source.what);
        sink.push(Diagnostic::new(&SPEC, hint.opener, message).also(source.span, "here").help(help));
    }
}

#[expect(clippy::cast_precision_loss, reason = "hints are short")]
fn says_the_same(hint: &HintText, source: &KeptApart, code: &FixCode, limits: &Limits) -> bool {
    let words = loose(&hint.text);
    let words: Vec<&str> = words.split(' ').collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    let run = limits.run.max(1.0) as usize;
    if words.windows(run).any(|window| holds(&source.words, &window.join(" "))) {
        return true;
    }
    // A question leads; only a statement can tell.
    let own: BTreeSet<&str> = hint.stems.iter().map(String::as_str).collect();
    if own.len() < 5 || hint.text.contains('?') {
        return false;
    }
    let in_code = |stem: &str| code.added.iter().chain(&code.removed).any(|line| holds(&loose(line), stem));
    let known = own.iter().filter(|stem| source.stems.contains(**stem) || in_code(stem)).count();
    known as f64 >= limits.overlap * own.len() as f64
}

/// The answers, and the explanations of changes, below a fix's heading.
fn kept_apart(checked: &Checked<'_>, page: &ExercisePage<'_>, fix: usize) -> Vec<KeptApart> {
    let mut found = Vec::new();
    for event in page.events.iter().filter(|event| event.fix == Some(fix)) {
        match event.kind {
            Kind::Question(directive) => {
                let answers = directive.children.iter().filter_map(|block| match &block.kind {
                    BlockKind::Directive(inner) if inner.name.value == "answer" => Some(inner),
                    _ => None,
                });
                found.extend(answers.map(|answer| of_directive(checked, answer, "answer")));
            }
            Kind::Change(directive) => found.push(of_directive(checked, directive, "explanation of the change")),
            _ => {}
        }
    }
    found
}

fn of_directive(checked: &Checked<'_>, directive: &Directive, what: &'static str) -> KeptApart {
    let is_text = |block: &&Block| matches!(block.kind, BlockKind::Prose { .. } | BlockKind::List(_));
    let texts: Vec<String> =
        directive.children.iter().filter(is_text).map(|block| plain_text(checked.files, block, Code::Kept)).collect();
    let text = texts.join("\n");
    KeptApart {
        span: directive.opener,
        words: loose(&text),
        stems: content_stems(&text).into_iter().collect(),
        what,
    }
}
