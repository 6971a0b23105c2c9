//! Finding in the rounds what a check is about, and how busy the machine was meanwhile.

use crate::manifest::expectation::Measure;
use crate::rehearse::figure::{figure, ratio};
use crate::rehearse::measured::{Rehearsed, StageRun, TestRun};

/// Cores that other programs may use without being blamed for what was seen.
pub const BUSY_CORES: f64 = 0.25;

/// A stage by its id, or a control by its index in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At<'p> {
    Stage(&'p str),
    Control(usize),
}

impl At<'_> {
    fn is(self, run: &StageRun) -> bool {
        match self {
            Self::Stage(id) => run.control.is_none() && run.stage == id,
            Self::Control(index) => run.control == Some(index),
        }
    }
}

/// What every round saw there; rounds without it are left out.
pub fn stage_runs<'r>(rehearsed: &'r Rehearsed, at: At<'_>) -> Vec<&'r StageRun> {
    rehearsed.rounds.iter().filter_map(|round| round.stages.iter().find(|run| at.is(run))).collect()
}

/// One load test in every round; `None` unless each has it.
pub fn test_runs<'r>(rehearsed: &'r Rehearsed, at: At<'_>, test: &str) -> Option<Vec<&'r TestRun>> {
    let find = |round: &'r crate::rehearse::measured::Round| {
        round.stages.iter().find(|run| at.is(run))?.tests.iter().find(|run| run.test == test)
    };
    let runs: Option<Vec<&TestRun>> = rehearsed.rounds.iter().map(find).collect();
    runs.filter(|runs| !runs.is_empty())
}

/// A figure in every round; `None` for a round without an answer.
pub fn values(runs: &[&TestRun], measure: Measure, request: Option<&str>) -> Vec<Option<f64>> {
    runs.iter().map(|run| figure(run, measure, request)).collect()
}

/// The cores that other programs used at most during these tests, if that is too much.
pub fn busy<'r>(runs: impl IntoIterator<Item = &'r TestRun>) -> Option<f64> {
    let most = runs.into_iter().map(|run| run.foreign).fold(0.0, f64::max);
    (most > BUSY_CORES).then_some(most)
}

/// Says so.
pub fn busy_words(cores: f64) -> String {
    format!("other programs used up to {} cores meanwhile: repeat it on a quiet machine", ratio(cores))
}
