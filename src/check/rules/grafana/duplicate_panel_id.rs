//! `grafana/duplicate-panel-id`.

use std::collections::HashMap;
use std::ops::Range;

use super::example::OWN_DASHBOARD;
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/duplicate-panel-id",
    severity: Severity::Error,
    what: "Two panels of a dashboard have the same id.",
    why: "Grafana addresses panels by their id, so links and edits reach the wrong one.",
    fix: "Give each panel a number of its own.",
    source: "rules.md",
    params: &[],
    bad: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "row", "title": "A", "gridPos": { "x": 0, "y": 0, "w": 24, "h": 1 }, "panels": [
      { "id": 2, "type": "text", "title": "Inside", "gridPos": { "x": 0, "y": 1, "w": 24, "h": 1 } } ] },
    { "id": «2», "type": "text", "title": "B", "gridPos": { "x": 0, "y": 2, "w": 24, "h": 1 } }"#
    ))],
    good: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "text", "title": "A", "gridPos": { "x": 0, "y": 0, "w": 24, "h": 1 } },
    { "id": 2, "type": "text", "title": "B", "gridPos": { "x": 0, "y": 1, "w": 24, "h": 1 } }"#
    ))],
};

/// Compares the ids of each dashboard.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for (_, file) in checked.exercises.iter().flat_map(|exercise| exercise.each_file()) {
        let Some(board) = file.dashboard() else { continue };
        let mut seen: HashMap<i64, Range<usize>> = HashMap::new();
        for (id, at) in board.panels.iter().filter_map(|panel| panel.id.clone()) {
            let Some(first) = seen.get(&id) else {
                seen.insert(id, at);
                continue;
            };
            let message = format!("two panels have the id {id}");
            let free = board.panels.iter().filter_map(|panel| panel.id.as_ref()).map(|(id, _)| *id).max();
            let finding = file.finding(checked.files, &SPEC, at, message);
            let finding = finding.also(file.span(checked.files, first.clone()), "the first one");
            sink.push(finding.help(format!("write `\"id\": {}`", free.unwrap_or(0).saturating_add(1))));
        }
    }
}
