//! Going through a page's nodes.

use super::node::{AnswerBox, Block, Cell, Heading, Node, Rubric};
use super::rich::RichText;

/// Calls `visit` for each block in document order, also for those inside others.
pub fn each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        inside(&block.node).into_iter().for_each(|inner| each_block(inner, visit));
    }
}

/// The same, but a block comes after those inside it.
pub fn each_block_inside_first<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        inside(&block.node).into_iter().for_each(|inner| each_block_inside_first(inner, visit));
        visit(block);
    }
}

/// The heading with this id.
#[must_use]
pub fn heading_with_id<'a>(blocks: &'a [Block], id: &str) -> Option<&'a Heading> {
    let mut found = None;
    each_block(blocks, &mut |block| match &block.node {
        Node::Heading(heading) if heading.id == id => found = Some(&**heading),
        _ => {}
    });
    found
}

/// The blocks inside a node, in document order.
fn inside(node: &Node) -> [&[Block]; 2] {
    match node {
        Node::Question(question) => [&question.prompt, &question.answer],
        Node::Options(options) => [&options.body, &[]],
        Node::Disclosure(disclosure) => [&disclosure.body, &[]],
        Node::Change(change) => [&change.body, &[]],
        Node::Quote(quote) => [&quote.body, &[]],
        Node::Only { body, .. } => [body, &[]],
        Node::Heading(_)
        | Node::Prose(_)
        | Node::Figure(_)
        | Node::Code(_)
        | Node::Table(_)
        | Node::Files(_)
        | Node::Rubric(_) => [&[], &[]],
    }
}

/// Calls `visit` for each text of a page, in document order.
pub fn each_rich<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a RichText)) {
    each_block(blocks, &mut |block| match &block.node {
        Node::Heading(heading) => visit(&heading.text),
        Node::Prose(text) => visit(text),
        Node::Figure(figure) => visit(&figure.caption),
        Node::Question(question) => {
            match &question.answer_box {
                AnswerBox::Table { head, rows, .. } => {
                    head.iter().chain(rows.iter().flatten()).for_each(&mut *visit)
                }
                AnswerBox::Choices { items } => items.iter().for_each(|choice| visit(&choice.text)),
                AnswerBox::Free { .. } | AnswerBox::List { .. } | AnswerBox::Lines { .. } => {}
            }
            question.rubric.iter().for_each(|rubric| each_criterion(rubric, visit));
        }
        Node::Options(options) => options.items.iter().for_each(|item| visit(&item.text)),
        Node::Table(table) => {
            table.head.iter().for_each(&mut *visit);
            for cell in table.rows.iter().flatten() {
                if let Cell::Text(text) = cell {
                    visit(text);
                }
            }
        }
        Node::Files(rows) => rows.iter().for_each(|row| visit(&row.remark)),
        Node::Rubric(rubric) => each_criterion(rubric, visit),
        Node::Code(_) | Node::Disclosure(_) | Node::Change(_) | Node::Quote(_) | Node::Only { .. } => {}
    });
}

fn each_criterion<'a>(rubric: &'a Rubric, visit: &mut impl FnMut(&'a RichText)) {
    match rubric {
        Rubric::Criteria(criteria) => criteria.iter().for_each(visit),
        Rubric::Levels { head, rows } => head.iter().chain(rows.iter().flatten()).for_each(visit),
    }
}
