//! The one place where findings are collected.

use std::sync::Mutex;

use super::code::Severity;
use super::diagnostic::Diagnostic;
use crate::source::Files;

/// Collects findings from everywhere, also from several threads.
#[derive(Debug, Default)]
pub struct Sink {
    found: Mutex<Vec<Diagnostic>>,
}

impl Sink {
    /// Adds a finding.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.found.lock().expect("no panic while a finding is added").push(diagnostic);
    }

    /// Adds findings that were made earlier and kept.
    pub fn extend(&self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.found.lock().expect("no panic while a finding is added").extend(findings);
    }

    /// All findings as they were added.
    #[must_use]
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner().expect("no panic while a finding is added")
    }

    /// Whether a finding that forbids emitting was added.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.found.lock().expect("no panic while a finding is added").iter().any(Diagnostic::is_blocking)
    }

    /// Whether any error was added.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        let found = self.found.lock().expect("no panic while a finding is added");
        found.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All findings by path, place, code and message; exact repetitions are dropped.
    #[must_use]
    pub fn into_sorted(self, files: &Files) -> Vec<Diagnostic> {
        let mut found = self.into_found();
        sort_findings(&mut found, files);
        found
    }
}

/// Puts findings into the order in which they are shown; exact repetitions are dropped.
pub fn sort_findings(found: &mut Vec<Diagnostic>, files: &Files) {
    found.sort_by(|a, b| key(a, files).cmp(&key(b, files)));
    found.dedup_by(|a, b| key(a, files) == key(b, files));
}

fn key<'a>(finding: &'a Diagnostic, files: &'a Files) -> (&'a str, u32, u32, &'a str, &'a str) {
    let span = finding.span;
    (files.path(span.file).as_str(), span.start, span.end, finding.spec.code, &finding.message)
}
