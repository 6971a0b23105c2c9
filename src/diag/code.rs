//! The codes of findings: each with its documentation and with examples that are run as tests.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// The word used in every output format.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A code with its documentation. A [`crate::diag::Diagnostic`] can only be made from one of
/// these, so no finding is undocumented.
#[derive(Debug)]
pub struct CodeSpec {
    /// `group/name`; the name is the fault.
    pub code: &'static str,
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub what: &'static str,
    /// Why it matters to a learner or an author.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// Where the rule comes from (a design document's section, a measured defect).
    pub source: &'static str,
    /// What a course can set under `lint.settings`.
    pub params: &'static [Param],
    /// Each yields exactly one finding of this code, at the place between `«` and `»`.
    pub bad: &'static [Example],
    /// Each yields no finding of this code.
    pub good: &'static [Example],
}

/// Codes that are looked for only when a run asks for it: they compare with something else than the
/// course itself, and so they forbid no output.
pub const ON_REQUEST: [&str; 2] = ["source/changed-id", "lint/stale-baseline-entry"];

impl CodeSpec {
    /// Whether nothing may be emitted while a finding of this code stands: an error of the group
    /// `source`. Such a code cannot be lowered or suppressed.
    #[must_use]
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Error
            && group_of(self.code) == "source"
            && !ON_REQUEST.contains(&self.code)
    }
}

/// A number that a course can set for a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    pub name: &'static str,
    pub default: f64,
    /// What it bounds, with the unit, in a phrase without a full stop.
    pub doc: &'static str,
}

/// Files laid over the smallest clean course. `«…»` marks where the finding must point.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Path from the project's root, and text. An empty text removes the file.
    pub files: &'static [(&'static str, &'static str)],
}

impl Example {
    /// An example that consists of one file.
    #[must_use]
    pub const fn file(file: &'static [(&'static str, &'static str); 1]) -> Self {
        Self { files: file }
    }

    /// An example of several files.
    #[must_use]
    pub const fn files(files: &'static [(&'static str, &'static str)]) -> Self {
        Self { files }
    }
}

/// The part of a code before the slash.
#[must_use]
pub fn group_of(code: &str) -> &str {
    code.split_once('/').map_or(code, |(group, _)| group)
}
