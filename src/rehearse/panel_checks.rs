//! Whether the panels of the dashboard can be trusted: Prometheus takes every expression, no panel
//! stays empty at every stage, and a p99 on the dashboard is one that the load test saw, too.

use crate::source::Span;

use super::measured::{PanelRun, Rehearsed, StageRun, TestRun};
use super::panels::{PanelQuery, queries};
use super::plan::Plan;
use super::verdict::{Check, Verdict};

mod quantile;
mod silence;

/// The stage that a check names which is about all of them.
pub const ALL_STAGES: &str = "all stages";

/// Checks of all panels, without places.
#[must_use]
pub fn check_panels(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Check> {
    check_panels_at(plan, rehearsed, &|_| Span::nowhere())
}

/// Checks of all panels; `place` says where the panel of a title is declared. A rehearsal without
/// Prometheus has nothing to check. Negative controls are left out: what they show is nobody's
/// dashboard.
#[must_use]
pub fn check_panels_at(plan: &Plan, rehearsed: &Rehearsed, place: &dyn Fn(&str) -> Span) -> Vec<Check> {
    let seen: Vec<SeenPanel<'_>> = seen_panels(rehearsed);
    if seen.is_empty() {
        return Vec::new();
    }
    let mut known: Vec<PanelQuery> = Vec::new();
    for query in plan.stages.iter().flat_map(queries) {
        if !known.iter().any(|other| other.title == query.title && other.expr == query.expr) {
            known.push(query);
        }
    }
    let mut titles: Vec<&str> = known.iter().map(|query| query.title.as_str()).collect();
    let mut unique = std::collections::BTreeSet::new();
    titles.retain(|title| unique.insert(*title));
    let mut checks = Vec::new();
    for title in titles {
        let own: Vec<&PanelQuery> = known.iter().filter(|query| query.title == title).collect();
        let shown: Vec<&SeenPanel<'_>> = seen.iter().filter(|seen| seen.panel.title == title).collect();
        let first = checks.len();
        checks.push(silence::check_panel(plan, title, &own, &shown));
        checks.extend(quantile::check_quantiles(plan, title, &own, &shown));
        checks[first..].iter_mut().for_each(|check| check.span = place(title));
    }
    checks
}

/// A panel during one load test.
struct SeenPanel<'r> {
    stage: &'r StageRun,
    test: &'r TestRun,
    panel: &'r PanelRun,
}

fn seen_panels(rehearsed: &Rehearsed) -> Vec<SeenPanel<'_>> {
    let stages = rehearsed.rounds.iter().flat_map(|round| &round.stages);
    let tests = stages
        .filter(|stage| stage.control.is_none())
        .flat_map(|stage| stage.tests.iter().map(move |test| (stage, test)));
    tests
        .flat_map(|(stage, test)| test.panels.iter().map(move |panel| SeenPanel { stage, test, panel }))
        .collect()
}

/// A check without a place.
fn check(stage: &str, what: String, verdict: Verdict, detail: String) -> Check {
    Check { stage: stage.to_owned(), what, verdict, detail, span: Span::nowhere() }
}

/// Things in backticks, separated by commas.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
pub(super) mod tests;
