//! Where an axis begins and ends, and at which round numbers it has lines.

use super::unit::scaled;

/// A vertical axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub low: f64,
    pub high: f64,
    /// The values at which it has lines, lowest first.
    pub ticks: Vec<f64>,
}

/// Steps between lines, for values from 1 to 10.
const STEPS: [f64; 5] = [1.0, 2.0, 2.5, 5.0, 10.0];

/// Lines that an axis has at most, above the first.
const MAX_LINES: f64 = 5.0;

/// An axis for some values. What is fixed holds; values beyond that are cut off.
pub fn axis_for(
    values: impl Iterator<Item = f64>,
    fixed: (Option<f64>, Option<f64>),
    unit: Option<&str>,
) -> Axis {
    let (least, most) = values
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
    let (least, most) = if least <= most { (least, most) } else { (0.0, 1.0) };
    // Without a limit an axis of Grafana fits its values tightly; one that is flat gets some room.
    let mut low = fixed
        .0
        .unwrap_or_else(|| if least > 0.0 && least > 0.9 * most { 0.9 * least } else { least.min(0.0) });
    let mut high = fixed.1.unwrap_or(most);
    if high <= low {
        (low, high) =
            if fixed.1.is_some() && fixed.0.is_none() { (high - 1.0, high) } else { (low, low + 1.0) };
    }
    // Round in the size in which the values are written: 1.5 min, not 1.67.
    let size = high.abs().max(low.abs());
    let (number, _) = scaled(size, unit);
    let factor = if number > 0.0 { size / number } else { 1.0 };
    // The factors are whole numbers, or one over such.
    let factor = if factor >= 1.0 { factor.round() } else { 1.0 / (1.0 / factor).round() };
    let step = step_for((high - low) / factor) * factor;
    let first = (low / step).floor();
    let last = (high / step - 1e-9).ceil();
    if fixed.0.is_none() {
        low = first * step;
    }
    if fixed.1.is_none() {
        high = last * step;
    }
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= last + 0.5 {
        let value = at * step;
        if value >= low - step * 1e-6 && value <= high + step * 1e-6 {
            ticks.push(value);
        }
        at += 1.0;
    }
    Axis { low, high, ticks }
}

fn step_for(length: f64) -> f64 {
    let rough = length / MAX_LINES;
    // A power of ten as it is written: one that is computed may be off by its last bit.
    let ten: f64 = format!("1e{}", rough.log10().floor()).parse().unwrap_or(1.0);
    STEPS.iter().map(|step| step * ten).find(|step| *step >= rough * (1.0 - 1e-9)).unwrap_or(10.0 * ten)
}

/// Seconds at which a time axis has marks, if they may not be closer than so many seconds.
pub fn seconds_for(length: f64, closest: f64) -> Vec<f64> {
    let steps = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0];
    let step = steps.into_iter().find(|step| *step >= closest).unwrap_or(closest.max(1.0));
    let mut at = 0.0;
    let mut found = Vec::new();
    while at <= length + 1e-6 {
        found.push(at);
        at += step;
    }
    found
}

impl Axis {
    /// Where a value lies, from 0 at the low end to 1 at the high one.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        let ticks = |values: &[f64], fixed, unit| axis_for(values.iter().copied(), fixed, unit).ticks;
        let from_zero = (Some(0.0), None);
        assert_eq!(ticks(&[3.0, 783.7], from_zero, Some("reqps")), [0.0, 200.0, 400.0, 600.0, 800.0]);
        assert_eq!(ticks(&[1160.0], from_zero, Some("ms")), [0.0, 250.0, 500.0, 750.0, 1000.0, 1250.0]);
        assert_eq!(
            ticks(&[1.3], (Some(0.0), Some(100.0)), Some("percent")),
            [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
        );
        assert_eq!(ticks(&[150.0], from_zero, Some("s")), [0.0, 30.0, 60.0, 90.0, 120.0, 150.0]);
        assert_eq!(ticks(&[4096.0], from_zero, Some("bytes")), [0.0, 1024.0, 2048.0, 3072.0, 4096.0]);
    }

    #[test]
    fn flat_and_missing_values_have_an_axis_too() {
        for (values, fixed) in [
            (vec![], (None, None)),
            (vec![0.0, 0.0], (Some(0.0), None)),
            (vec![7.0], (None, None)),
            (vec![-5.0, -1.0], (None, None)),
            (vec![1.0], (None, Some(0.0))),
            (vec![1e-9], (None, None)),
        ] {
            let axis = axis_for(values.iter().copied(), fixed, None);
            assert!(axis.high > axis.low && axis.ticks.len() >= 2, "{values:?}: {axis:?}");
            assert!(values.iter().all(|value| axis.share(*value).is_finite()));
        }
    }

    #[test]
    fn time_has_marks_that_do_not_touch() {
        assert_eq!(seconds_for(30.3, 4.2), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
        assert_eq!(seconds_for(8.0, 2.5), [0.0, 5.0]);
    }
}
