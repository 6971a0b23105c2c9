//! What holds for every scenario without being declared: commands run, load tests are answered,
//! fixes fix something, and none of them trades one fault for another. Controls are left out: they
//! are there to not help.

mod commands;
mod fixes;
mod gain;
mod trade;

use super::declared::in_test;
use super::seen::{At, busy, busy_words, test_runs};
use crate::manifest::expectation::{Bound, Expectation, Measure, parse_expectation};
use crate::rehearse::figure::count;
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::verdict::{Check, Verdict};
use crate::source::Span;

/// Judges all of it.
pub fn judge_always(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    let mut checks = commands::judge_commands(plan, rehearsed);
    checks.extend(judge_answers(plan, rehearsed));
    checks.extend(fixes::judge_fixes(plan, rehearsed));
    checks
}

fn check(stage: &str, what: String, verdict: Verdict, detail: String) -> Check {
    Check { stage: stage.to_owned(), what, verdict, detail, span: Span::nowhere() }
}

/// Bounds that are declared for a load test at a stage.
fn bounds_at<'p>(plan: &'p Plan, stage: &'p StagePlan, test: &'p str) -> impl Iterator<Item = Bound> + 'p {
    let first = stage.loadtests.first().map(|test| test.id.as_str());
    let entries = plan.expectations.iter().filter(move |entry| {
        let id = entry.test.as_ref().map(crate::syntax::yaml::Id::as_str).or(first);
        entry.control.is_none() && entry.stage.value == stage.id && id == Some(test)
    });
    let parsed = entries
        .flat_map(|entry| entry.expect.iter())
        .filter_map(|(key, value)| parse_expectation(&key.value, &value.text).ok());
    parsed.filter_map(|expectation| match expectation {
        Expectation::Bound(bound) => Some(bound),
        Expectation::Cause(_) | Expectation::Busiest(_) => None,
    })
}

/// Every load test gets answers: without one it measured nothing.
fn judge_answers(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut tests = 0;
    for stage in &plan.stages {
        for test in stage.loadtests.iter().map(|test| test.id.as_str()) {
            tests += 1;
            let what = format!("answers{}", in_test(plan, test));
            let Some(runs) = test_runs(rehearsed, At::Stage(&stage.id), test) else {
                let why = format!("the load test `{test}` was not run here in every round");
                checks.push(check(&stage.id, what, Verdict::Failed, why));
                continue;
            };
            let silent: Vec<&TestRun> = runs.iter().copied().filter(|run| is_silent(run)).collect();
            if silent.is_empty()
                || (is_declared_hang(plan, stage, test) && silent.iter().all(|run| hangs(run)))
            {
                continue;
            }
            let busy = busy(runs.iter().copied());
            let is_sure = silent.len() == runs.len() && busy.is_none();
            let verdict = if is_sure { Verdict::Failed } else { Verdict::Inconclusive };
            let mut detail = silent_words(&silent, runs.len());
            detail.extend(busy.map(|cores| format!("; {}", busy_words(cores))));
            checks.push(check(&stage.id, what, verdict, detail));
        }
    }
    if checks.is_empty() && tests > 0 {
        let rounds = rehearsed.rounds.len();
        let detail =
            format!("{tests} load tests, {rounds} round{} of each", if rounds == 1 { "" } else { "s" });
        checks.push(check("all stages", "answers".to_owned(), Verdict::Passed, detail));
    }
    checks
}

fn is_silent(run: &TestRun) -> bool {
    run.load.total.succeeded + run.load.total.refused == 0
}

/// An app that hangs is a fault worth teaching, where the author says that nearly nothing succeeds;
/// one that is not there is not.
fn is_declared_hang(plan: &Plan, stage: &StagePlan, test: &str) -> bool {
    bounds_at(plan, stage, test).any(|bound| bound.measure == Measure::Success && bound.sign.is_upper())
}

fn hangs(run: &TestRun) -> bool {
    let total = &run.load.total;
    total.errors == 0 && total.timeouts > 0
}

fn silent_words(silent: &[&TestRun], rounds: usize) -> String {
    let sum = |of: fn(&TestRun) -> u64| count(silent.iter().map(|run| of(run)).sum());
    format!(
        "not one request was answered in {} of {rounds} rounds: {} timeouts, {} broken connections; \
         see whether the app runs and which address the load test calls",
        silent.len(),
        sum(|run| run.load.total.timeouts),
        sum(|run| run.load.total.errors)
    )
}
