//! On which side of a limit several rounds lie, and whether by more than they differ.

use crate::manifest::expectation::Sign;
use crate::rehearse::figure::Spread;
use crate::rehearse::verdict::Verdict;

/// Where the rounds lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Whether the median is on the right side.
    pub right: bool,
    /// Whether it is further from the limit than the rounds are from each other; `None` with one
    /// round, which has nothing to differ from.
    pub clear: Option<bool>,
}

impl Weight {
    /// What that means: on a busy machine nothing is called failed.
    #[must_use]
    pub fn verdict(self, busy: bool) -> Verdict {
        match (self.right, self.clear) {
            (true, None | Some(true)) => Verdict::Passed,
            (false, None | Some(true)) if !busy => Verdict::Failed,
            _ => Verdict::Inconclusive,
        }
    }
}

/// Weighs values against a limit in the same unit.
#[must_use]
pub fn weigh_values(values: &[f64], sign: Sign, limit: f64) -> Option<Weight> {
    let spread = Spread::of(values)?;
    Some(Weight {
        right: holds(spread.median, sign, limit),
        clear: is_clear((spread.median - limit).abs(), spread),
    })
}

/// Weighs ratios against a limit. How far a ratio lies from its limit is told by the smaller one as
/// a share of the larger: 90 and 400 are about equally far above 1.5, so that rounds which differ far
/// away from the limit don't look unsure.
#[must_use]
pub fn weigh_ratios(ratios: &[f64], sign: Sign, limit: f64) -> Option<Weight> {
    let median = Spread::of(ratios)?.median;
    let share = |ratio: &f64| if median > limit { limit / ratio } else { ratio / limit };
    let shares: Vec<f64> = ratios.iter().map(share).collect();
    let spread = Spread::of(&shares)?;
    Some(Weight { right: holds(median, sign, limit), clear: is_clear((1.0 - spread.median).abs(), spread) })
}

/// One figure as a multiple of another: 1 of nothing and nothing.
#[must_use]
pub fn ratio_of(value: f64, base: f64) -> f64 {
    if value == 0.0 && base == 0.0 { 1.0 } else { value / base }
}

fn holds(value: f64, sign: Sign, limit: f64) -> bool {
    match sign {
        Sign::AtMost => value <= limit,
        Sign::AtLeast => value >= limit,
        Sign::Below => value < limit,
        Sign::Above => value > limit,
    }
}

fn is_clear(distance: f64, spread: Spread) -> Option<bool> {
    let width = spread.width();
    (spread.rounds > 1).then_some(width == 0.0 || distance > width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[f64], sign: Sign, limit: f64) -> Verdict {
        weigh_values(values, sign, limit).expect("rounds").verdict(false)
    }

    fn ratios(ratios: &[f64], sign: Sign, limit: f64) -> Verdict {
        weigh_ratios(ratios, sign, limit).expect("rounds").verdict(false)
    }

    #[test]
    fn the_margin_must_exceed_the_spread() {
        assert_eq!(values(&[99.8, 100.0, 100.0], Sign::AtLeast, 99.0), Verdict::Passed);
        assert_eq!(values(&[99.0, 99.4, 100.0], Sign::AtLeast, 99.0), Verdict::Inconclusive);
        assert_eq!(values(&[97.0, 98.9, 100.0], Sign::AtLeast, 99.0), Verdict::Inconclusive);
        assert_eq!(values(&[97.0, 97.2, 97.1], Sign::AtLeast, 99.0), Verdict::Failed);
        assert_eq!(values(&[100.0; 3], Sign::AtLeast, 100.0), Verdict::Passed);
        assert_eq!(values(&[100.0; 3], Sign::Above, 100.0), Verdict::Failed);
    }

    #[test]
    fn one_round_is_judged_by_its_side() {
        assert_eq!(values(&[99.1], Sign::AtLeast, 99.0), Verdict::Passed);
        assert_eq!(values(&[98.9], Sign::AtLeast, 99.0), Verdict::Failed);
    }

    #[test]
    fn ratios_far_from_the_limit_may_differ_much() {
        assert_eq!(ratios(&[370.0, 185.0, 92.0], Sign::AtLeast, 1.5), Verdict::Passed);
        assert_eq!(ratios(&[f64::INFINITY, 400.0, 92.0], Sign::AtLeast, 1.5), Verdict::Passed);
        assert_eq!(ratios(&[0.001, 0.1, 0.01], Sign::AtLeast, 1.5), Verdict::Failed);
        assert_eq!(ratios(&[0.97, 1.03, 1.09], Sign::AtLeast, 1.8), Verdict::Failed);
        assert_eq!(ratios(&[1.4, 1.6, 2.0], Sign::AtLeast, 1.5), Verdict::Inconclusive);
        assert_eq!(ratios(&[0.05, 0.06, 0.06], Sign::AtMost, 0.3), Verdict::Passed);
    }

    #[test]
    fn nothing_is_failed_on_a_busy_machine() {
        let weight = weigh_values(&[97.0, 97.2, 97.1], Sign::AtLeast, 99.0).expect("rounds");
        assert_eq!(weight.verdict(true), Verdict::Inconclusive);
        let weight = weigh_values(&[100.0; 3], Sign::AtLeast, 99.0).expect("rounds");
        assert_eq!(weight.verdict(true), Verdict::Passed);
    }
}
