//! What the tests of this folder share: a table of shapes, and a page written out as an outline.

use super::{Block, BlockKind, Body, DirectiveShape, Document, parse_document};
use crate::diag::{Diagnostic, Sink};
use crate::source::Files;

const fn shape(name: &'static str, body: Body, parents: &'static [&'static str]) -> DirectiveShape {
    DirectiveShape { name, body, parents, children: None }
}

pub(super) const SHAPES: &[DirectiveShape] = &[
    DirectiveShape {
        name: "question",
        body: Body::Required,
        parents: &[],
        children: Some(&["answer", "rubric", "box", "only", "include"]),
    },
    shape("answer", Body::Required, &["question"]),
    shape("rubric", Body::Required, &["question"]),
    shape("box", Body::Required, &["question"]),
    DirectiveShape { name: "hint", body: Body::Required, parents: &[], children: Some(&[]) },
    shape("options", Body::Required, &[]),
    shape("loadtest", Body::None, &[]),
    shape("change", Body::Optional, &[]),
    shape("only", Body::Required, &[]),
    shape("include", Body::None, &[]),
];

pub(super) struct Page {
    pub files: Files,
    pub document: std::sync::Arc<Document>,
    pub findings: Vec<Diagnostic>,
}

impl Page {
    pub fn parse(text: &str) -> Self {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let sink = Sink::default();
        let document = parse_document(&files, file, SHAPES, &sink);
        let findings = sink.into_sorted(&files);
        Self { files, document, findings }
    }

    /// Each finding as `name-of-the-code: text under it`, only the first line of that.
    pub fn faults(&self) -> Vec<String> {
        let shown = |finding: &Diagnostic| {
            let text = self.files.slice(finding.span).lines().next().unwrap_or("");
            format!("{}: {text}", finding.spec.code.trim_start_matches("source/"))
        };
        self.findings.iter().map(shown).collect()
    }

    /// The tree in short: `question(prose answer(prose))`.
    pub fn outline(&self) -> String {
        outline(&self.document.blocks)
    }
}

fn outline(blocks: &[Block]) -> String {
    let words: Vec<String> = blocks.iter().map(word).collect();
    words.join(" ")
}

fn word(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { level, .. } => format!("h{level}"),
        BlockKind::Directive(it) if it.container => format!("{}({})", it.name.value, outline(&it.children)),
        BlockKind::Directive(it) => format!("::{}", it.name.value),
        BlockKind::Fence { language, .. } => format!("fence-{}", language.value),
        BlockKind::Figure(_) => "figure".into(),
        BlockKind::Table(table) => format!("table{}", table.rows.len()),
        BlockKind::List(list) => format!("list{}", list.items.len()),
        BlockKind::Comment { .. } => "comment".into(),
        BlockKind::Prose { paragraph: true } => "p".into(),
        BlockKind::Prose { paragraph: false } => "other".into(),
        BlockKind::Definition => "definition".into(),
    }
}
