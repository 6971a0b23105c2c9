//! `loadtest`: the command of a load test, and a table for what it prints.

use super::context::{Lower, block};
use super::results::{Column, by_request, by_stage, columns, find_test};
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::{Block, Code, CodeUse, Node, Table, TableUse};
use crate::manifest::measure::Mode;
use crate::source::{Span, Spanned};
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "loadtest", body: Body::None, parents: &[], children: None },
    summary: "The command that runs a load test, and a row to write its result into; one for each request if its mode is `each`.",
    notes: "The stage is the one at this point of the page unless given. The test's last line fits the table's columns.",
    id: IdUse::Required,
    attributes: &[
        AttributeSpec { name: "stage", value: ValueKind::Id, required: false, doc: "the stage it is run at" },
        AttributeSpec {
            name: "test",
            value: ValueKind::Id,
            required: false,
            doc: "the load test; the first one if not given",
        },
    ],
    example: "::loadtest{#baseline}\n",
};

/// The measures that a load test prints in one line.
pub const PRINTED: &[&str] = &["success", "rps", "p50", "p99"];

/// A command and a table with one row, or with one for each request where they are tried in turn.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let Some(id) = decoded.id.clone() else { return Vec::new() };
    let stage = match decoded.get("stage") {
        Some(id) => lower.find_stage(id),
        None => lower.stage(),
    };
    let Some(stage) = stage else { return Vec::new() };
    let Some(test) = find_test(lower, stage, decoded.get("test"), directive.opener) else {
        return Vec::new();
    };
    let first = stage.loadtests.first().is_some_and(|found| found.id == test.id);
    let command =
        if first { "npm run loadtest".to_owned() } else { format!("npm run loadtest -- {}", test.id) };
    let code = Code {
        id: Some(id.value.clone()),
        language: "bash".to_owned(),
        text: format!("{command}\n"),
        use_: CodeUse::Command,
        file: None,
        place: Some("app"),
        stage: Some(stage.id.clone()),
        expect: None,
        test: Some(test.id.text.clone()),
    };
    let measures: Vec<Spanned<String>> =
        PRINTED.iter().map(|measure| Spanned::new((*measure).to_owned(), span)).collect();
    let columns: Vec<Column> = columns(lower, test, &measures);
    // One request after the other is one line after the other.
    let (head, rows) = if test.mode == Mode::Each && test.requests.len() > 1 {
        by_request(lower, &[stage], test, &columns, None)
    } else {
        by_stage(lower, &[stage], test, &columns, None)
    };
    let table = Table { use_: TableUse::Results { id: id.value }, head, rows };
    vec![block(span, Node::Code(Box::new(code))), block(span, Node::Table(Box::new(table)))]
}
