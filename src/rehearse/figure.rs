//! Figures of several rounds as one, and in words: percentages are cut off, never rounded up to a
//! 100 that was not reached.

use super::measured::{Figures, TestRun};
use crate::manifest::expectation::Measure;

/// One figure over all rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
    /// How many rounds it is from.
    pub rounds: usize,
}

impl Spread {
    /// The median of values and how far they reach; `None` of none. Infinite values are allowed.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 {
            sorted[middle]
        } else {
            f64::midpoint(sorted[middle - 1], sorted[middle])
        };
        Some(Self { median, min, max, rounds: sorted.len() })
    }

    /// How far the rounds lie apart.
    #[must_use]
    pub fn width(self) -> f64 {
        // Rounds that are all infinite do not differ.
        if self.min.total_cmp(&self.max).is_eq() { 0.0 } else { self.max - self.min }
    }

    /// `98.2 % (96.0–100 % in 3 rounds)`, each value put into words by `word`.
    #[must_use]
    pub fn words(self, word: impl Fn(f64) -> String) -> String {
        match self.rounds {
            1 => format!("{} in one round", word(self.median)),
            rounds => {
                format!("{} ({}–{} in {rounds} rounds)", word(self.median), word(self.min), word(self.max))
            }
        }
    }
}

/// A measure of a load test, or of one of its requests; `None` if there is no such request, or no
/// answer whose latency could be known.
#[must_use]
pub fn figure(test: &TestRun, measure: Measure, request: Option<&str>) -> Option<f64> {
    let figures = figures(test, request)?;
    match measure {
        Measure::Success => Some(figures.success),
        Measure::Rps => Some(figures.rps),
        Measure::P50 => figures.p50,
        Measure::P99 => figures.p99,
        Measure::SuccessP50 => figures.success_p50,
        Measure::SuccessP99 => figures.success_p99,
    }
}

/// The figures of a load test, or of one of its requests.
#[must_use]
pub fn figures<'t>(test: &'t TestRun, request: Option<&str>) -> Option<&'t Figures> {
    match request {
        None => Some(&test.load.total),
        Some(id) => test.load.requests.iter().find(|one| one.id == id).map(|one| &one.figures),
    }
}

/// A value of a measure with its unit.
#[must_use]
pub fn measure_words(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Success => percent(value),
        Measure::Rps => rate(value),
        Measure::P50 | Measure::P99 | Measure::SuccessP50 | Measure::SuccessP99 => milliseconds(value),
    }
}

/// `99.9 %`, also for 99.95.
#[must_use]
pub fn percent(value: f64) -> String {
    // 64.1 × 10 is a little less than 641 in binary.
    let cut = (value * 10.0 + 1e-6).floor() / 10.0;
    if cut.fract() == 0.0 { format!("{cut} %") } else { format!("{cut:.1} %") }
}

/// `185/s`, `9.5/s`.
#[must_use]
pub fn rate(value: f64) -> String {
    if value > 0.0 && value < 10.0 { format!("{value:.1}/s") } else { format!("{}/s", whole(value)) }
}

/// `1,072 ms`.
#[must_use]
pub fn milliseconds(value: f64) -> String {
    if value > 0.0 && value < 10.0 { format!("{value:.1} ms") } else { format!("{} ms", whole(value)) }
}

/// `0.06`, `1.03`, `18.5`, `308`.
#[must_use]
pub fn ratio(value: f64) -> String {
    match value {
        _ if value.is_infinite() => "∞".to_owned(),
        _ if value < 0.1 => format!("{value:.3}"),
        _ if value < 10.0 => format!("{value:.2}"),
        _ if value < 100.0 => format!("{value:.1}"),
        _ => whole(value),
    }
}

/// `5,500`.
#[must_use]
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, and measured values are not negative"
)]
fn whole(value: f64) -> String {
    count(value.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_cut_off() {
        let shown = [99.95, 99.999, 100.0, 64.1, 0.0, 1.28].map(percent);
        assert_eq!(shown, ["99.9 %", "99.9 %", "100 %", "64.1 %", "0 %", "1.2 %"]);
    }

    #[test]
    fn numbers_are_grouped_and_small_ones_keep_a_decimal() {
        assert_eq!([0, 999, 5500, 1_234_567].map(count), ["0", "999", "5,500", "1,234,567"]);
        assert_eq!([0.0, 9.52, 184.6].map(rate), ["0/s", "9.5/s", "185/s"]);
        assert_eq!([4.26, 1072.4].map(milliseconds), ["4.3 ms", "1,072 ms"]);
        let shown = [0.0588, 1.031, 18.53, 308.4, f64::INFINITY].map(ratio);
        assert_eq!(shown, ["0.059", "1.03", "18.5", "308", "∞"]);
    }

    #[test]
    fn a_spread_has_its_median() {
        let odd = Spread::of(&[3.0, 1.0, 2.0]).expect("three values");
        assert_eq!((odd.median, odd.min, odd.max, odd.width()), (2.0, 1.0, 3.0, 2.0));
        assert_eq!(Spread::of(&[1.0, 2.0]).map(|two| two.median), Some(1.5));
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[f64::INFINITY; 3]).map(Spread::width), Some(0.0));
    }
}
