//! What rules of this group read: the exercises they are about, and recorded figures against an
//! expectation.

use crate::check::{Checked, Exercise};
use crate::manifest::expectation::{Bound, Expectation, Measure, parse_expectation};
use crate::manifest::run::{Figures, Run};
use crate::manifest::scenario::{Kind, Status};
use crate::source::Span;

/// Ready exercises that have something to measure.
pub fn ready<'c>(checked: &'c Checked<'_>) -> impl Iterator<Item = &'c Exercise<'c>> {
    checked.exercises.iter().filter(|exercise| {
        let scenario = exercise.scenario;
        scenario.status == Status::Ready
            && scenario.kind == Kind::Exercise
            && !exercise.written.loadtests.is_empty()
    })
}

/// What an author types to rehearse an exercise and record it.
pub fn command(exercise: &Exercise<'_>) -> String {
    format!("scenarist rehearse {} --record", exercise.scenario.id)
}

/// An expectation that recorded figures do not meet.
#[derive(Debug)]
pub struct Shortfall {
    /// What was expected and what is recorded.
    pub message: String,
    /// The recorded figures.
    pub at: Span,
}

/// How far a recorded ratio may miss its limit, as a share of it: what was judged is the median of the
/// rounds' ratios, what is recorded are rounded medians.
const SLACK: f64 = 0.05;
/// The same for a percentage, which is recorded cut off to one decimal.
const SHARE_SLACK: f64 = 0.1;

/// Whether a recorded run falls short of an entry of `expect`. `None` where it holds, where its figure
/// was not recorded, and for what cannot be read: that is reported where it is decoded.
pub fn shortfall(run: &Run, stage: &str, test: &str, key: &str, value: &str) -> Option<Shortfall> {
    let figures = run.stages.get(stage)?.loadtests.get(test)?;
    let message = match parse_expectation(key, value).ok()? {
        Expectation::Bound(bound) => miss(run, figures, stage, test, &bound)?,
        Expectation::Cause(cause) => {
            let top = &figures.errors.first()?.message;
            let said = format!("most errors at `{stage}` were `{top}` in the recorded run, not `{cause}`");
            (!is_kind(top, &cause)).then_some(said)?
        }
        Expectation::Busiest(service) => {
            let (top, _) = figures.cpu.iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
            let said = format!("`{}` used the most CPU at `{stage}` in the recorded run", top.value);
            (top.value != service).then_some(said)?
        }
    };
    Some(Shortfall { message, at: figures.span })
}

/// What is wrong with a measure.
fn miss(run: &Run, figures: &Figures, stage: &str, test: &str, bound: &Bound) -> Option<String> {
    let value = figure(figures, bound)?;
    let (limit, slack, base) = match &bound.of {
        None => (bound.limit, SHARE_SLACK, String::new()),
        Some(of) => {
            let base = figure(run.stages.get(of)?.loadtests.get(test)?, bound)?;
            let limit = bound.limit * base;
            (limit, SLACK * limit, format!(" and {base} at `{of}`"))
        }
    };
    let holds = if bound.sign.is_upper() { value <= limit + slack } else { value >= limit - slack };
    let said = || format!("`{}` is {value} at `{stage}`{base} in the recorded run", bound.subject());
    (!holds).then(said)
}

/// A recorded figure of a load test, `p99`, or of one of its requests, `p99@feed`. A single
/// request has the figures of the whole test.
fn figure(figures: &Figures, bound: &Bound) -> Option<f64> {
    let all =
        [figures.success, figures.rps, figures.p50, figures.p99, figures.success_p50, figures.success_p99];
    let one = match &bound.request {
        Some(request) if !figures.by_request.0.is_empty() => {
            let one = figures.by_request.get(request)?;
            [one.success, one.rps, one.p50, one.p99, one.success_p50, one.success_p99]
        }
        _ => all,
    };
    let [success, rps, p50, p99, success_p50, success_p99] = one;
    match bound.measure {
        Measure::Success => success,
        Measure::Rps => rps,
        Measure::P50 => p50,
        Measure::P99 => p99,
        Measure::SuccessP50 => success_p50,
        Measure::SuccessP99 => success_p99,
    }
}

/// Whether one message contains the other, whatever numbers they hold: ports and times are no
/// difference in kind.
fn is_kind(message: &str, cause: &str) -> bool {
    let words = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let (message, cause) = (words(message), words(cause));
    message.contains(&cause) || cause.contains(&message)
}
