//! One fault, found twice: by a comparison and by a rule, or on a page as it was written and as it was made.

use std::collections::HashSet;

use crate::diag::Diagnostic;
use crate::source::{Files, Span};

/// Leaves one finding of those that say the same.
pub fn without_repetitions(findings: &mut Vec<Diagnostic>, files: &Files) {
    const PAIRS: [(&str, &str); 1] = [("adopt/stale-number", "code/prose-disagrees-with-code")];
    let touches =
        |one: Span, other: Span| one.file == other.file && one.start < other.end && other.start < one.end;
    // The page as it was written and as it was made show the same.
    const SEEN_TWICE: [&str; 3] =
        ["diagram/no-alt-text", "diagram/no-caption", "solution/outside-solution-folder"];
    let mut seen = HashSet::new();
    findings.retain(|finding| {
        let code = finding.spec.code;
        let line = files.position(finding.span.file, finding.span.start).line;
        !SEEN_TWICE.contains(&code) || seen.insert((code, finding.span.file, line))
    });
    // The rule points at the first fence, `pasted/` at the words above it.
    let of_fixes = |it: &Diagnostic| it.spec.code == "pedagogy/fix-before-tradeoff";
    let ours: Vec<Span> = findings
        .iter()
        .filter(|it| of_fixes(it) && it.message.contains("its question"))
        .map(|it| it.span)
        .collect();
    let line = |span: Span| files.position(span.file, span.start).line;
    findings.retain(|it| {
        let is_near = |own: &Span| own.file == it.span.file && line(*own).abs_diff(line(it.span)) < 10;
        !of_fixes(it) || it.message.contains("its question") || !ours.iter().any(is_near)
    });
    for (drop, keep) in PAIRS {
        let kept: Vec<Span> = findings.iter().filter(|it| it.spec.code == keep).map(|it| it.span).collect();
        findings.retain(|it| it.spec.code != drop || !kept.iter().any(|span| touches(*span, it.span)));
    }
}
