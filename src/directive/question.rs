//! `question`: something the learner answers.

use super::answer;
use super::boxes::lower_box;
use super::context::{Lower, block};
use super::rich::rich_span;
use super::rubric::lower_rubric;
use super::section::lower_blocks;
use super::spec::{AttributeSpec, Decoded, DirectiveSpec, IdUse, ValueKind};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::STRUCTURE;
use crate::ir::{AnswerBox, Block, Choice, Node, Question};
use crate::source::Span;
use crate::syntax::document::{Block as Source, BlockKind, Body, Directive, DirectiveShape, List};

/// The kinds of questions.
pub const KINDS: &[&str] = &["prediction", "comprehension", "observation", "reflection", "choice", "design"];

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "question", body: Body::Required, parents: &[], children: None },
    summary: "A question that the learner answers in writing.",
    notes: "Questions are numbered through the page. A `choice` is a task list with `[x]` on the right ones; the marks are removed for learners. A `design` question has a rubric and no answer. `planted=id` leaves it open: the next scenario answers it.",
    id: IdUse::Required,
    attributes: &[
        AttributeSpec {
            name: "kind",
            value: ValueKind::Word(KINDS),
            required: true,
            doc: "what is asked of the learner",
        },
        AttributeSpec {
            name: "planted",
            value: ValueKind::Id,
            required: false,
            doc: "the open question of `bridge.plants` that it asks",
        },
        AttributeSpec { name: "was", value: ValueKind::Ids, required: false, doc: "ids it had before" },
    ],
    example: ":::question{#first-guess kind=prediction}\nWhat will happen?\n\n:::answer\nMost requests fail.\n:::\n:::\n",
};

/// A question with its answer, rubric and box.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let Some(id) = decoded.id.clone() else { return Vec::new() };
    let kind = decoded.text("kind").and_then(|kind| KINDS.iter().copied().find(|known| *known == kind));
    let kind = kind.unwrap_or("comprehension");
    let mut parts = Parts::default();
    for child in &directive.children {
        parts.take(lower, child, kind);
    }
    let number = lower
        .scenario()
        .and_then(|scenario| scenario.locals.questions.iter().find(|question| question.id == id.value))
        .map_or(0, |question| question.number);
    check(lower, directive, kind, &parts, &decoded);
    let question = Question {
        id: id.value,
        was: decoded.words("was").into_iter().map(|word| word.value).collect(),
        number,
        kind,
        prompt: lower_blocks(lower, &parts.prompt),
        answer_box: parts.answer_box.unwrap_or_else(|| free_box(kind)),
        answer: parts.answer,
        answer_inline: parts.inline,
        rubric: parts.rubric,
        planted: decoded.text("planted").map(str::to_owned),
        section: lower.state.borrow().section.clone(),
    };
    vec![block(span, Node::Question(Box::new(question)))]
}

#[derive(Default)]
struct Parts {
    prompt: Vec<Source>,
    answer: Vec<Block>,
    inline: bool,
    rubric: Option<crate::ir::Rubric>,
    answer_box: Option<AnswerBox>,
}

impl Parts {
    fn take(&mut self, lower: &Lower<'_>, child: &Source, kind: &str) {
        match &child.kind {
            BlockKind::Directive(inner) if inner.name.value == "answer" => {
                let decoded = lower.decode(&answer::SPEC, inner);
                self.inline = decoded.get("show").is_some();
                self.answer = lower_blocks(lower, &inner.children);
            }
            BlockKind::Directive(inner) if inner.name.value == "rubric" => {
                self.rubric = lower_rubric(lower, inner);
            }
            BlockKind::Directive(inner) if inner.name.value == "box" => {
                self.answer_box = lower_box(lower, inner);
            }
            BlockKind::List(list)
                if kind == "choice" && list.items.iter().any(|item| item.checked.is_some()) =>
            {
                self.answer_box = Some(choices(lower, child, list));
            }
            _ => self.prompt.push(child.clone()),
        }
    }
}

fn choices(lower: &Lower<'_>, child: &Source, list: &List) -> AnswerBox {
    let items = list.items.iter().map(|item| Choice {
        text: rich_span(lower, item.content, &child.links),
        right: item.checked == Some(true),
    });
    AnswerBox::Choices { items: items.collect() }
}

fn free_box(kind: &str) -> AnswerBox {
    let label = if kind == "prediction" { "Your guess:" } else { "Your answer:" };
    AnswerBox::Free { label: label.to_owned() }
}

fn check(lower: &Lower<'_>, directive: &Directive, kind: &str, parts: &Parts, decoded: &Decoded) {
    let report = |message: &str, help: &str| {
        lower.sink.push(Diagnostic::new(&STRUCTURE, directive.opener, message).help(help));
    };
    if parts.prompt.is_empty() && !directive.children.is_empty() {
        report("the question asks nothing", "write the question before its answer");
    }
    match (kind, &parts.answer_box) {
        ("choice", Some(AnswerBox::Choices { items })) if !items.iter().any(|choice| choice.right) => {
            report("no choice is marked as right", "write `- [x]` before each right choice");
        }
        ("choice", Some(AnswerBox::Choices { .. })) => {}
        ("choice", _) => {
            report("a `choice` question needs a task list", "write `- [ ]` and `- [x]` lines below it")
        }
        _ => {}
    }
    if kind == "design" && !parts.answer.is_empty() {
        report("a `design` question has no single answer", "replace the answer by a `rubric`");
    }
    let planted = decoded.get("planted");
    if let (Some(planted), Some(scenario)) = (planted, lower.scenario())
        && !scenario.bridge.plants.iter().any(|plant| plant.id == planted.value)
    {
        let names: Vec<&str> = scenario.bridge.plants.iter().map(|plant| plant.id.as_str()).collect();
        super::reference::report_unresolved(
            lower.sink,
            planted.span,
            "open question in `bridge.plants`",
            &planted.value,
            &names,
        );
    }
}
