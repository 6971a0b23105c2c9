//! Findings as one JSON document: stable keys, positions 1-based, paths relative to the project.

use serde_json::{Value, json};

use crate::diag::diagnostic::{Applicability, Diagnostic};
use crate::source::{Files, Span};

/// All findings as JSON text.
#[must_use]
pub fn print_json(findings: &[Diagnostic], files: &Files) -> String {
    let list: Vec<Value> = findings.iter().map(|finding| finding_json(finding, files)).collect();
    let document = json!({ "version": 1, "findings": list });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn finding_json(finding: &Diagnostic, files: &Files) -> Value {
    json!({
        "code": finding.spec.code,
        "severity": finding.severity.word(),
        "message": finding.message,
        "at": place(finding.span, files),
        "label": finding.label,
        "also": finding.secondary.iter().map(|label| {
            let mut at = place(label.span, files);
            at["text"] = json!(label.text);
            at
        }).collect::<Vec<_>>(),
        "help": finding.help,
        "emitted": finding.emitted.as_ref().map(|(path, line)| json!({ "path": path, "line": line })),
        "fix": finding.fix.as_ref().map(|fix| json!({
            "title": fix.title,
            "safe": fix.applicability == Applicability::Safe,
            "edits": fix.edits.iter().map(|edit| {
                let mut at = place(edit.span, files);
                at["text"] = json!(edit.text);
                at
            }).collect::<Vec<_>>(),
        })),
    })
}

fn place(span: Span, files: &Files) -> Value {
    let start = files.position(span.file, span.start);
    let end = files.position(span.file, span.end);
    json!({
        "path": files.path(span.file).as_str(),
        "line": start.line,
        "column": start.column,
        "end-line": end.line,
        "end-column": end.column,
    })
}
