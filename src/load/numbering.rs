//! Numbers on the pages of tutorials. A scenario's numbers are part of the model, because other
//! pages name them; on a tutorial's page they only tell its own questions, options and figures apart.

use crate::ir::{Block, Node};
use crate::model::figure_label;

/// Numbers questions and figures through a page, and options by letters in each choice.
pub fn number_page(blocks: &mut [Block]) {
    number(blocks, &mut Counts::default());
}

#[derive(Default)]
struct Counts {
    questions: u32,
    figures: u32,
}

fn number(blocks: &mut [Block], counts: &mut Counts) {
    for block in blocks {
        match &mut block.node {
            Node::Question(question) => {
                counts.questions += 1;
                question.number = counts.questions;
                number(&mut question.prompt, counts);
                number(&mut question.answer, counts);
            }
            Node::Figure(figure) => {
                counts.figures += 1;
                figure.label = figure_label(None, counts.figures);
            }
            Node::Options(options) => {
                for (letter, item) in ('A'..='Z').zip(&mut options.items) {
                    item.label = format!("Option {letter}");
                }
                number(&mut options.body, counts);
            }
            Node::Disclosure(disclosure) => number(&mut disclosure.body, counts),
            Node::Change(change) => number(&mut change.body, counts),
            Node::Quote(quote) => number(&mut quote.body, counts),
            Node::Only { output: _, body } => number(body, counts),
            Node::Heading(_)
            | Node::Prose(_)
            | Node::Code(_)
            | Node::Table(_)
            | Node::Files(_)
            | Node::Rubric(_) => {}
        }
    }
}
