//! What the author declared: one check for each entry of `expect`.

use std::collections::BTreeMap;

use super::bound::judge_bound;
use super::errors::{Failures, is_kind, share};
use super::seen::{At, busy, busy_words, test_runs};
use super::weigh::weigh_values;
use crate::manifest::expectation::{Expectation, Sign, parse_expectation};
use crate::manifest::measure::Rehearsal;
use crate::rehearse::figure::{Spread, count, percent, ratio};
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::plan::Plan;
use crate::rehearse::verdict::{Check, Verdict};

/// What one entry of `rehearsal` is about.
#[derive(Clone, Copy)]
pub struct Subject<'p> {
    pub plan: &'p Plan,
    pub at: At<'p>,
    /// The stage, or the title of the control.
    pub name: &'p str,
    /// The load test's id.
    pub test: &'p str,
}

/// The outcome of one check, without its name and place.
pub type Outcome = (Verdict, String);

/// Judges every expectation, in the order written.
pub fn judge_declared(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    let mut checks = Vec::new();
    for (index, entry) in plan.expectations.iter().enumerate() {
        let subject = subject_of(plan, index, entry);
        for (key, value) in entry.expect.iter() {
            let parsed = parse_expectation(&key.value, &value.text);
            let mut what = parsed
                .as_ref()
                .map_or_else(|_| format!("{}: {}", key.value, value.text), ToString::to_string);
            if let Some(subject) = subject {
                what.push_str(&in_test(plan, subject.test));
            }
            let (verdict, detail) = match (parsed, subject) {
                (Err(fault), _) => (Verdict::Failed, format!("{fault}: {}", fault.help())),
                (_, None) => (Verdict::Failed, "there is nothing to run for it".to_owned()),
                (Ok(expectation), Some(subject)) => judge_one(&expectation, subject, rehearsed),
            };
            let stage = subject.map_or(entry.stage.value.as_str(), |subject| subject.name).to_owned();
            checks.push(Check { stage, what, verdict, detail, span: value.span });
        }
    }
    checks
}

/// Which load test a check is about, if there are several.
pub fn in_test(plan: &Plan, test: &str) -> String {
    let several = plan.stages.iter().any(|stage| stage.loadtests.len() > 1);
    if several { format!(" in `{test}`") } else { String::new() }
}

fn subject_of<'p>(plan: &'p Plan, index: usize, entry: &'p Rehearsal) -> Option<Subject<'p>> {
    let stage = plan.stages.iter().find(|stage| stage.id == entry.stage.value)?;
    let test = match &entry.test {
        Some(id) => id.as_str(),
        None => stage.loadtests.first()?.id.as_str(),
    };
    let Some(title) = &entry.control else {
        return Some(Subject { plan, at: At::Stage(&stage.id), name: &stage.id, test });
    };
    let control = plan.controls.iter().position(|control| control.expectation == index)?;
    Some(Subject { plan, at: At::Control(control), name: &title.value, test })
}

fn judge_one(expectation: &Expectation, subject: Subject<'_>, rehearsed: &Rehearsed) -> Outcome {
    let Some(runs) = test_runs(rehearsed, subject.at, subject.test) else {
        return (
            Verdict::Failed,
            format!("the load test `{}` was not run here in every round", subject.test),
        );
    };
    match expectation {
        Expectation::Bound(bound) => judge_bound(bound, subject, &runs, rehearsed),
        Expectation::Cause(cause) => judge_cause(cause, &runs),
        Expectation::Busiest(service) => judge_busiest(service, &runs),
    }
}

