//! `grafana/overlapping-panels`.

use super::example::OWN_DASHBOARD;
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::grafana::BoardPanel;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/overlapping-panels",
    severity: Severity::Error,
    what: "Two panels of a dashboard lie on top of each other, or one lies outside of the grid.",
    why: "Grafana pushes them apart in an order of its own, and what belongs side by side ends up on different screens.",
    fix: "Correct `gridPos`: the grid is 24 columns wide, and each panel needs its own room.",
    source: "rules.md",
    params: &[],
    bad: &[
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "text", "title": "A", "gridPos": { "x": 0, "y": 0, "w": 12, "h": 8 } },
    { "id": 2, "type": "text", "title": "B", "gridPos": «{ "x": 8, "y": 4, "w": 12, "h": 8 }» }"#
        )),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "text", "title": "A", "gridPos": «{ "x": 16, "y": 0, "w": 12, "h": 8 }» }"#
        )),
    ],
    good: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "text", "title": "A", "gridPos": { "x": 0, "y": 0, "w": 12, "h": 8 } },
    { "id": 2, "type": "text", "title": "B", "gridPos": { "x": 12, "y": 0, "w": 12, "h": 8 } },
    { "id": 3, "type": "row", "title": "Closed", "collapsed": true, "gridPos": { "x": 0, "y": 8, "w": 24, "h": 1 }, "panels": [
      { "id": 4, "type": "text", "title": "Inside", "gridPos": { "x": 0, "y": 9, "w": 24, "h": 4 } } ] },
    { "id": 5, "type": "text", "title": "Below", "gridPos": { "x": 0, "y": 9, "w": 24, "h": 4 } }"#
    ))],
};

/// Columns of Grafana's grid.
const COLUMNS: i64 = 24;

/// More panels than this on one dashboard are nobody's.
const MAX_PANELS: usize = 500;

/// Compares the places of each dashboard's panels.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for (_, file) in checked.exercises.iter().flat_map(|exercise| exercise.each_file()) {
        let Some(board) = file.dashboard().filter(|board| board.panels.len() <= MAX_PANELS) else { continue };
        for (at, panel) in board.panels.iter().enumerate() {
            let Some(grid) = &panel.grid else { continue };
            let clash = board.panels[..at].iter().find(|other| is_clash(other, panel));
            let (message, help) = match clash {
                Some(other) => (
                    format!("the panel `{}` lies on top of `{}`", panel.title, other.title),
                    "move it: give `x` and `y` a place where no panel lies".to_owned(),
                ),
                None if grid.x < 0 || grid.x.saturating_add(grid.w) > COLUMNS => (
                    format!("the panel `{}` reaches out of the grid", panel.title),
                    format!("`x` and `w` together are at most {COLUMNS}"),
                ),
                None => continue,
            };
            let mut finding = file.finding(checked.files, &SPEC, grid.at.clone(), message).help(help);
            if let Some(other) = clash.and_then(|other| other.grid.as_ref()) {
                finding = finding.also(file.span(checked.files, other.at.clone()), "the other panel");
            }
            sink.push(finding);
        }
    }
}

fn is_clash(one: &BoardPanel, other: &BoardPanel) -> bool {
    let (Some(a), Some(b)) = (&one.grid, &other.grid) else { return false };
    one.row == other.row && a.overlaps(b)
}
