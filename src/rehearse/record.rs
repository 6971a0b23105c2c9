//! From what a rehearsal saw to `recorded/run.yml`. Which rehearsals may be recorded is decided
//! here; whether one passed is the business of the judgement.

mod print;
mod summary;
#[cfg(test)]
mod tests;

use thiserror::Error;

use super::measured::Rehearsed;
use super::plan::Plan;
use super::verdict::{Judgement, Verdict};
use crate::manifest::run::Run;

pub use print::print_run;
pub use summary::summarise;

/// Why a rehearsal is not recorded.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotRecorded {
    /// Only what passed is recorded: figures of another run would prove nothing.
    #[error("only a rehearsal that passed is recorded, and this one {}", said(*.0))]
    Verdict(Verdict),
    /// Without a check every run would pass.
    #[error("nothing was checked, so there is nothing to record")]
    NothingChecked,
    /// A stage of the plan without a run.
    #[error("a stage was not run, so there is nothing to record of it")]
    Incomplete,
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Inconclusive => "is inconclusive",
        Verdict::Failed => "failed",
    }
}

/// The text of `recorded/run.yml`. It is the round in which most is as usual. `previous` is the run recorded so far: its outputs stay where the new ones say the same,
/// so that a query plan changes only when its nodes do. `on` is the day, `2026-11-20`.
///
/// # Errors
/// [`NotRecorded`] for a rehearsal that did not pass, checked nothing, or left out a stage.
pub fn record(
    plan: &Plan,
    rehearsed: &Rehearsed,
    judgement: &Judgement,
    previous: Option<&Run>,
    on: &str,
) -> Result<String, NotRecorded> {
    match judgement.verdict() {
        _ if judgement.checks.is_empty() => return Err(NotRecorded::NothingChecked),
        Verdict::Passed => {}
        verdict => return Err(NotRecorded::Verdict(verdict)),
    }
    let complete = plan.stages.iter().all(|stage| {
        let ran = |round: &super::measured::Round| {
            round.stages.iter().any(|run| run.stage == stage.id && run.control.is_none())
        };
        rehearsed.rounds.iter().all(ran)
    });
    if rehearsed.rounds.is_empty() || !complete {
        return Err(NotRecorded::Incomplete);
    }
    Ok(print_run(&summarise(plan, rehearsed, previous, on)))
}
