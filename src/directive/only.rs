//! `only`: content of one output.

use super::context::{Lower, block};
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::{Block, Node, Output};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "only", body: Body::Required, parents: &[], children: None },
    summary: "Content that appears in one output alone.",
    notes: "The single exception to the rule that both outputs say the same.",
    id: IdUse::None,
    attributes: &[AttributeSpec {
        name: "in",
        value: ValueKind::Word(&["site", "monorepo"]),
        required: true,
        doc: "the output",
    }],
    example: ":::only{in=monorepo}\nThis file is open beside your terminal.\n:::\n",
};

/// The body, marked with its output.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let output = match decoded.text("in") {
        Some("site") => Output::Site,
        Some(_) => Output::Monorepo,
        None => return Vec::new(),
    };
    vec![block(span, Node::Only { output, body: lower_blocks(lower, &directive.children) })]
}
