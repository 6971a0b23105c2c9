//! `options`: what could be done, before anything is changed.

use super::context::{Lower, block};
use super::rich::rich_span;
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::{MISSING_ATTRIBUTE, STRUCTURE};
use crate::ir::{Block, Node, OptionItem, Options};
use crate::source::Span;
use crate::syntax::document::{Block as Source, BlockKind, Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "options", body: Body::Required, parents: &[], children: None },
    summary: "The options before a fix, each with what it gains and costs.",
    notes: "A list whose items start with `{#id}`; they are lettered when printed. Below Crawling the list is left to the learner and only the question stands.",
    id: IdUse::None,
    attributes: &[AttributeSpec {
        name: "title",
        value: ValueKind::Text,
        required: false,
        doc: "replaces the usual title",
    }],
    example: ":::options\n- {#share} **Share one pool.** Requests wait their turn.\n- {#raise} **Raise the limit.** Every request still pays for its own connection.\n\n:::question{#which-one kind=reflection}\nWhich one removes the cause?\n\n:::rubric\n- names the cause\n:::\n:::\n:::\n",
};

/// Options with letters, and the question below them.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Block {
    let decoded = lower.decode(&SPEC, directive);
    let title = decoded.text("title").unwrap_or("Before you change anything — what could you do?").to_owned();
    let mut items = Vec::new();
    let mut rest: Vec<Source> = Vec::new();
    for child in &directive.children {
        match &child.kind {
            BlockKind::List(_) if items.is_empty() => items = lower_items(lower, child),
            _ => rest.push(child.clone()),
        }
    }
    if items.is_empty() && rest.is_empty() && !directive.children.is_empty() {
        let message = "options are a list whose items start with `{#id}`, or a question";
        lower.sink.push(Diagnostic::new(&STRUCTURE, directive.opener, message));
    }
    let body = lower_blocks(lower, &rest);
    block(span, Node::Options(Box::new(Options { title, items, body })))
}

fn lower_items(lower: &Lower<'_>, child: &Source) -> Vec<OptionItem> {
    let BlockKind::List(list) = &child.kind else { return Vec::new() };
    let mut items = Vec::new();
    for item in &list.items {
        let id = item.attributes.as_ref().and_then(|attributes| attributes.id.clone());
        let Some(id) = id else {
            let finding = Diagnostic::new(&MISSING_ATTRIBUTE, item.span, "this option needs an id");
            lower.sink.push(finding.help("start the item with `{#name}`"));
            continue;
        };
        let letter = lower
            .scenario()
            .and_then(|scenario| scenario.locals.options.iter().find(|option| option.id == id.value))
            .map_or('A', |option| option.letter);
        let text = rich_span(lower, item.content, &child.links);
        items.push(OptionItem { id: id.value, label: format!("Option {letter}"), text });
    }
    items
}
