//! Questions, the places where learners write, and how answers are judged.

use super::block::{join, print_blocks};
use super::context::GfmContext;
use super::markdown::{fence, item, split_first_paragraph, strong, table};
use super::reference::print_inline_line;
use crate::emit::print::words;
use crate::ir::{AnswerBox, Block, Choice, Node, Question, Rubric};

/// A question as it stands in SCENARIO.md.
pub(super) fn print_question(question: &Question, cx: &GfmContext<'_>) -> String {
    let mut blocks = print_prompt(question, cx);
    blocks.push(print_box(&question.answer_box, cx));
    if question.answer_inline && !question.answer.is_empty() && cx.site.is_none() {
        blocks.extend(strong(words::ANSWER));
        blocks.extend(print_blocks(&question.answer, cx));
    }
    join(blocks)
}

/// The prompt: its first paragraph in bold behind the number, the rest as it is.
pub(super) fn print_prompt(question: &Question, cx: &GfmContext<'_>) -> Vec<String> {
    let number = format!("Q{}.", question.number);
    let mut blocks = print_blocks(&question.prompt, cx);
    let starts_with_prose = matches!(first_node(&question.prompt), Some(Node::Prose(_)));
    if !starts_with_prose || blocks.is_empty() {
        blocks.insert(0, format!("**{number}**"));
        return blocks;
    }
    let first = blocks.remove(0);
    let (paragraph, rest) = split_first_paragraph(&first);
    let (paragraph, rest) = (paragraph.to_owned(), rest.to_owned());
    if !rest.is_empty() {
        blocks.insert(0, rest);
    }
    let bold =
        || strong(&format!("{number} {paragraph}")).unwrap_or_else(|| format!("**{number}** {paragraph}"));
    blocks.insert(0, if paragraph.is_empty() { format!("**{number}**") } else { bold() });
    blocks
}

fn first_node(blocks: &[Block]) -> Option<&Node> {
    blocks.first().map(|block| &block.node)
}

fn print_box(answer_box: &AnswerBox, cx: &GfmContext<'_>) -> String {
    match answer_box {
        AnswerBox::Free { label } => fence("text", &format!("{label}\n\n\n")),
        AnswerBox::Table { head, alignments, rows } => {
            let line =
                |cells: &Vec<_>| cells.iter().map(|cell| print_inline_line(cell, cx)).collect::<Vec<_>>();
            table(&line(head), alignments, &rows.iter().map(line).collect::<Vec<_>>())
        }
        AnswerBox::List { items, ordered } => {
            let marker = |at| if *ordered { format!("{}.", at + 1) } else { "-".to_owned() };
            (0..*items).map(marker).collect::<Vec<_>>().join("\n")
        }
        AnswerBox::Lines { labels } => {
            let line = |label: &String| {
                if label.ends_with(':') { format!("{label}\n") } else { format!("{label}:\n") }
            };
            fence("text", &labels.iter().map(line).collect::<String>())
        }
        AnswerBox::Choices { items } => print_choices(items, false, cx),
    }
}

/// A task list; `marked` ticks the right ones.
pub(super) fn print_choices(items: &[Choice], marked: bool, cx: &GfmContext<'_>) -> String {
    let line = |choice: &Choice| {
        let mark = if marked && choice.right { "- [x]" } else { "- [ ]" };
        format!("{mark} {}", print_inline_line(&choice.text, cx))
    };
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A rubric: bullets below "A good answer …", or the table of levels.
pub(super) fn print_rubric(rubric: &Rubric, cx: &GfmContext<'_>) -> String {
    match rubric {
        Rubric::Criteria(criteria) => {
            let bullets = criteria.iter().map(|text| item("-", &print_inline_line(text, cx)));
            format!("{}\n\n{}", words::GOOD_ANSWER, bullets.collect::<Vec<_>>().join("\n"))
        }
        Rubric::Levels { head, rows } => {
            let line =
                |cells: &Vec<_>| cells.iter().map(|cell| print_inline_line(cell, cx)).collect::<Vec<_>>();
            table(&line(head), &[], &rows.iter().map(line).collect::<Vec<_>>())
        }
    }
}
