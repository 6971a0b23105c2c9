//! `answer`: the model answer of a question.

use super::context::Lower;
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::Block;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "answer", body: Body::Required, parents: &["question"], children: None },
    summary: "The model answer of a question.",
    notes: "It goes to ANSWERS.md and opens on the site after an attempt; with `show=inline` it follows the answer box openly.",
    id: IdUse::None,
    attributes: &[AttributeSpec {
        name: "show",
        value: ValueKind::Word(&["inline"]),
        required: false,
        doc: "`inline` prints the answer below the box",
    }],
    example: ":::question{#why-slow kind=comprehension}\nWhy does the page wait?\n\n:::answer\nBecause every row is read.\n:::\n:::\n",
};

/// An answer outside a question was reported by the scanner; its text is kept.
#[must_use]
pub fn lower_alone(lower: &Lower<'_>, directive: &Directive) -> Vec<Block> {
    lower_blocks(lower, &directive.children)
}
