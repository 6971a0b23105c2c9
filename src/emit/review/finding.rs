//! Findings as pages show them: those that stand, and those that somebody accepted.

use serde::Serialize;

use crate::diag::{Applicability, Diagnostic, Severity, Suppressed, SuppressedBy};
use crate::source::{Files, Span};

/// A finding.
#[derive(Clone, Debug)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    /// What is said under the place itself.
    pub label: Option<String>,
    /// What to type.
    pub help: Option<String>,
    pub repair: Option<Applicability>,
    pub span: Span,
    pub path: String,
    /// `path:line:column`.
    pub place: String,
    /// Other places, each with what it is.
    pub also: Vec<(String, String)>,
    /// The output that it was seen in, and the line there.
    pub emitted: Option<(String, String)>,
    pub accepted: Option<Accepted>,
}

/// That somebody accepted a finding, and why.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub by: SuppressedBy,
    pub reason: Option<String>,
}

/// How many findings there are of each weight. Those that somebody accepted count apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingCounts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    pub accepted: usize,
    /// All of them.
    pub total: usize,
}

impl FindingCounts {
    /// Counts findings.
    #[must_use]
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.total += 1;
            match (&finding.accepted, finding.severity) {
                (Some(_), _) => counts.accepted += 1,
                (None, Severity::Error) => counts.errors += 1,
                (None, Severity::Warning) => counts.warnings += 1,
                (None, Severity::Info) => counts.infos += 1,
            }
        }
        counts
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            infos: self.infos + other.infos,
            accepted: self.accepted + other.accepted,
            total: self.total + other.total,
        }
    }
}

/// All findings by file and place.
pub(super) fn collect(found: &[Diagnostic], suppressed: &[Suppressed], files: &Files) -> Vec<Finding> {
    let standing = found.iter().map(|finding| of(finding, None, files));
    let accepted = suppressed.iter().map(|it| {
        let accepted = Accepted { by: it.by, reason: it.reason.clone() };
        of(&it.finding, Some(accepted), files)
    });
    let mut all: Vec<Finding> = standing.chain(accepted).collect();
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    all
}

fn key(finding: &Finding) -> (&str, u32, u32, &str, &str, bool) {
    let Finding { path, span, code, message, accepted, .. } = finding;
    (path, span.start, span.end, code, message, accepted.is_some())
}

fn of(finding: &Diagnostic, accepted: Option<Accepted>, files: &Files) -> Finding {
    let also = finding.secondary.iter().map(|label| (place(label.span, files), label.text.clone()));
    Finding {
        code: finding.spec.code,
        severity: finding.severity,
        message: finding.message.clone(),
        label: finding.label.clone(),
        help: finding.help.clone(),
        repair: finding.fix.as_ref().map(|fix| fix.applicability),
        span: finding.span,
        path: files.path(finding.span.file).to_string(),
        place: place(finding.span, files),
        also: also.collect(),
        emitted: finding.emitted.clone(),
        accepted,
    }
}

fn place(span: Span, files: &Files) -> String {
    let at = files.position(span.file, span.start);
    format!("{}:{}:{}", files.path(span.file), at.line, at.column)
}
