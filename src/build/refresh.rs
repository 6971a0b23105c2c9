//! What follows from a new recording: values in prose and outputs in fences that say something else
//! than the run does. Writing the recording and the pages is the business of the verb.

use camino::Utf8PathBuf;

use super::compile::{Compiled, Options};
use super::repair::{Repaired, repair};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::STALE_SNIPPET;
use crate::diag::catalog::reference::STALE_VALUE;
use crate::source::{Files, Origin, ReadFault};

/// Where the recorded run of a scenario lies, from the project's root.
#[must_use]
pub fn recording_path(scenario: &str) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("content/scenarios/{scenario}/recorded/run.yml"))
}

/// Lays a new recording of a scenario over a project's files, in memory, and rewrites what quotes
/// it. Nothing else is repaired, and the recording itself is not among the changes.
/// `files` and `faults` are those of [`crate::source::read_dir`].
#[must_use]
pub fn refresh_recorded(
    files: &Files,
    faults: &[ReadFault],
    options: Options,
    scenario: &str,
    recording: &str,
) -> Repaired {
    let path = recording_path(scenario);
    // The first of two files with one path counts.
    let mut next = Files::default();
    next.add_text(path.clone(), recording);
    for (file, entry) in files.iter().filter(|(_, entry)| entry.origin == Origin::Project) {
        next.add(entry.path.clone(), files.original(file), Origin::Project, entry.executable);
    }
    repair(next, faults, options, false, |compiled| {
        compiled.findings.iter().filter(|finding| quotes(compiled, finding, &path)).cloned().collect()
    })
}

/// Whether a finding is about a text that differs from what stands in a recording.
fn quotes(compiled: &Compiled, finding: &Diagnostic, recording: &Utf8PathBuf) -> bool {
    [STALE_VALUE.code, STALE_SNIPPET.code].contains(&finding.spec.code)
        && finding.secondary.iter().any(|place| compiled.files.path(place.span.file) == recording)
}
