//! A measure against its limit, or against another stage.

use super::declared::{Outcome, Subject, unsure_words};
use super::seen::{At, busy, test_runs, values};
use super::weigh::{Weight, ratio_of, weigh_ratios, weigh_values};
use crate::manifest::expectation::{Bound, Measure};
use crate::rehearse::figure::{Spread, figures, measure_words, percent, ratio};
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::verdict::Verdict;

/// Judges a bound by the runs of the load test that it is about.
pub fn judge_bound(bound: &Bound, subject: Subject<'_>, runs: &[&TestRun], rehearsed: &Rehearsed) -> Outcome {
    let request = bound.request.as_deref();
    if let Some(request) = request
        && !runs.iter().all(|run| figures(run, Some(request)).is_some())
    {
        return (Verdict::Failed, format!("the load test has no figures of a request `{request}`"));
    }
    let own = match complete(runs, bound, subject.name) {
        Ok(own) => own,
        Err(outcome) => return outcome,
    };
    let Some(base) = &bound.of else {
        let weight = weigh_values(&own, bound.sign, bound.limit);
        let seen = Spread::of(&own).map(|spread| spread.words(percent)).unwrap_or_default();
        return conclude(weight, busy(runs.iter().copied()), format!("it was {seen}"), bound, subject);
    };
    let Some(base_runs) = test_runs(rehearsed, At::Stage(base), subject.test) else {
        let why =
            format!("`{}` was not run at `{base}` in every round: nothing to compare with", subject.test);
        return (Verdict::Failed, why);
    };
    let others = match complete(&base_runs, bound, base) {
        Ok(others) => others,
        Err((verdict, why)) => {
            return (verdict, format!("{why}, so there is nothing to compare with: use `success` or `rps`"));
        }
    };
    let ratios: Vec<f64> = own.iter().zip(&others).map(|(own, other)| ratio_of(*own, *other)).collect();
    let weight = weigh_ratios(&ratios, bound.sign, bound.limit);
    let busy = busy(runs.iter().chain(&base_runs).copied());
    conclude(weight, busy, ratio_words(bound.measure, &ratios, &own, &others), bound, subject)
}

/// The figure of every round, or why there is none.
fn complete(runs: &[&TestRun], bound: &Bound, stage: &str) -> Result<Vec<f64>, Outcome> {
    let values = values(runs, bound.measure, bound.request.as_deref());
    let missing = values.iter().filter(|value| value.is_none()).count();
    if missing == 0 {
        return Ok(values.into_iter().flatten().collect());
    }
    let kind = match bound.measure {
        Measure::SuccessP50 | Measure::SuccessP99 => "answered with success",
        _ => "answered",
    };
    let is_sure = missing == values.len() && busy(runs.iter().copied()).is_none();
    let verdict = if is_sure { Verdict::Failed } else { Verdict::Inconclusive };
    Err((verdict, format!("nothing was {kind} at `{stage}` in {missing} of {} rounds", values.len())))
}

/// `0.06 (0.05–0.07 in 3 rounds): 63 ms against 1,072 ms`.
fn ratio_words(measure: Measure, ratios: &[f64], own: &[f64], others: &[f64]) -> String {
    let word = |values: &[f64]| {
        Spread::of(values).map(|spread| measure_words(measure, spread.median)).unwrap_or_default()
    };
    let seen = Spread::of(ratios).map(|spread| spread.words(ratio)).unwrap_or_default();
    format!("it was {seen}: {} against {}", word(own), word(others))
}

fn conclude(
    weight: Option<Weight>,
    busy: Option<f64>,
    seen: String,
    bound: &Bound,
    subject: Subject<'_>,
) -> Outcome {
    let Some(weight) = weight else { return (Verdict::Failed, "there was no round".to_owned()) };
    let verdict = weight.verdict(busy.is_some());
    let detail = match verdict {
        Verdict::Passed if weight.clear.is_none() => format!("{seen}, so how far rounds differ is unknown"),
        Verdict::Passed => seen,
        Verdict::Inconclusive => format!("{seen}{}", unsure_words(busy.filter(|_| !weight.right))),
        Verdict::Failed => format!("{seen}; {}", advice(bound, subject)),
    };
    (verdict, detail)
}

/// What to do about a bound that does not hold.
fn advice(bound: &Bound, subject: Subject<'_>) -> String {
    if matches!(subject.at, At::Control(_)) {
        return "what is tried here does something else than the exercise says".to_owned();
    }
    let scenario = &subject.plan.id;
    let is_first = matches!(subject.at, At::Stage(id) if subject.plan.stages.first().is_some_and(|first| first.id == id));
    match (bound.measure, bound.sign.is_upper()) {
        (Measure::Success, true) if bound.of.is_none() => format!(
            "the load is too small to break it, or the flaw is another: raise `connections` of `{}` \
             (`scenarist rehearse {scenario} --calibrate` proposes a number)",
            subject.test
        ),
        (Measure::Success, false) if !is_first => {
            "the fix does not carry this load: correct the fix, or what is expected of it".to_owned()
        }
        (Measure::Rps, false) | (_, true) if !is_first => {
            "the fix does not gain what is declared: correct the fix, or the number and the text".to_owned()
        }
        _ => "correct the app, or the number and the text".to_owned(),
    }
}
