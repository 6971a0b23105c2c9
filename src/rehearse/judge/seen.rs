//! Finding in the rounds what a check is about, and how busy the machine was meanwhile.

use crate::manifest::expectation::Measure;
use crate::manifest::run::Driver;
use crate::rehearse::figure::{figure, ratio};
use crate::rehearse::measured::{Rehearsed, StageRun, TestRun};
use crate::rehearse::plan::{Event, Place, StagePlan};

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

/// Commands of a stage that could not be run: those typed on the machine on which the containers run,
/// where there are none. They are not judged.
pub fn left_out<'p>(stage: &'p StagePlan, rehearsed: &Rehearsed) -> Vec<&'p str> {
    let runs = stage_runs(rehearsed, At::Stage(&stage.id));
    let was_run = |id: &str| runs.iter().flat_map(|run| &run.commands).any(|run| run.id == id);
    let commands = stage.events.iter().filter_map(|event| match event {
        Event::Command(command) if command.place == Place::Host => Some(command.id.as_str()),
        Event::Command(_) | Event::LoadTest(_) => None,
    });
    commands.filter(|id| rehearsed.driver == Driver::Native && !was_run(id)).collect()
}

/// One load test in every round; rounds without it are left out.
pub fn runs_of<'r>(rehearsed: &'r Rehearsed, at: At<'_>, test: &str) -> Vec<&'r TestRun> {
    let runs = stage_runs(rehearsed, at).into_iter();
    runs.filter_map(|run| run.tests.iter().find(|run| run.test == test)).collect()
}

/// One load test in every round; `None` unless each has it.
pub fn test_runs<'r>(rehearsed: &'r Rehearsed, at: At<'_>, test: &str) -> Option<Vec<&'r TestRun>> {
    let runs = runs_of(rehearsed, at, test);
    (!runs.is_empty() && runs.len() == rehearsed.rounds.len()).then_some(runs)
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
