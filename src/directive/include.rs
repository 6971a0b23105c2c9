//! `include`: a snippet of the course or of the stack.

use super::context::Lower;
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use super::{reference::report_unresolved, shapes};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::MISPLACED_DIRECTIVE;
use crate::diag::catalog::reference::CYCLIC_REFERENCE;
use crate::ir::Block;
use crate::source::FileId;
use crate::syntax::document::{Block as Source, BlockKind, Body, Directive, DirectiveShape, parse_document};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "include", body: Body::None, parents: &[], children: None },
    summary: "Splices a snippet: `content/snippets/<id>.md`, or one of the stack.",
    notes: "A snippet is prose, code, figures and hints. What has a number (questions, options, sections) belongs to the page itself.",
    id: IdUse::None,
    attributes: &[AttributeSpec {
        name: "snippet",
        value: ValueKind::Id,
        required: true,
        doc: "the snippet's id",
    }],
    example: "::include{snippet=open-grafana}\n",
};

/// The snippet's blocks.
#[must_use]
pub fn lower(lower: &Lower<'_>, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let Some(id) = decoded.get("snippet") else { return Vec::new() };
    if lower.state.borrow().snippets.contains(&id.value) {
        let message = format!("the snippet `{}` includes itself", id.value);
        lower
            .sink
            .push(Diagnostic::new(&CYCLIC_REFERENCE, id.span, message).help("remove one of the includes"));
        return Vec::new();
    }
    let Some(file) = find_snippet(lower, &id.value) else {
        let names = snippet_names(lower);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        report_unresolved(lower.sink, id.span, "snippet", &id.value, &names);
        return Vec::new();
    };
    let document = parse_document(lower.files, file, &shapes(), lower.sink);
    report_numbered(lower, &document.blocks);
    lower.state.borrow_mut().snippets.push(id.value.clone());
    let blocks = lower_blocks(lower, &document.blocks);
    lower.state.borrow_mut().snippets.pop();
    blocks
}

/// The file of a snippet: the course's own, else the stack's.
#[must_use]
pub fn find_snippet(lower: &Lower<'_>, id: &str) -> Option<FileId> {
    lower.files.find(format!("content/snippets/{id}.md")).or_else(|| {
        let stack = lower.stack?;
        stack.folders.iter().find_map(|folder| lower.files.find(folder.join(format!("snippets/{id}.md"))))
    })
}

fn snippet_names(lower: &Lower<'_>) -> Vec<String> {
    let folders = lower.stack.map(|stack| stack.folders.as_slice()).unwrap_or_default();
    let stack_folders = folders.iter().map(|folder| format!("{folder}/snippets"));
    std::iter::once("content/snippets".to_owned())
        .chain(stack_folders)
        .flat_map(|folder| {
            let below: Vec<String> = lower
                .files
                .below(folder.as_str().into())
                .filter_map(|(_, path)| path.file_stem().map(str::to_owned))
                .collect();
            below
        })
        .collect()
}

fn report_numbered(lower: &Lower<'_>, blocks: &[Source]) {
    for source in blocks {
        if let BlockKind::Directive(directive) = &source.kind {
            if ["question", "options", "loadtest", "results", "change"]
                .contains(&directive.name.value.as_str())
            {
                let message = format!("a snippet cannot hold `{}`", directive.name.value);
                let finding = Diagnostic::new(&MISPLACED_DIRECTIVE, directive.opener, message);
                lower.sink.push(
                    finding.help("move it to the page; what has a number or belongs to a stage stands there"),
                );
            }
            report_numbered(lower, &directive.children);
        }
    }
}
