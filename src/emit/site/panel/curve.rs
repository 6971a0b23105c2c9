//! Examples of what a panel may look like: quiet, then a crowd, then quiet again. Every curve comes
//! from the declaration of its series, so that two builds draw the same.

use crate::manifest::measure::{Panel, Series};

/// How many points a curve has.
pub const POINTS: usize = 61;
/// Between which shares of the time the crowd is there.
pub const CROWD: (f64, f64) = (0.24, 0.76);

/// How a line behaves when a crowd comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Things per second: as high as the crowd is large.
    Rate,
    /// A share of all: near the top, and lower while the crowd is there.
    Share,
    /// A time: short, then longer; the higher the quantile, the more and the more restless.
    Quantile(f64),
    /// A level: moves in steps and goes back slowly.
    Level,
}

impl Shape {
    /// The key of the sentence that describes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rate => "shape-rate",
            Self::Share => "shape-share",
            Self::Quantile(_) => "shape-quantile",
            Self::Level => "shape-level",
        }
    }
}

/// A line: its shape, and values from 0 to 1.
#[derive(Clone, Debug)]
pub struct Curve {
    pub shape: Shape,
    pub values: Vec<f64>,
}

/// How many lines stand for the values of a label.
const BY_LABEL: usize = 2;
/// More lines than this only hide each other.
const MOST: usize = 4;

/// The lines of a panel.
pub fn curves(panel: &Panel) -> Vec<Curve> {
    let unit = panel.unit.as_ref().map(|unit| unit.value.as_str()).unwrap_or_default();
    let mut out = Vec::new();
    for series in &panel.series {
        let by = series.quantile.as_ref().and_then(|quantile| quantile.by.as_ref()).or(series.by.as_ref());
        let lines = if by.is_some_and(|by| !by.0.is_empty()) { BY_LABEL } else { 1 };
        for _ in 0..lines {
            let mut noise = Noise::of(&format!("{} {}", panel.id.text, out.len()));
            let shape = shape_of(series, unit);
            let scale = 1.0 - 0.2 * out.len() as f64;
            out.push(Curve { shape, values: values(shape, scale.max(0.3), &mut noise) });
        }
    }
    out.truncate(MOST);
    out
}

fn shape_of(series: &Series, unit: &str) -> Shape {
    if series.rate.is_some() {
        Shape::Rate
    } else if series.ratio.is_some() {
        Shape::Share
    } else if let Some(quantile) = &series.quantile {
        Shape::Quantile(quantile.q.clamp(0.0, 1.0))
    } else if series.gauge.is_some() {
        Shape::Level
    } else {
        match unit {
            "percent" | "percentunit" => Shape::Share,
            "ms" | "s" => Shape::Quantile(0.95),
            "reqps" | "cps" | "ops" | "wps" | "rps" | "iops" | "Bps" => Shape::Rate,
            _ => Shape::Level,
        }
    }
}

fn values(shape: Shape, scale: f64, noise: &mut Noise) -> Vec<f64> {
    let mut level = 0.0;
    (0..POINTS)
        .map(|at| {
            let time = at as f64 / (POINTS - 1) as f64;
            let crowd = crowd(time);
            let wave = noise.next();
            let value = match shape {
                Shape::Rate => (0.07 + 0.7 * crowd) * scale + wave * 0.05 * (0.3 + crowd),
                Shape::Share => 0.95 - 0.45 * crowd * scale + wave * 0.05 * crowd,
                Shape::Quantile(q) => {
                    let (rise, unrest) = (0.2 + 0.5 * q * q, 0.02 + 0.13 * q * q * q);
                    (0.06 + 0.08 * q + rise * crowd) * scale + wave * unrest * (0.15 + crowd)
                }
                Shape::Level => {
                    let wanted = (0.12 + 0.68 * crowd) * scale;
                    let pace = if wanted > level { 0.6 } else { 0.12 };
                    level += (wanted - level) * pace;
                    if at == 0 {
                        level = wanted;
                    }
                    (level * 14.0).round() / 14.0
                }
            };
            value.clamp(0.01, 0.99)
        })
        .collect()
}

/// How much of the crowd is there: none, all, or on its way.
fn crowd(time: f64) -> f64 {
    let ramp = |from: f64| {
        let share = ((time - from) / 0.06).clamp(0.0, 1.0);
        share * share * (3.0 - 2.0 * share)
    };
    ramp(CROWD.0) - ramp(CROWD.1)
}

/// Numbers between -1 and 1 that look arbitrary and are the same for the same name.
struct Noise(u64);

impl Noise {
    fn of(name: &str) -> Self {
        // FNV-1a.
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 40).unwrap_or_default()) / f64::from(1_u32 << 23) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_inside_and_are_the_same_each_time() {
        for shape in [Shape::Rate, Shape::Share, Shape::Quantile(0.5), Shape::Quantile(0.99), Shape::Level] {
            let draw = || values(shape, 1.0, &mut Noise::of("panel 0"));
            assert_eq!(draw(), draw());
            assert!(draw().iter().all(|value| (0.0..=1.0).contains(value)), "{shape:?}");
        }
    }

    #[test]
    fn a_crowd_raises_rates_and_lowers_shares() {
        let middle = |shape| values(shape, 1.0, &mut Noise::of("x"))[POINTS / 2];
        let first = |shape| values(shape, 1.0, &mut Noise::of("x"))[0];
        assert!(middle(Shape::Rate) > 3.0 * first(Shape::Rate));
        assert!(middle(Shape::Share) < first(Shape::Share));
        assert!(middle(Shape::Quantile(0.99)) > middle(Shape::Quantile(0.5)));
    }
}
