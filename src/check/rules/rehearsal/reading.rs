//! What rules of this group read: the exercises they are about, and recorded figures against an
//! expectation.

use crate::check::{Checked, Exercise};
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

/// Whether a recorded run falls short of an expectation. `None` where it holds, where its figure
/// was not recorded, and for what is no expectation at all: that is reported where it is read.
pub fn shortfall(run: &Run, stage: &str, test: &str, measure: &str, expected: &str) -> Option<Shortfall> {
    let figures = run.stages.get(stage)?.loadtests.get(test)?;
    let at = figures.span;
    if measure == "cause" {
        let top = figures.errors.first()?;
        let message =
            || format!("most errors at `{stage}` were `{}`, not the declared `{expected}`", top.message);
        return (!top.message.contains(expected.trim())).then(|| Shortfall { message: message(), at });
    }
    let value = figure(figures, measure)?;
    let bound = Bound::read(expected)?;
    let (limit, than) = match bound.of {
        None => (bound.number, String::new()),
        Some(other) => {
            let base = figure(run.stages.get(other)?.loadtests.get(test)?, measure)?;
            (bound.number * base, format!(", where `{other}` has {base}"))
        }
    };
    let message = || {
        format!(
            "`{measure}` is {value} at `{stage}` in the recorded run{than}; expected is `{}`",
            expected.trim()
        )
    };
    (!(bound.compare)(&value, &limit)).then(|| Shortfall { message: message(), at })
}

/// A recorded figure of a load test, `p99`, or of one of its requests, `p99@feed`. A single
/// request has the figures of the whole test.
fn figure(figures: &Figures, measure: &str) -> Option<f64> {
    let (name, request) = measure.split_once('@').map_or((measure, None), |(name, of)| (name, Some(of)));
    if let Some(request) = request
        && !figures.by_request.0.is_empty()
    {
        let of = figures.by_request.get(request)?;
        return pick(name, [of.success, of.rps, of.p50, of.p99, of.success_p50, of.success_p99]);
    }
    let of = figures;
    pick(name, [of.success, of.rps, of.p50, of.p99, of.success_p50, of.success_p99])
}

fn pick(name: &str, values: [Option<f64>; 6]) -> Option<f64> {
    let names = ["success", "rps", "p50", "p99", "success-p50", "success-p99"];
    values[names.iter().position(|known| *known == name)?]
}

/// `>= 99%`, or `<= 0.3 of shared-pool`.
struct Bound<'e> {
    compare: fn(&f64, &f64) -> bool,
    number: f64,
    of: Option<&'e str>,
}

impl<'e> Bound<'e> {
    fn read(expected: &'e str) -> Option<Self> {
        let signs: [(&str, fn(&f64, &f64) -> bool); 4] =
            [("<=", f64::le), (">=", f64::ge), ("<", f64::lt), (">", f64::gt)];
        let (compare, rest) = signs
            .into_iter()
            .find_map(|(sign, compare)| Some((compare, expected.trim().strip_prefix(sign)?.trim())))?;
        let (number, of) =
            rest.split_once(" of ").map_or((rest, None), |(number, of)| (number, Some(of.trim())));
        let percent = number.trim().strip_suffix('%');
        let value: f64 = percent.unwrap_or(number).trim().parse().ok()?;
        let share = if of.is_some() && percent.is_some() { 0.01 } else { 1.0 };
        Some(Self { compare, number: value * share, of })
    }
}
