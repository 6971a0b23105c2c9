//! Questions, answers, options and figures, as they are met on a page.

use super::course::{AnswerData, BoxData, QuestionData, RubricData};
use super::scenario::{FigureData, OptionData};
use crate::emit::print::gfm::{GfmContext, print_gfm, print_inline, print_inline_line};
use crate::ir::{AnswerBox, Block, Node, Question, RichText, Rubric, each_block};

/// Every question of a page, in order.
pub(super) fn each_question<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Question)) {
    each_block(blocks, &mut |block| {
        if let Node::Question(question) = &block.node {
            visit(question);
        }
    });
}

/// A question without its answer. `section` is the id of the section it stands in.
pub(super) fn question_data(
    question: &Question,
    section: Option<String>,
    cx: &GfmContext<'_>,
) -> QuestionData {
    QuestionData {
        id: question.id.clone(),
        number: question.number,
        kind: question.kind.to_owned(),
        section,
        prompt: markdown(&question.prompt, cx),
        answer_box: box_data(&question.answer_box, cx),
        planted: question.planted.clone(),
        was: question.was.clone(),
    }
}

/// The answer of a question; `None` when it has none. The caller says where the question stands.
pub(super) fn answer_data(question: &Question, cx: &GfmContext<'_>) -> Option<AnswerData> {
    let right: Vec<usize> = match &question.answer_box {
        AnswerBox::Choices { items } => (0..items.len()).filter(|&at| items[at].right).collect(),
        AnswerBox::Free { .. }
        | AnswerBox::Table { .. }
        | AnswerBox::List { .. }
        | AnswerBox::Lines { .. } => Vec::new(),
    };
    if question.answer.is_empty() && question.rubric.is_none() && right.is_empty() {
        return None;
    }
    Some(AnswerData {
        scenario: None,
        tutorial: None,
        page: None,
        question: question.id.clone(),
        text: markdown(&question.answer, cx),
        inline: question.answer_inline,
        right,
        rubric: question.rubric.as_ref().map(|rubric| rubric_data(rubric, cx)),
    })
}

pub(super) fn options_of(blocks: &[Block], cx: &GfmContext<'_>) -> Vec<OptionData> {
    let mut found = Vec::new();
    each_block(blocks, &mut |block| {
        if let Node::Options(options) = &block.node {
            found.extend(options.items.iter().map(|option| OptionData {
                id: option.id.clone(),
                label: option.label.clone(),
                text: print_inline(&option.text, cx),
            }));
        }
    });
    found
}

/// `base` is the address of the page's pictures.
pub(super) fn figures_of(blocks: &[Block], base: &str, cx: &GfmContext<'_>) -> Vec<FigureData> {
    let mut found = Vec::new();
    each_block(blocks, &mut |block| {
        if let Node::Figure(figure) = &block.node {
            found.push(FigureData {
                id: figure.id.clone(),
                label: figure.label.clone(),
                alt: figure.alt.clone(),
                caption: print_inline_line(&figure.caption, cx),
                url: format!("{base}{}", figure.asset),
            });
        }
    });
    found
}

fn markdown(blocks: &[Block], cx: &GfmContext<'_>) -> String {
    print_gfm(blocks, cx).trim_end().to_owned()
}

fn lines(texts: &[RichText], cx: &GfmContext<'_>) -> Vec<String> {
    texts.iter().map(|text| print_inline_line(text, cx)).collect()
}

fn box_data(answer_box: &AnswerBox, cx: &GfmContext<'_>) -> BoxData {
    match answer_box {
        AnswerBox::Free { label } => BoxData::Free { label: label.clone() },
        AnswerBox::Table { head, rows, .. } => {
            BoxData::Table { head: lines(head, cx), rows: rows.iter().map(|row| lines(row, cx)).collect() }
        }
        AnswerBox::List { items, ordered } => BoxData::List { items: *items, ordered: *ordered },
        AnswerBox::Lines { labels } => BoxData::Lines { labels: labels.clone() },
        AnswerBox::Choices { items } => BoxData::Choices {
            items: items.iter().map(|choice| print_inline_line(&choice.text, cx)).collect(),
        },
    }
}

fn rubric_data(rubric: &Rubric, cx: &GfmContext<'_>) -> RubricData {
    match rubric {
        Rubric::Criteria(criteria) => RubricData::Criteria { items: lines(criteria, cx) },
        Rubric::Levels { head, rows } => RubricData::Levels {
            head: lines(head, cx),
            rows: rows.iter().map(|row| lines(row, cx)).collect(),
        },
    }
}
