//! What a run has to say, for any format.

use std::collections::BTreeMap;

use super::rules::rule_address;
use crate::diag::code::Severity;
use crate::diag::diagnostic::{Applicability, Diagnostic, Suppressed, SuppressedBy};
use crate::diag::fingerprint::Identity;
use crate::source::{FileId, Files, Origin};

/// The findings of a run, with what is needed to print them.
pub struct Report<'a> {
    /// Those that are shown, in order.
    pub findings: &'a [Diagnostic],
    /// Those that somebody accepted.
    pub suppressed: &'a [Suppressed],
    pub files: &'a Files,
    /// How many more the base revision has, too; `None` if the run does not compare.
    pub unchanged: Option<usize>,
    /// Whether counts were asked for.
    pub statistics: bool,
    /// The project's folder as seen from the current one, for programs that know only that; empty,
    /// or ending in `/`.
    pub folder: &'a str,
    /// What people find before a file's path: the way to a repository that they named, or nothing in a
    /// project, in which they are.
    pub way: &'a str,
    /// The address of the course's site, ending in `/`: its page of rules explains findings.
    pub site: Option<&'a str>,
    /// Whether a finding makes the run fail.
    pub fails: &'a dyn Fn(&Diagnostic) -> bool,
}

/// How often a code was found, and how many of those can be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub code: &'static str,
    pub severity: Severity,
    pub found: usize,
    pub safe: usize,
    pub needs_a_look: usize,
}

impl<'a> Report<'a> {
    /// A report of findings and nothing else.
    #[must_use]
    pub fn new(findings: &'a [Diagnostic], files: &'a Files) -> Self {
        let fails = &|finding: &Diagnostic| finding.severity == Severity::Error;
        Self {
            findings,
            suppressed: &[],
            files,
            unchanged: None,
            statistics: false,
            folder: "",
            way: "",
            site: None,
            fails,
        }
    }

    /// The path of a file for programs that know only the current folder.
    #[must_use]
    pub fn path(&self, file: FileId) -> String {
        let path = self.files.path(file);
        // A baseline is named as it was typed, and a file of another revision as git names it.
        let is_aside = self.files.entry(file).origin == Origin::Aside;
        if is_aside { path.to_string() } else { format!("{}{path}", self.folder) }
    }

    /// The address that explains a code, if the course has a site.
    #[must_use]
    pub fn address(&self, code: &str) -> Option<String> {
        self.site.map(|site| rule_address(site, code))
    }

    /// How many findings something accepted.
    #[must_use]
    pub fn accepted(&self, by: SuppressedBy) -> usize {
        self.suppressed.iter().filter(|it| it.by == by).count()
    }

    /// Counts by code, the most frequent first. A code that has several severities counts at the
    /// gravest.
    #[must_use]
    pub fn counts(&self) -> Vec<Count> {
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for finding in self.findings {
            let (code, severity) = (finding.spec.code, finding.severity);
            let empty = Count { code, severity, found: 0, safe: 0, needs_a_look: 0 };
            let count = counts.entry(code).or_insert(empty);
            count.severity = count.severity.max(severity);
            count.found += 1;
            match finding.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => count.safe += 1,
                Some(Applicability::Unsafe) => count.needs_a_look += 1,
                None => {}
            }
        }
        let mut counts: Vec<Count> = counts.into_values().collect();
        counts.sort_by(|a, b| b.found.cmp(&a.found).then_with(|| a.code.cmp(b.code)));
        counts
    }

    /// How many findings of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// For each of these findings a text that is the same in the next version of the course, unless
    /// the finding is another one: the identity's fingerprint, and which of its kind it is.
    pub(super) fn fingerprints<'f>(&self, findings: impl Iterator<Item = &'f Diagnostic>) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        findings
            .map(|finding| {
                let fingerprint = Identity::of(finding, self.files).fingerprint();
                let nth = seen.entry(fingerprint.clone()).or_default();
                *nth += 1;
                format!("{fingerprint}:{nth}")
            })
            .collect()
    }
}
