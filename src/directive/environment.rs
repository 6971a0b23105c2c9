//! `environment`: what runs where, and how to open it.

use super::context::{Lower, block};
use super::spec::{DirectiveSpec, IdUse};
use crate::ir::{Block, Cell, Node, RichText, Table, TableUse};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "environment", body: Body::None, parents: &[], children: None },
    summary: "The table of services with their ports, and how to open each.",
    notes: "Made from the stack and the scenario's `environment`.",
    id: IdUse::None,
    attributes: &[],
    example: "::environment\n",
};

/// The service table, and a sentence for each service that can be opened.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let _ = lower.decode(&SPEC, directive);
    let Some(written) = lower.written() else { return Vec::new() };
    let head = ["Service", "Where", "What it is"].map(RichText::plain).to_vec();
    let mut rows = Vec::new();
    let mut opening = RichText::default();
    for service in &written.services {
        rows.push(vec![
            Cell::Text(RichText::plain(format!("**{}**", service.title))),
            Cell::Text(RichText::plain(match service.port {
                Some(port) => format!("`{}:{port}`", service.id),
                None => format!("`{}`", service.id),
            })),
            Cell::Text(RichText::plain(service.about.clone())),
        ]);
        if let Some(open) = &service.open {
            opening.push_text(format!("- **{}** — {open}\n", service.title));
        }
    }
    let mut blocks = vec![block(span, Node::Table(Box::new(Table { use_: TableUse::Services, head, rows })))];
    if !opening.is_empty() {
        blocks.push(block(span, Node::Prose(opening)));
    }
    blocks
}
