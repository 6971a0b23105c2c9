//! `box`: what stands in place of "Your answer".

use super::context::Lower;
use super::rich::rich_span;
use super::section::lower_blocks;
use super::spec::{DirectiveSpec, IdUse};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::STRUCTURE;
use crate::ir::{AnswerBox, Block};
use crate::syntax::document::{Alignment, BlockKind, Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "box", body: Body::Required, parents: &["question"], children: Some(&[]) },
    summary: "The form of an answer: a table with empty cells, an empty list, or a fence of `label:` lines.",
    notes: "It replaces the empty \"Your answer\" field; the site makes inputs of the gaps.",
    id: IdUse::None,
    attributes: &[],
    example: ":::question{#two-figures kind=observation}\nWhat did you see?\n\n:::box\n```text\nSuccess rate:\np99:\n```\n:::\n\n:::answer\nAbout a third, and two seconds.\n:::\n:::\n",
};

/// A box outside a question was reported by the scanner; its text is kept.
#[must_use]
pub fn lower_alone(lower: &Lower<'_>, directive: &Directive) -> Vec<Block> {
    lower_blocks(lower, &directive.children)
}

/// The form in a directive's body.
#[must_use]
pub fn lower_box(lower: &Lower<'_>, directive: &Directive) -> Option<AnswerBox> {
    let _ = lower.decode(&SPEC, directive);
    for child in &directive.children {
        match &child.kind {
            BlockKind::Table(table) => {
                let cells = |cells: &[crate::syntax::document::Cell]| {
                    cells.iter().map(|cell| rich_span(lower, cell.span, &child.links)).collect::<Vec<_>>()
                };
                return Some(AnswerBox::Table {
                    head: cells(&table.head),
                    alignments: table.alignments.iter().map(alignment_word).collect(),
                    rows: table.rows.iter().map(|row| cells(row)).collect(),
                });
            }
            BlockKind::List(list) => {
                return Some(AnswerBox::List { items: list.items.len(), ordered: list.ordered });
            }
            BlockKind::Fence { body, .. } => {
                let lines = lower.slice(*body).lines();
                let labels = lines.map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned);
                return Some(AnswerBox::Lines { labels: labels.collect() });
            }
            _ => {}
        }
    }
    if !directive.children.is_empty() {
        let message = "a box is a table with empty cells, an empty list, or a fence of `label:` lines";
        lower.sink.push(
            Diagnostic::new(&STRUCTURE, directive.opener, message)
                .help("remove the box to get a plain answer field"),
        );
    }
    None
}

fn alignment_word(alignment: &Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}
