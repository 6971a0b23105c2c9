//! Judging a rehearsal: by success and by ratios between stages, never by milliseconds. Ratios are
//! formed within a round, which is why each round goes through all stages; the median of the rounds
//! counts, and only what exceeds the difference between rounds is believed.

mod always;
mod bound;
mod declared;
mod errors;
mod seen;
mod weigh;

pub use declared::cpu_medians;
pub use errors::{Failures, share};
pub use seen::{At, BUSY_CORES, left_out, runs_of, stage_runs};

use super::measured::Rehearsed;
use super::plan::Plan;
use super::verdict::Judgement;

/// Compares what a rehearsal saw with everything that its author declared, and with what holds for
/// every scenario: commands run, load tests are answered, fixes fix something and trade nothing.
#[must_use]
pub fn judge(plan: &Plan, rehearsed: &Rehearsed) -> Judgement {
    let mut checks = declared::judge_declared(plan, rehearsed);
    checks.extend(always::judge_always(plan, rehearsed));
    Judgement { checks }
}

#[cfg(test)]
mod tests;
