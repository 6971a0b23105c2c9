//! `pedagogy/no-reflection-question`.

use super::reading::exercise_pages;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/no-reflection-question",
    severity: Severity::Warning,
    what: "An exercise never asks its learner to weigh or to look back.",
    why: "Who only types a fix learns that one fix. Saying why it was right here, and where it would be wrong, is what carries over.",
    fix: "Add a question with `kind=reflection` and a rubric, best in a section with the role `.reflect`.",
    source: "platform-vision.md, Platform Assessment Layer, Tradeoffs Before Solutions Principle",
    params: &[],
    bad: &[page!(
        until_fix!(),
        fix_heading!(),
        ":::options\n",
        option_items!(),
        ":::question{#which-way kind=comprehension}\nWhich one takes the cause away?\n\n:::answer\nThe first takes away the work itself.\n:::\n:::\n:::\n\n",
        hints!(),
        change!(),
        after!(),
        "## «Compare» {.verify #compare}\n\n::results{#final stages=\"broken fast\" measures=\"success rps p50 p99\"}\n\n",
        learned!(),
        stuck!()
    )],
    good: &[page!(
        until_fix!(),
        fix_heading!(),
        ":::options\n",
        option_items!(),
        ":::question{#which-way kind=comprehension}\nWhich one takes the cause away?\n\n:::answer\nThe first takes away the work itself.\n:::\n:::\n:::\n\n",
        hints!(),
        change!(),
        after!(),
        verify!(),
        "## Think about it {.reflect #think}\n\n:::question{#needed kind=reflection}\nHow would you find out whether the work was needed?\n\n:::rubric\n- asks somebody who would know\n:::\n\n:::answer\nAsk those who read the feed.\n:::\n:::\n\n",
        learned!(),
        stuck!()
    )],
};

/// Sprinting asks nothing on the way.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked).filter(|page| page.scaffolding != Scaffolding::None) {
        if page.questions().any(|question| matches!(question.kind(), "reflection" | "design")) {
            continue;
        }
        let heading = page.heading_with(Role::Reflect, false).or_else(|| page.last_heading());
        let Some(heading) = heading else { continue };
        let finding =
            Diagnostic::new(&SPEC, heading, "no question asks the learner to weigh or to look back");
        sink.push(finding.help("add one with a rubric: `:::question{#think-further kind=reflection}`"));
    }
}
