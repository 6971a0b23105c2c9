//! Whether what was seen is what the author declared.

use serde::Serialize;

use crate::source::Span;

/// The outcome of a check, or of a whole rehearsal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds in every round, by more than the rounds differ.
    Passed,
    /// The rounds differ by more than what is to be shown, or the machine was busy with other work.
    Inconclusive,
    /// It does not hold.
    Failed,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The stage, or the title of a control.
    pub stage: String,
    /// What was to be seen, such as `success >= 99 %`.
    pub what: String,
    pub verdict: Verdict,
    /// What was seen, and what to do about it where it does not hold.
    pub detail: String,
    /// Where it is declared: the expectation, the fence, the panel; nowhere for what always holds.
    pub span: Span,
}

/// All checks of a rehearsal.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    pub checks: Vec<Check>,
}

impl Judgement {
    /// The worst of all checks.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Passed)
    }
}
