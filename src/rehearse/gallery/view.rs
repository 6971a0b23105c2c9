//! A panel of one load test with everything that its picture depends on.

use crate::rehearse::measured::{PanelRun, Series, TestRun};
use crate::syntax::grafana::BoardPanel;

use super::axis::{Axis, axis_for};

/// Seconds between two points if there is but one of them.
const STEP: f64 = 5.0;

/// A panel to draw.
pub struct View<'r> {
    pub panel: &'r PanelRun,
    /// Where its axis is fixed.
    pub fixed: (Option<f64>, Option<f64>),
    /// Colors by name with the value from which they hold, lowest first.
    pub thresholds: &'r [(Option<f64>, String)],
    /// How long the load test took.
    pub seconds: f64,
    /// Seconds between two points.
    pub step: f64,
}

impl<'r> View<'r> {
    /// A panel of a load test, as the dashboard has it.
    pub fn new(panel: &'r PanelRun, test: &TestRun, board: Option<&'r BoardPanel>) -> Self {
        let times = || panel.series.iter().map(|series| series.points.iter().map(|(at, _)| *at));
        let end = times().flatten().fold(f64::from(test.seconds), f64::max);
        let gaps =
            panel.series.iter().flat_map(|series| series.points.windows(2).map(|two| two[1].0 - two[0].0));
        let step = gaps.filter(|gap| *gap > 0.0).fold(f64::INFINITY, f64::min);
        Self {
            panel,
            fixed: board.map_or((None, None), |board| (board.min, board.max)),
            thresholds: board.map_or(&[][..], |board| &board.thresholds),
            seconds: end,
            step: if step.is_finite() { step } else { STEP },
        }
    }

    /// Grafana's name of its unit.
    pub fn unit(&self) -> Option<&'r str> {
        self.panel.unit.as_deref()
    }

    /// Series with values.
    pub fn lines(&self) -> impl Iterator<Item = &'r Series> {
        self.panel.series.iter().filter(|series| !series.points.is_empty())
    }

    /// An axis that some panels share.
    pub fn axis<'v>(views: impl Iterator<Item = &'v View<'r>> + Clone) -> Axis
    where
        'r: 'v,
    {
        let Some(first) = views.clone().next() else {
            return axis_for(std::iter::empty(), (None, None), None);
        };
        let values =
            views.flat_map(View::lines).flat_map(|series| series.points.iter().map(|(_, value)| *value));
        axis_for(values, first.fixed, first.unit())
    }

    /// The class of a value's color: that of the last threshold it reaches.
    pub fn color(&self, value: f64) -> &'static str {
        let reached = self.thresholds.iter().rev().find(|(from, _)| from.is_none_or(|from| value >= from));
        reached.map_or("", |(_, color)| color_class(color))
    }
}

/// The class of one of Grafana's colors; of its shades, that of the color. None for others.
pub fn color_class(name: &str) -> &'static str {
    let plain = name.rsplit('-').next().unwrap_or(name);
    let known = ["red", "orange", "yellow", "green", "blue", "purple"];
    known.into_iter().find(|known| *known == plain).unwrap_or("")
}
