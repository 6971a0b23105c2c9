//! `reveal`: anything that stays closed under a title.

use super::context::{Lower, block};
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::{Block, Disclosure, DisclosureKind, Node};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "reveal", body: Body::Required, parents: &[], children: None },
    summary: "Content that stays closed under a title.",
    notes: "For background that would interrupt the exercise. Hints have their own directive.",
    id: IdUse::None,
    attributes: &[AttributeSpec {
        name: "title",
        value: ValueKind::Text,
        required: true,
        doc: "what is inside",
    }],
    example: ":::reveal{title=\"What a handshake costs\"}\nThree messages go back and forth before the first query.\n:::\n",
};

/// A closed block.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Block {
    let decoded = lower.decode(&SPEC, directive);
    let summary = decoded.text("title").unwrap_or("More").to_owned();
    let body = lower_blocks(lower, &directive.children);
    block(span, Node::Disclosure(Box::new(Disclosure { kind: DisclosureKind::Reveal, summary, body })))
}
