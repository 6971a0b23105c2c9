//! ANSWERS.md: what SCENARIO.md asks, answered.

use super::block::{join, print_blocks};
use super::context::{GfmContext, Page};
use super::escape::escape_text;
use super::question::{print_choices, print_prompt, print_rubric};
use super::reference::print_inline_line;
use super::scenario::{heading_title, with_definitions};
use crate::emit::print::words;
use crate::ir::{AnswerBox, Block, Node, Output, Question, RichText};
use crate::model::{Course, Viewpoint, label};

/// The whole of a scenario's ANSWERS.md; empty when there is nothing to answer.
#[must_use]
pub fn print_answers(course: &Course, scenario: usize, drafts: bool) -> String {
    let cx = GfmContext::new(course, Page::Answers(scenario), drafts);
    let blocks: &[Block] = course.scenarios[scenario].written.as_ref().map_or(&[], |written| &written.blocks);
    if !has_answers(blocks) {
        return String::new();
    }
    let mut out = vec![
        format!("# Answers to {}", heading_title(course, scenario)),
        words::ANSWERS_INTRODUCTION.to_owned(),
    ];
    let mut section: Option<&(String, RichText)> = None;
    for question in answered_questions(blocks) {
        if question.section.as_ref() != section {
            section = question.section.as_ref();
            out.extend(section.map(|(prefix, text)| format!("## {prefix}{}", print_inline_line(text, &cx))));
        }
        out.extend(print_answer(question, scenario, &cx));
    }
    with_definitions(join(out), course.scenarios[scenario].definitions()) + "\n"
}

/// Whether there is anything to put into ANSWERS.md.
pub(super) fn has_answers(blocks: &[Block]) -> bool {
    !answered_questions(blocks).is_empty()
}

/// The questions that ANSWERS.md answers, in document order. An answer that stands openly below
/// its question is not repeated.
#[must_use]
pub fn answered_questions(blocks: &[Block]) -> Vec<&Question> {
    let mut found = Vec::new();
    collect(blocks, &mut found);
    found
}

fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Question>) {
    for block in blocks {
        match &block.node {
            Node::Question(question) => {
                let shown_already = question.answer_inline && question.rubric.is_none();
                let has_choices = matches!(question.answer_box, AnswerBox::Choices { .. });
                let answered = !question.answer.is_empty() || question.rubric.is_some() || has_choices;
                if !shown_already && (answered || question.planted.is_some()) {
                    found.push(question);
                }
            }
            Node::Options(options) => collect(&options.body, found),
            Node::Disclosure(disclosure) => collect(&disclosure.body, found),
            Node::Change(change) => collect(&change.body, found),
            Node::Quote(quote) => collect(&quote.body, found),
            Node::Only { output: Output::Monorepo, body } => collect(body, found),
            Node::Only { output: Output::Site, .. }
            | Node::Heading(_)
            | Node::Prose(_)
            | Node::Figure(_)
            | Node::Code(_)
            | Node::Table(_)
            | Node::Files(_)
            | Node::Rubric(_) => {}
        }
    }
}

fn print_answer(question: &Question, scenario: usize, cx: &GfmContext<'_>) -> Vec<String> {
    let mut blocks: Vec<String> = print_prompt(question, cx).into_iter().take(1).collect();
    if let AnswerBox::Choices { items } = &question.answer_box {
        blocks.push(print_choices(items, true, cx));
    }
    if !question.answer_inline {
        blocks.extend(print_blocks(&question.answer, cx));
    }
    blocks.extend(question.rubric.as_ref().map(|rubric| print_rubric(rubric, cx)));
    if let Some(planted) = &question.planted
        && question.answer.is_empty()
    {
        blocks.push(words::taken_up(taker(cx.course, scenario, planted).as_deref()));
    }
    blocks
}

/// The name of the scenario that takes up a question.
fn taker(course: &Course, scenario: usize, planted: &str) -> Option<String> {
    let takes = |(from, id): &(usize, String)| *from == scenario && id == planted;
    let found = course.scenarios.iter().find(|other| other.bridge.takes_up.iter().any(takes))?;
    Some(escape_text(&label(course, found, Viewpoint::Scenario(scenario))))
}
