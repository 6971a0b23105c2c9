//! Which findings a run is about.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Identity, group_of};
use crate::source::Files;

/// Codes and groups that a run is about, and those that it leaves out.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Everything if empty.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether a finding is one that the run is about. A code counts more than its group. A finding
    /// that forbids any output is always shown: while it stands, the others may be wrong.
    #[must_use]
    pub fn keeps(&self, finding: &Diagnostic) -> bool {
        let code = finding.spec.code;
        let names = |list: &[String], name: &str| list.iter().any(|listed| listed == name);
        if finding.is_blocking() {
            return true;
        }
        match () {
            () if names(&self.ignore, code) => false,
            () if names(&self.select, code) => true,
            () if names(&self.ignore, group_of(code)) => false,
            () => self.select.is_empty() || names(&self.select, group_of(code)),
        }
    }
}

/// The findings that another revision does not have; and how many it has, too.
#[must_use]
pub fn only_new(
    findings: Vec<Diagnostic>,
    files: &Files,
    base: &[Diagnostic],
    base_files: &Files,
) -> (Vec<Diagnostic>, usize) {
    let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
    for finding in base {
        *known.entry(Identity::of(finding, base_files)).or_default() += 1;
    }
    let count = findings.len();
    let is_new = |finding: &Diagnostic| match known.get_mut(&Identity::of(finding, files)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    let mut is_new = is_new;
    let new: Vec<Diagnostic> = findings.into_iter().filter(|finding| is_new(finding)).collect();
    let old = count - new.len();
    (new, old)
}
