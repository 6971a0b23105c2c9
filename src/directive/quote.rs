//! `challenge`, `pushback`, `expect`: titled asides.

use super::context::{Lower, block};
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::{Block, Node, Quote};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

const TITLE: AttributeSpec =
    AttributeSpec { name: "title", value: ValueKind::Text, required: false, doc: "replaces the usual title" };

pub static CHALLENGE: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "challenge", body: Body::Required, parents: &[], children: None },
    summary: "Something more for those who want it.",
    notes: "Printed under \"If you want more\".",
    id: IdUse::None,
    attributes: &[TITLE],
    example: ":::challenge\nMake the load test twice as strong. What gives way first?\n:::\n",
};

pub static PUSHBACK: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "pushback", body: Body::Required, parents: &[], children: None },
    summary: "What a reviewer asks when reasoning is thin.",
    notes: "Printed under \"A reviewer would ask\"; belongs to challenges.",
    id: IdUse::None,
    attributes: &[TITLE],
    example: ":::pushback\nYou say the cache helps. What is its hit rate after a deploy?\n:::\n",
};

pub static EXPECT: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "expect", body: Body::Required, parents: &[], children: None },
    summary: "What the reader should see after the steps before it.",
    notes: "Printed under \"What you should see\"; the expected outcome of a tutorial's step.",
    id: IdUse::None,
    attributes: &[TITLE],
    example: ":::expect\nThe p99 line rises while the p50 line stays flat.\n:::\n",
};

/// A titled aside.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive, spec: &'static DirectiveSpec) -> Block {
    let decoded = lower.decode(spec, directive);
    let usual = match spec.shape.name {
        "challenge" => "If you want more",
        "pushback" => "A reviewer would ask",
        _ => "What you should see",
    };
    let title = decoded.text("title").unwrap_or(usual).to_owned();
    let body = lower_blocks(lower, &directive.children);
    block(span, Node::Quote(Box::new(Quote { kind: spec.shape.name, title, body })))
}
