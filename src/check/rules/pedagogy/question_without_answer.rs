//! `pedagogy/question-without-answer`.

use super::reading::{Question, for_each_page};
use super::text::words;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::Directive;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/question-without-answer",
    severity: Severity::Error,
    what: "A question has no model answer.",
    why: "Whoever has answered it has nothing to compare with, and a wrong idea stays.",
    fix: "Write an `:::answer` into the question. For `kind=reflection` and `kind=design` a rubric is enough, and `planted=` leaves a question to the next scenario.",
    source: "format.md, Questions; platform-vision.md, Platform Assessment Layer",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix!(),
            "«:::question{#gone kind=comprehension}»\nWhich work is gone now?\n:::\n\n",
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix!(),
            ":::question{#gone kind=comprehension}\nWhich work is gone now?\n\n«:::answer»\n…\n:::\n:::\n\n",
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix!(),
            ":::question{#gone kind=reflection}\nWas the work needed?\n\n:::rubric\n- says how one would find out\n:::\n:::\n\n",
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix!(),
            ":::question{#gone kind=design}\nSketch an app that does this work elsewhere.\n\n:::rubric\n- says where the work is done\n:::\n:::\n\n",
            after_fix!()
        ),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n:::question{#which kind=choice}\nWhich of these is one?\n\n- [x] a shell\n- [ ] a spreadsheet\n\n:::answer{show=inline}\nThe shell.\n:::\n:::\n",
        )]),
    ],
};

/// Looks at every page: an exercise's, a tutorial's, a challenge's.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_page(checked, |reading| {
        for question in reading.questions().filter(|question| is_owed(question)) {
            let Some(place) = missing(checked, &question) else { continue };
            let finding = Diagnostic::new(&SPEC, place, "this question has no answer");
            sink.push(
                finding.help("add `:::answer`, what a good answer says, and `:::` inside the question"),
            );
        }
    });
}

/// What has no single right answer may be judged by a rubric alone; a tutorial's expected outcome
/// is an answer by another name.
fn is_owed(question: &Question<'_>) -> bool {
    let is_judged = question.kind() == "reflection" && question.part("rubric").is_some();
    question.kind() != "design" && !question.is_planted() && !is_judged && question.part("expect").is_none()
}

/// Where the answer is missing.
fn missing(checked: &Checked<'_>, question: &Question<'_>) -> Option<Span> {
    match question.part("answer") {
        None => Some(question.directive.opener),
        Some(answer) => is_empty(checked, answer).then_some(answer.opener),
    }
}

fn is_empty(checked: &Checked<'_>, answer: &Directive) -> bool {
    use crate::syntax::document::BlockKind::{Comment, Definition};
    let says = |block: &&crate::syntax::document::Block| !matches!(block.kind, Comment { .. } | Definition);
    // One that holds nothing at all is reported when the page is read.
    let shown: Vec<_> = answer.children.iter().filter(says).collect();
    !shown.is_empty() && shown.iter().all(|block| words(checked.files.slice(block.span)).is_empty())
}
