//! `hint`: help that stays closed until asked for.

use super::context::{Lower, block};
use super::section::lower_blocks;
use super::spec::{DirectiveSpec, IdUse};
use crate::ir::{Block, Disclosure, DisclosureKind, Node};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "hint", body: Body::Required, parents: &[], children: None },
    summary: "Help that stays closed until the learner asks for it.",
    notes: "The hints of a section are numbered and should rise: the first points, the last nearly tells.",
    id: IdUse::None,
    attributes: &[],
    example: ":::hint\nWhere is the pool created, and how often does that line run?\n:::\n",
};

/// A hint with its number in the section.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Block {
    let _ = lower.decode(&SPEC, directive);
    let (number, of) = {
        let mut state = lower.state.borrow_mut();
        state.hints.0 += 1;
        (state.hints.0, state.hints.1.max(state.hints.0))
    };
    let summary = if of == 1 { "Hint".to_owned() } else { format!("Hint {number} of {of}") };
    let body = lower_blocks(lower, &directive.children);
    block(span, Node::Disclosure(Box::new(Disclosure { kind: DisclosureKind::Hint, summary, body })))
}
