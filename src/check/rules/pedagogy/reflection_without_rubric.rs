//! `pedagogy/reflection-without-rubric`.

use super::reading::{Question, for_each_page};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/reflection-without-rubric",
    severity: Severity::Warning,
    what: "A question without one right answer does not say how an answer is judged.",
    why: "A model answer shows one way to think. Only a rubric lets a learner, or a machine, judge another way.",
    fix: "Write a `:::rubric` into the question: one line for each thing that a good answer does.",
    source: "platform-vision.md, Platform Assessment Layer",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix!(),
            ":::question{#needed kind=«reflection»}\nHow would you find out whether the work was needed?\n\n:::answer\nAsk those who read the feed.\n:::\n:::\n\n",
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix!(),
            ":::question{#sketch kind=«design»}\nSketch an app that does this work elsewhere.\n:::\n\n",
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix!(),
            ":::question{#needed kind=reflection}\nHow would you find out whether the work was needed?\n\n:::rubric\n| | Weak | Strong |\n|---|---|---|\n| Whom to ask | nobody | those who read the feed |\n:::\n\n:::answer\nAsk those who read the feed.\n:::\n:::\n\n",
            after_fix!()
        ),
        Example::files(&[
            (
                "content/scenarios/first/scenario.md",
                concat!(
                    until_fix!(),
                    fix!(),
                    ":::question{#next kind=reflection planted=more}\nWhat if the work is needed?\n:::\n\n",
                    after_fix!()
                ),
            ),
            (
                "content/scenarios/first/scenario.yml",
                "…\nbridge: {plants: [{id: more, asks: What if the work is needed?}]}\n",
            ),
        ]),
    ],
};

/// Looks at every page: an exercise's, a tutorial's, a challenge's.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_page(checked, |reading| {
        for question in reading.questions().filter(|question| is_open(question) && !has_rubric(question)) {
            let message = format!("this {} question has no rubric", question.kind());
            let finding = Diagnostic::new(&SPEC, question.kind_span(), message);
            sink.push(
                finding.help("add `:::rubric`, lines such as `- names a cost of the choice`, and `:::`"),
            );
        }
    });
}

fn is_open(question: &Question<'_>) -> bool {
    matches!(question.kind(), "reflection" | "design") && !question.is_planted()
}

fn has_rubric(question: &Question<'_>) -> bool {
    let judges = |kind: &BlockKind| matches!(kind, BlockKind::List(_) | BlockKind::Table(_));
    question.part("rubric").is_some_and(|rubric| rubric.children.iter().any(|block| judges(&block.kind)))
}
