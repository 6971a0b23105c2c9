//! Every metric that a panel reads, beside what the code exports.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Checked;
use crate::check::telemetry::{Exported, Exports, Shown, exports_of, for_each_target};
use crate::syntax::promql::{Query, Selector};

/// A metric that a panel reads.
#[derive(Clone, Copy)]
pub struct Read<'r> {
    pub shown: Shown<'r>,
    pub query: &'r Query,
    pub selector: &'r Selector,
    pub exports: &'r Exports,
}

/// What the code of every exercise exports.
pub struct AllExports(BTreeMap<usize, Exports>);

impl AllExports {
    /// Those of an exercise, by its index in the course.
    pub fn of(&self, exercise: usize) -> Option<&Exports> {
        self.0.get(&exercise)
    }
}

/// What the code of every exercise exports. Looked up once for all rules.
pub fn all_exports(checked: &Checked<'_>) -> Arc<AllExports> {
    checked.shared.get(|| {
        let exercises = checked.exercises.iter();
        AllExports(exercises.map(|exercise| (exercise.index, exports_of(exercise))).collect())
    })
}

/// Calls `visit` for every metric of every expression that can be read.
pub fn for_each_read(checked: &Checked<'_>, mut visit: impl FnMut(Read<'_>)) {
    let exports = all_exports(checked);
    for_each_target(checked, |shown| {
        let Some(query) = shown.target.read() else { return };
        let Some(exports) = exports.of(shown.panel.exercise.index) else { return };
        for selector in &query.selectors {
            visit(Read { shown, query, selector, exports });
        }
    });
}

impl<'r> Read<'r> {
    /// The metric as the code has it; `None` if it has none of this name.
    pub fn exported(&self) -> Option<(&'r str, &'r Exported)> {
        self.exports.metric_of(&self.selector.metric)
    }

    /// The metric as scenario.yml declares it. Where that and the code differ, another rule
    /// (`metrics/declared-metric-missing`) says so once.
    pub fn declares(&self, label: Option<&str>) -> bool {
        let series = self.selector.metric.as_str();
        let bare = ["_bucket", "_sum", "_count"].iter().find_map(|suffix| series.strip_suffix(suffix));
        let mut metrics = self.shown.panel.exercise.scenario.metrics.iter();
        metrics.any(|metric| {
            let is_it = metric.name.value == series || Some(metric.name.value.as_str()) == bare;
            is_it && label.is_none_or(|label| metric.labels.iter().any(|known| known.value == label))
        })
    }
}
