//! `source/duplicate-heading`.

use std::collections::BTreeMap;

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::directive::page_ids::heading_id;
use crate::source::Span;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/duplicate-heading",
    severity: Severity::Warning,
    what: "Two headings of a page have the same text.",
    why: "Their anchors on GitHub differ only by a number, and readers cannot tell them apart in an outline.",
    fix: "Reword one of them.",
    source: "rules.md",
    bad: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "## Look at the log {#before}\n\nIt is empty.\n\n«## Look at the log {#after}»\n\nIt is full.\n",
    )])],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "## Look at the log\n\nIt is empty.\n\n## Look at the log again\n\nIt is full.\n",
    )])],
};

/// Headings that also share their id are two of the same name, which loading reports as an error.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        for block in &page.document.blocks {
            let BlockKind::Heading { text, attributes, .. } = &block.kind else { continue };
            let words = checked.files.slice(*text);
            let id = heading_id(words, attributes);
            let key = words.to_lowercase();
            match seen.get(&key) {
                Some((first_id, first)) if *first_id != id => {
                    let message = format!("the heading `{words}` stands on this page twice");
                    sink.push(
                        Diagnostic::new(&SPEC, block.span, message)
                            .also(*first, "first here")
                            .help("say in one of them what is different"),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (id, block.span));
                }
            }
        }
    }
}