/// Most failures gave the declared message.
fn judge_cause(cause: &str, runs: &[&TestRun]) -> Outcome {
    let all = Failures::of(runs.iter().copied());
    let rounds: Vec<Failures> = runs.iter().map(|run| Failures::of([*run])).collect();
    let shares: Vec<f64> = rounds.iter().map(|failures| failures.share_of(cause)).collect();
    let busy = busy(runs.iter().copied());
    let led = rounds.iter().filter(|failures| failures.is_led_by(cause)).count();
    // The most frequent kind, and half of all.
    let verdict =
        match weigh_values(&shares, Sign::AtLeast, 50.0).map(|weight| weight.verdict(busy.is_some())) {
            Some(Verdict::Passed) if led == rounds.len() => Verdict::Passed,
            Some(Verdict::Passed) if led == 0 && busy.is_none() => Verdict::Failed,
            Some(Verdict::Passed) | None => Verdict::Inconclusive,
            Some(other) => other,
        };
    let mut detail = cause_words(cause, &all);
    if verdict == Verdict::Inconclusive {
        detail.push_str(&unsure_words(busy));
    }
    (verdict, detail)
}

fn cause_words(cause: &str, all: &Failures) -> String {
    if all.total() == 0 {
        return "no request failed and no error was logged".to_owned();
    }
    let found = all.count_of(cause);
    let mut words = format!(
        "it is {} of {} errors ({})",
        count(found),
        count(all.total()),
        percent(share(found, all.total()))
    );
    let others = all.kinds.iter().filter(|(kind, _)| !is_kind(kind, cause));
    let mut others: Vec<(String, u64)> = others.map(|(kind, n)| (format!("`{kind}`"), *n)).collect();
    if all.silent() > 0 {
        others.push(("without a message in the log".to_owned(), all.silent()));
    }
    others.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    if found * 2 < all.total() {
        let seen = others.iter().take(2).map(|(kind, n)| format!("{} {kind}", count(*n)));
        words.push_str(&format!("; the others: {}", seen.collect::<Vec<_>>().join(", ")));
    }
    words
}

/// The declared service used the most CPU.
fn judge_busiest(service: &str, runs: &[&TestRun]) -> Outcome {
    let used: Option<Vec<f64>> = runs.iter().map(|run| run.cpu.get(service).copied()).collect();
    let Some(used) = used else {
        return (Verdict::Inconclusive, format!("nothing is known about the CPU time of `{service}` here"));
    };
    let others: Vec<f64> = runs
        .iter()
        .map(|run| {
            run.cpu.iter().filter(|(id, _)| *id != service).map(|(_, cores)| *cores).fold(0.0, f64::max)
        })
        .collect();
    let ahead: Vec<f64> = used.iter().zip(&others).map(|(own, other)| own - other).collect();
    let busy = busy(runs.iter().copied());
    let weight = weigh_values(&ahead, Sign::Above, 0.0);
    let verdict = weight.map_or(Verdict::Inconclusive, |weight| weight.verdict(busy.is_some()));
    let seen: Vec<String> =
        cpu_medians(runs).iter().take(3).map(|(id, cores)| format!("`{id}` {}", ratio(*cores))).collect();
    let mut detail = format!("cores used: {}", seen.join(", "));
    if verdict == Verdict::Inconclusive {
        detail.push_str(&unsure_words(busy));
    }
    (verdict, detail)
}

/// Cores by service, most first: medians over the rounds.
pub fn cpu_medians<'r>(runs: &[&'r TestRun]) -> Vec<(&'r str, f64)> {
    let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (id, cores) in runs.iter().flat_map(|run| &run.cpu) {
        all.entry(id).or_default().push(*cores);
    }
    let mut medians: Vec<(&str, f64)> = all
        .into_iter()
        .filter_map(|(id, cores)| Spread::of(&cores).map(|spread| (id, spread.median)))
        .collect();
    medians.sort_by(|a, b| b.1.total_cmp(&a.1));
    medians
}

/// Why a check is inconclusive, after what was seen.
pub fn unsure_words(busy: Option<f64>) -> String {
    match busy {
        Some(cores) => format!("; {}", busy_words(cores)),
        None => "; the rounds differ by more than that: run more rounds".to_owned(),
    }
}
