//! Commands of the page do at their stage what the page says.

use std::collections::BTreeMap;

use super::check;
use crate::rehearse::judge::seen::{At, left_out, stage_runs};
use crate::rehearse::measured::Rehearsed;
use crate::rehearse::plan::{Event, Plan, StagePlan};
use crate::rehearse::verdict::{Check, Verdict};

/// One check for each command of the page that could be run.
pub fn judge_commands(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    let judged = |stage: &StagePlan| -> Vec<Check> { judge_stage(stage, rehearsed) };
    plan.stages.iter().flat_map(judged).collect()
}

fn judge_stage(stage: &StagePlan, rehearsed: &Rehearsed) -> Vec<Check> {
    let mut ran: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for run in stage_runs(rehearsed, At::Stage(&stage.id)).iter().flat_map(|run| &run.commands) {
        ran.entry(run.id.as_str()).or_default().push(run.fault.as_deref());
    }
    let left_out = left_out(stage, rehearsed);
    let commands = stage.events.iter().filter_map(|event| match event {
        Event::Command(command) => Some(command.id.as_str()),
        Event::LoadTest(_) => None,
    });
    commands
        .filter(|id| !left_out.contains(id))
        .map(|id| {
            let (verdict, detail) = judge_one(ran.get(id).map_or(&[], Vec::as_slice));
            check(&stage.id, format!("command `{id}`"), verdict, detail)
        })
        .collect()
}

fn judge_one(faults: &[Option<&str>]) -> (Verdict, String) {
    let bad: Vec<&str> = faults.iter().copied().flatten().collect();
    match (bad.first(), bad.len() == faults.len()) {
        (None, true) => (Verdict::Failed, "it was not run".to_owned()),
        (None, false) => (Verdict::Passed, "it did what the page says".to_owned()),
        (Some(fault), true) => (Verdict::Failed, (*fault).to_owned()),
        (Some(fault), false) => {
            (Verdict::Inconclusive, format!("in {} of {} rounds: {fault}", bad.len(), faults.len()))
        }
    }
}
