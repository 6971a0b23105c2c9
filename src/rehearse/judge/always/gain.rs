//! Whether a figure of one stage is noticeably better than that of another: by more than the rounds
//! differ, and by more than nothing.

use crate::manifest::expectation::{Measure, Sign};
use crate::rehearse::figure::Spread;
use crate::rehearse::judge::seen::values;
use crate::rehearse::judge::weigh::{ratio_of, weigh_ratios, weigh_values};
use crate::rehearse::measured::TestRun;

/// A factor below which two figures count as the same.
const NOTICEABLE: f64 = 1.1;
/// The same if there is only one round, whose noise nobody knows.
const NOTICEABLE_ONCE: f64 = 1.2;
/// Points by which success rises at least when it is called better.
const NOTICEABLE_POINTS: f64 = 0.5;

/// Whether a figure rose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gain {
    None,
    /// Rounds differ by more than it rose.
    Unsure,
    Clear,
}

/// Whether ratios are above 1, by this factor at least.
pub fn gain_by(ratios: &[f64], factor: f64) -> Gain {
    match (Spread::of(ratios), weigh_ratios(ratios, Sign::Above, 1.0)) {
        (Some(spread), Some(weight)) if weight.right && spread.median >= factor => {
            if weight.clear == Some(false) { Gain::Unsure } else { Gain::Clear }
        }
        _ => Gain::None,
    }
}

/// Whether ratios are noticeably above 1.
pub fn gain(ratios: &[f64]) -> Gain {
    gain_by(ratios, if ratios.len() > 1 { NOTICEABLE } else { NOTICEABLE_ONCE })
}

/// Whether more requests succeed: the share of those that fail must fall noticeably.
pub fn success_gain(after: &[&TestRun], before: &[&TestRun], request: Option<&str>) -> Gain {
    let (Some(after), Some(before)) =
        (known(after, Measure::Success, request), known(before, Measure::Success, request))
    else {
        return Gain::None;
    };
    let rises: Vec<f64> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
    let failing: Vec<f64> =
        after.iter().zip(&before).map(|(after, before)| ratio_of(100.0 - before, 100.0 - after)).collect();
    let noticeable = Spread::of(&rises).is_some_and(|spread| spread.median >= NOTICEABLE_POINTS);
    match weigh_values(&rises, Sign::Above, 0.0) {
        Some(weight) if noticeable && gain(&failing) != Gain::None => {
            if weight.clear == Some(false) {
                Gain::Unsure
            } else {
                Gain::Clear
            }
        }
        _ => Gain::None,
    }
}

/// One measure after, as multiples of before; for latencies the other way round, so that more is
/// better. `None` if a round lacks it.
pub fn better_ratios(
    after: &[&TestRun],
    before: &[&TestRun],
    measure: Measure,
    request: Option<&str>,
) -> Option<Vec<f64>> {
    let (after, before) = (known(after, measure, request)?, known(before, measure, request)?);
    let pairs = after.into_iter().zip(before);
    let ratio = |(after, before): (f64, f64)| {
        if measure.is_latency() { ratio_of(before, after) } else { ratio_of(after, before) }
    };
    Some(pairs.map(ratio).collect())
}

/// The figures of every round; `None` if one lacks it.
pub fn known(runs: &[&TestRun], measure: Measure, request: Option<&str>) -> Option<Vec<f64>> {
    values(runs, measure, request).into_iter().collect()
}
