//! The fixes that stay fix something, each compared with the stage that it starts from.

use std::collections::BTreeSet;

use super::gain::{Gain, better_ratios, gain, known, success_gain};
use super::trade::Pair;
use super::{bounds_at, check};
use crate::manifest::expectation::Measure;
use crate::rehearse::figure::{Spread, percent, rate, ratio};
use crate::rehearse::judge::declared::unsure_words;
use crate::rehearse::judge::seen::{At, busy, test_runs};
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::verdict::{Check, Verdict};

/// Judges what the fixes do, together and one by one.
pub fn judge_fixes(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    let mut checks = Vec::new();
    for stage in plan.stages.iter().filter(|stage| stage.kept) {
        let Some(base) = stage.base.and_then(|base| plan.stages.get(base)) else { continue };
        for test in stage.loadtests.iter().map(|test| test.id.as_str()) {
            let Some((before, after)) = pair_runs(rehearsed, base, stage, test) else { continue };
            // With other connections it is another load.
            if before[0].connections == after[0].connections {
                let pair = Pair { plan, base, stage, test, before: &before, after: &after };
                checks.extend(pair.judge_waiting());
                checks.extend(pair.judge_goodput());
            }
        }
    }
    checks.extend(judge_together(plan, rehearsed));
    checks
}

fn pair_runs<'r>(
    rehearsed: &'r Rehearsed,
    base: &StagePlan,
    stage: &StagePlan,
    test: &str,
) -> Option<(Vec<&'r TestRun>, Vec<&'r TestRun>)> {
    let before = test_runs(rehearsed, At::Stage(&base.id), test)?;
    Some((before, test_runs(rehearsed, At::Stage(&stage.id), test)?))
}

/// The last stage that stays is better than the first, in one load test at least.
fn judge_together(plan: &Plan, rehearsed: &Rehearsed) -> Option<Check> {
    let first = plan.stages.first()?;
    let last = plan.stages.iter().rfind(|stage| stage.kept && stage.base.is_some())?;
    let mut best = Gain::None;
    let mut most_busy: Option<f64> = None;
    let mut seen = Vec::new();
    for test in last.loadtests.iter().map(|test| test.id.as_str()) {
        let Some((before, after)) = pair_runs(rehearsed, first, last, test) else { continue };
        if after[0].connections > before[0].connections {
            // It carries more, which success declares.
            return None;
        }
        best = best.max(best_gain(plan, test, &before, &after));
        most_busy = busy(before.iter().chain(&after).copied()).into_iter().chain(most_busy).reduce(f64::max);
        seen.extend(change_words(&before, &after));
    }
    if seen.is_empty() {
        return None;
    }
    let seen = seen.join("; ");
    let (verdict, detail) = match (best, most_busy) {
        (Gain::Clear, _) => (Verdict::Passed, seen),
        (Gain::None, None) => (
            Verdict::Failed,
            format!("the fixes fix nothing: {seen}; see whether the files of `solution/` take effect"),
        ),
        _ => (Verdict::Inconclusive, format!("{seen}{}", unsure_words(most_busy))),
    };
    Some(check(&last.id, format!("better than {}", first.id), verdict, detail))
}

/// The clearest gain: success and goodput, and whatever else a fix is declared to change. Other
/// figures are not looked through: among many, some are better by chance.
fn best_gain(plan: &Plan, test: &str, before: &[&TestRun], after: &[&TestRun]) -> Gain {
    let mut best = success_gain(after, before, None);
    let rises = |measure, request: Option<&str>| {
        better_ratios(after, before, measure, request).map_or(Gain::None, |ratios| gain(&ratios))
    };
    best = best.max(rises(Measure::Rps, None));
    // Quick failures are no gain in latency.
    let fails_more = success_gain(before, after, None) != Gain::None;
    let fixes = plan.stages.iter().filter(|stage| stage.kept && stage.base.is_some());
    let declared: BTreeSet<(Measure, Option<String>)> = fixes
        .flat_map(|stage| bounds_at(plan, stage, test))
        .map(|bound| (bound.measure, bound.request))
        .collect();
    for (measure, request) in &declared {
        let request = request.as_deref();
        best = best.max(match measure {
            Measure::Success => success_gain(after, before, request),
            Measure::Rps => rises(Measure::Rps, request),
            _ if fails_more => Gain::None,
            _ => rises(*measure, request),
        });
    }
    best
}

/// `success 1.2 % → 100 %, goodput 10/s → 185/s, times 18.5 (17.2–19.1 in 3 rounds)`.
fn change_words(before: &[&TestRun], after: &[&TestRun]) -> Option<String> {
    let median = |runs, measure| Some(Spread::of(&known(runs, measure, None)?)?.median);
    let times = Spread::of(&better_ratios(after, before, Measure::Rps, None)?)?;
    Some(format!(
        "success {} → {}, goodput {} → {}, times {}",
        percent(median(before, Measure::Success)?),
        percent(median(after, Measure::Success)?),
        rate(median(before, Measure::Rps)?),
        rate(median(after, Measure::Rps)?),
        times.words(ratio)
    ))
}
