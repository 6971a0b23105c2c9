//! What the panels of a stage's dashboard show during a load test: every expression, asked of the
//! Prometheus that the stage runs, as Grafana would ask it. What to think of the answers is for
//! `panel_checks`.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;

use crate::diag::Sink;
use crate::environment::APP;
use crate::source::Files;
use crate::syntax::grafana::{Dashboard, Queries, read_dashboard};
use crate::syntax::promql::Query;
use crate::syntax::yaml::parse_yaml;

use super::driver::{Command, Driver};
use super::fault::Fault;
use super::measured::PanelRun;
use super::plan::StagePlan;

mod answer;
mod grafana;
mod prometheus;

use grafana::{Times, fill_variables, over_whole_test};

/// A query of a panel.
#[derive(Clone, Debug)]
pub struct PanelQuery {
    /// Which panel of the dashboard, counted from 0; panels without queries are not counted.
    pub panel: usize,
    /// The panel's title.
    pub title: String,
    /// Grafana's name of its unit.
    pub unit: Option<String>,
    /// `timeseries`, `stat`, …
    pub kind: String,
    /// As it stands on the dashboard.
    pub expr: String,
    /// The pattern of the names in the legend.
    pub legend: Option<String>,
    /// The expression as read; `None` if it is none.
    pub read: Option<Query>,
}

/// Carried out by node in the app's container, which every stack has and from which Prometheus can
/// be reached.
const SCRIPT: &str = include_str!("panels/ask.js");

/// Prometheus answers at once, or not at all.
const LIMIT: Duration = Duration::from_secs(60);

const DASHBOARD: &str = "dashboard/grafana-dashboard.json";

/// The dashboard that a stage's learner sees; `None` if there is none, or it cannot be read.
#[must_use]
pub fn dashboard(stage: &StagePlan) -> Option<Dashboard> {
    // JSON is YAML, and nothing here needs to know where something stands.
    let mut files = Files::default();
    let file = files.add_text(DASHBOARD, stage.text(DASHBOARD)?);
    read_dashboard(&*parse_yaml(&files, file, &Sink::default())?, &Queries::default())
}

/// Seconds between two scrapes of a stage's Prometheus, if it has one.
#[must_use]
pub fn scrape_interval(stage: &StagePlan) -> Option<u32> {
    prometheus::find_prometheus(stage).map(|found| found.interval)
}

/// The queries of a stage's dashboard, in order.
#[must_use]
pub fn queries(stage: &StagePlan) -> Vec<PanelQuery> {
    let Some(board) = dashboard(stage) else { return Vec::new() };
    let panels = board.panels.iter().filter(|panel| !panel.targets.is_empty()).enumerate();
    let of_panel = panels.flat_map(|(at, panel)| {
        panel.targets.iter().map(move |target| PanelQuery {
            panel: at,
            title: panel.title.clone(),
            unit: panel.unit.clone(),
            kind: panel.kind.clone(),
            expr: target.expr.clone(),
            legend: target.legend.clone(),
            read: target.read().cloned(),
        })
    });
    of_panel.collect()
}

/// What every panel shows between two times, in seconds since 1970 by the clock of the app's
/// container ([`now`]). Ask soon after the end; no scrape is waited for. A stage without Prometheus,
/// or without a dashboard, has no panels.
///
/// # Errors
/// The driver's own, and [`Fault::Scenario`] if Prometheus does not answer. An expression that it
/// refuses is no error: the panel says so.
pub fn ask(driver: &mut dyn Driver, stage: &StagePlan, begin: f64, end: f64) -> Result<Vec<PanelRun>, Fault> {
    let queries = queries(stage);
    let Some(found) = prometheus::find_prometheus(stage).filter(|_| !queries.is_empty()) else {
        return Ok(Vec::new());
    };
    let input = input_of(&queries, &found, begin, end);
    let ran = run_node(driver, SCRIPT, Some(&input))?;
    if !ran.is_ok() {
        return Err(Fault::scenario("the panels of the dashboard could not be asked for", ran.stderr));
    }
    answer::read_answers(&queries, &ran.stdout, begin)
        .map_err(|error| Fault::scenario("the answers of Prometheus could not be read", error.to_string()))
}

/// Seconds since 1970 by the clock of the app's container.
///
/// # Errors
/// The driver's own, and [`Fault::Scenario`] if node does not run there.
pub fn now(driver: &mut dyn Driver) -> Result<f64, Fault> {
    let ran = run_node(driver, "console.log(Date.now() / 1000)", None)?;
    ran.stdout
        .trim()
        .parse()
        .map_err(|_| Fault::scenario("the app's container does not tell the time", ran.said()))
}

fn run_node(driver: &mut dyn Driver, script: &str, input: Option<&str>) -> Result<super::driver::Ran, Fault> {
    let words = ["node", "-e", script].map(str::to_owned).into();
    driver.run(&Command { service: APP, words, input, limit: LIMIT })
}

/// What the script reads. The points end exactly where the load test does, since the last one knows
/// most of it.
fn input_of(queries: &[PanelQuery], found: &prometheus::Prometheus, begin: f64, end: f64) -> String {
    let step = found.interval;
    let seconds = (end - begin).max(0.0);
    let range = whole_seconds(seconds);
    let steps = (seconds / f64::from(step)).floor();
    let times = Times { interval: step, range };
    let asked = queries.iter().map(|query| {
        let is_quantile = query.read.as_ref().is_some_and(|read| !read.quantiles.is_empty());
        // No scrape from before the load test: what ran then was slower, or faster.
        let whole = over_whole_test(&query.expr, range).filter(|_| is_quantile);
        let whole = whole.map(|whole| fill_variables(&whole, times));
        json!({ "expr": fill_variables(&query.expr, times), "whole": whole })
    });
    json!({
        "url": found.url,
        "begin": begin,
        "start": end - steps * f64::from(step),
        "end": end,
        "step": step,
        "queries": asked.collect::<Vec<_>>(),
        "metrics": metrics_of(queries),
    })
    .to_string()
}

/// The metrics that some queries read.
fn metrics_of<'q>(queries: impl IntoIterator<Item = &'q PanelQuery>) -> BTreeSet<&'q str> {
    let reads = queries.into_iter().filter_map(|query| query.read.as_ref());
    reads.flat_map(|read| &read.selectors).map(|selector| selector.metric.as_str()).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not below 0; load tests last minutes"
)]
fn whole_seconds(seconds: f64) -> u32 {
    seconds.max(1.0).ceil() as u32
}

#[cfg(test)]
pub(super) mod tests;
