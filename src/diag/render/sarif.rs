//! Findings as SARIF 2.1.0, which GitHub's code scanning and many editors read
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0>).

use serde_json::{Map, Value, json};

use super::report::Report;
use crate::diag::code::{CodeSpec, Severity, group_of};
use crate::diag::diagnostic::{Diagnostic, Fix, Suppressed, SuppressedBy};
use crate::source::Span;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A report as SARIF text. Findings that somebody accepted are in it, marked as such.
#[must_use]
pub fn print_sarif(report: &Report<'_>) -> String {
    let shown = report.findings.iter().map(|finding| (finding, None));
    let accepted = report.suppressed.iter().map(|it| (&it.finding, Some(it)));
    let all: Vec<(&Diagnostic, Option<&Suppressed>)> = shown.chain(accepted).collect();
    let mut specs: Vec<&CodeSpec> = all.iter().map(|(finding, _)| finding.spec).collect();
    specs.sort_by_key(|spec| spec.code);
    specs.dedup_by_key(|spec| spec.code);
    let fingerprints = report.fingerprints(all.iter().map(|(finding, _)| *finding));
    let results: Vec<Value> = all
        .iter()
        .zip(fingerprints)
        .map(|((finding, accepted), print)| result(finding, *accepted, print, &specs, report))
        .collect();
    let mut run = json!({
        "tool": { "driver": {
            "name": "scenarist",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": specs.iter().map(|spec| rule(spec, report)).collect::<Vec<_>>(),
        } },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    if report.statistics {
        let counts = report.counts().into_iter().map(|count| (count.code.to_owned(), json!(count.found)));
        run["properties"] = json!({ "statistics": counts.collect::<Map<_, _>>() });
    }
    let document = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn rule(spec: &CodeSpec, report: &Report<'_>) -> Value {
    let CodeSpec { code, what, why, fix, .. } = spec;
    let mut rule = json!({
        "id": code,
        "shortDescription": { "text": what },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{what}\n\nWhy it matters: {why}\n\nWhat to do: {fix}\n\nMore: scenarist explain {code}"),
            "markdown": format!(
                "{what}\n\n**Why it matters.** {why}\n\n**What to do.** {fix}\n\nMore: `scenarist explain {code}`"
            ),
        },
        "defaultConfiguration": { "level": level(spec.severity) },
        "properties": { "tags": [group_of(code)] },
    });
    if let Some(address) = report.address(code) {
        rule["helpUri"] = json!(address);
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(
    finding: &Diagnostic,
    accepted: Option<&Suppressed>,
    fingerprint: String,
    specs: &[&CodeSpec],
    report: &Report<'_>,
) -> Value {
    let mut text = finding.message.clone();
    if let Some((path, line)) = &finding.emitted {
        text.push_str(&format!("\nemitted as `{}` in `{path}`", line.trim()));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    let related = finding.secondary.iter().enumerate().map(|(id, label)| {
        let mut location = location(label.span, report);
        location["id"] = json!(id + 1);
        location["message"] = json!({ "text": label.text });
        location
    });
    let mut result = json!({
        "ruleId": finding.spec.code,
        "ruleIndex": specs.binary_search_by_key(&finding.spec.code, |spec| spec.code).unwrap_or(0),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(finding.span, report)],
        "partialFingerprints": { "scenarist/v1": fingerprint },
    });
    if !finding.secondary.is_empty() {
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([repair(fix, report)]);
    }
    // Where some results are marked, those that are not have to say so, too.
    if !report.suppressed.is_empty() {
        result["suppressions"] =
            accepted.map_or_else(|| json!([]), |accepted| json!([suppression(accepted)]));
    }
    result
}

fn suppression(accepted: &Suppressed) -> Value {
    let kind = match accepted.by {
        SuppressedBy::Comment => "inSource",
        SuppressedBy::Course | SuppressedBy::Baseline => "external",
    };
    let reason = match (&accepted.reason, accepted.by) {
        (Some(reason), _) => Some(reason.as_str()),
        (None, SuppressedBy::Baseline) => Some("known from the baseline"),
        (None, _) => None,
    };
    let mut value = json!({ "kind": kind });
    if let Some(reason) = reason {
        value["justification"] = json!(reason);
    }
    value
}

fn repair(fix: &Fix, report: &Report<'_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({ "deletedRegion": region(edit.span, report), "insertedContent": { "text": edit.text } }))
        .collect();
    let file = fix.edits.first().map(|edit| artifact(edit.span, report));
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": file, "replacements": replacements }],
    })
}

fn location(span: Span, report: &Report<'_>) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": artifact(span, report),
        "region": region(span, report),
    } })
}

fn artifact(span: Span, report: &Report<'_>) -> Value {
    json!({ "uri": uri(&report.path(span.file)), "uriBaseId": "%SRCROOT%" })
}

fn region(span: Span, report: &Report<'_>) -> Value {
    let start = report.files.position(span.file, span.start);
    let end = report.files.position(span.file, span.end);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A relative path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("content/a b/ä.md"), "content/a%20b/%C3%A4.md");
        assert_eq!(uri("main:content/x#y.md"), "main%3Acontent/x%23y.md");
    }
}
