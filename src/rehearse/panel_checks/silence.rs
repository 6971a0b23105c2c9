//! Panels that Prometheus refuses, and panels that never speak, with what they ask for in vain.
//!
//! An expression with `or vector(0)` always draws something, also for a label that nothing has; so
//! labels and names are compared with what Prometheus knows, whatever was drawn. A value that no
//! series had is another matter there: a panel of errors rightly stays at zero where all is well.

use std::collections::{BTreeMap, BTreeSet};

use crate::rehearse::measured::MetricSeen;
use crate::rehearse::panels::{PanelQuery, scrape_interval};
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::verdict::{Check, Verdict};
use crate::syntax::promql::{Query, Selector};

use super::{ALL_STAGES, SeenPanel, check, quoted};

/// How many values of a label a message names.
const MAX_VALUES: usize = 5;

/// The check of one panel over all stages and rounds.
pub fn check_panel(plan: &Plan, title: &str, queries: &[&PanelQuery], shown: &[&SeenPanel<'_>]) -> Check {
    let made = |verdict, detail| check(ALL_STAGES, format!("the panel `{title}` speaks"), verdict, detail);
    if let Some(fault) = shown.iter().find_map(|seen| seen.panel.fault.as_ref()) {
        return made(Verdict::Failed, format!("Prometheus refuses it: {fault}"));
    }
    let known = Known { plan, metrics: join_metrics(shown) };
    let mut notes = Vec::new();
    for query in queries {
        let spoke = shown.iter().any(|seen| speaks(seen, &query.expr));
        let found = query.read.as_ref().and_then(|read| known.first_fault(read));
        match (spoke, found) {
            (_, Some(Fault::Wrong(detail))) | (false, Some(Fault::Unseen(detail))) => {
                return made(Verdict::Failed, detail);
            }
            (false, None) => {
                return made(Verdict::Failed, format!("`{}` had no value at any stage", query.expr));
            }
            (true, Some(Fault::Unseen(detail))) => notes.push(detail),
            (true, None) => {}
        }
    }
    notes.insert(0, where_it_spoke(shown));
    made(Verdict::Passed, notes.join("; "))
}

fn speaks(seen: &SeenPanel<'_>, expr: &str) -> bool {
    seen.panel.series.iter().any(|series| series.expr == expr && !series.points.is_empty())
}

/// "at every stage", or where it did and where it did not.
fn where_it_spoke(shown: &[&SeenPanel<'_>]) -> String {
    let mut stages: Vec<(&str, bool)> = Vec::new();
    for seen in shown {
        let spoke = seen.panel.series.iter().any(|series| !series.points.is_empty());
        match stages.iter_mut().find(|(stage, _)| *stage == seen.stage.stage) {
            Some((_, before)) => *before |= spoke,
            None => stages.push((&seen.stage.stage, spoke)),
        }
    }
    let of = |wanted: bool| stages.iter().filter(move |(_, spoke)| *spoke == wanted).map(|(stage, _)| *stage);
    if of(false).next().is_none() {
        return "spoke at every stage".to_owned();
    }
    format!("spoke at {}, empty at {}", quoted(of(true)), quoted(of(false)))
}

/// What is wrong with a selector.
enum Fault {
    /// It asks for a name or a label that is nowhere.
    Wrong(String),
    /// It asks for a value that no series had, or for what nothing has counted.
    Unseen(String),
}

/// What Prometheus had of each metric, over all stages and rounds.
struct Known<'p> {
    plan: &'p Plan,
    metrics: BTreeMap<String, MetricSeen>,
}

fn join_metrics(shown: &[&SeenPanel<'_>]) -> BTreeMap<String, MetricSeen> {
    let mut metrics: BTreeMap<String, MetricSeen> = BTreeMap::new();
    for read in shown.iter().flat_map(|seen| &seen.panel.reads) {
        let metric = metrics.entry(read.name.clone()).or_insert_with(|| read.clone());
        metric.series.extend(read.series.iter().cloned());
        if metric.bounds.is_empty() {
            metric.bounds.clone_from(&read.bounds);
        }
    }
    metrics
}

impl Known<'_> {
    /// What is wrong with an expression, the worse first.
    fn first_fault(&self, read: &Query) -> Option<Fault> {
        let mut faults: Vec<Fault> =
            read.selectors.iter().filter_map(|selector| self.selector(selector)).collect();
        faults.extend(self.grouping(read));
        let worst = faults.iter().position(|fault| matches!(fault, Fault::Wrong(_))).unwrap_or(0);
        (!faults.is_empty()).then(|| faults.swap_remove(worst))
    }

    fn selector(&self, selector: &Selector) -> Option<Fault> {
        let name = &selector.metric;
        let metric = self.metrics.get(name)?;
        if metric.series.is_empty() {
            return Some(self.absent(metric));
        }
        for matcher in selector.matchers.iter().filter(|matcher| matcher.label != "le") {
            let value = |labels: &BTreeMap<String, String>| labels.get(&matcher.label).cloned();
            let values: BTreeSet<String> = metric.series.iter().filter_map(value).collect();
            if values.is_empty() && !matcher.accepts("") {
                return Some(no_label(metric, &matcher.label, ""));
            }
            let any = metric.series.iter().any(|labels| matcher.accepts(&value(labels).unwrap_or_default()));
            if !any {
                let some = quoted(values.iter().take(MAX_VALUES).map(String::as_str));
                let label = &matcher.label;
                let text =
                    format!("no series of `{name}` has a `{label}` like `{}`; seen: {some}", matcher.value);
                return Some(Fault::Unseen(text));
            }
        }
        let all = |labels: &BTreeMap<String, String>| {
            let own = |label: &str| labels.get(label).map_or("", String::as_str);
            selector
                .matchers
                .iter()
                .all(|matcher| matcher.label == "le" || matcher.accepts(own(&matcher.label)))
        };
        if !metric.series.iter().any(all) {
            return Some(Fault::Unseen(format!("no series of `{name}` has all the labels that it asks for")));
        }
        self.short_window(selector)
    }

    /// A rate needs two scrapes in its window.
    fn short_window(&self, selector: &Selector) -> Option<Fault> {
        let (window, _) = selector.window.as_ref()?;
        let interval = self.plan.stages.iter().filter_map(scrape_interval).max()?;
        (window.as_secs() <= u64::from(interval)).then(|| {
            let text = format!(
                "a window of {} s holds no two scrapes, which are {interval} s apart; make it {} s",
                window.as_secs(),
                4 * interval
            );
            Fault::Unseen(text)
        })
    }

    fn absent(&self, metric: &MetricSeen) -> Fault {
        let name = &metric.name;
        let bare =
            ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let is_named = |stage: &StagePlan| {
            let mut code = stage.files.keys().filter(|path| !path.starts_with("dashboard"));
            code.any(|path| stage.text(path).is_some_and(|text| text.contains(bare)))
        };
        if self.plan.stages.iter().any(is_named) {
            return Fault::Unseen(format!("nothing was counted in `{name}`, which the app's code names"));
        }
        let help = metric.similar.as_ref().map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        Fault::Wrong(format!("nothing exports `{name}`{help}"))
    }

    /// `sum by (path)` where no series has a path: one line without a name.
    fn grouping(&self, read: &Query) -> Option<Fault> {
        read.groupings.iter().filter(|grouping| grouping.by).find_map(|grouping| {
            let inside = read.selectors.get(grouping.selectors.clone())?;
            let metrics: Vec<&MetricSeen> =
                inside.iter().filter_map(|selector| self.metrics.get(&selector.metric)).collect();
            let metric = metrics.first().filter(|metric| !metric.series.is_empty())?;
            let missing = grouping.labels.iter().find(|(label, _)| {
                label != "le"
                    && !metrics.iter().any(|metric| metric.series.iter().any(|own| own.contains_key(label)))
            });
            missing.map(|(label, _)| no_label(metric, label, ", by which the panel groups"))
        })
    }
}

fn no_label(metric: &MetricSeen, label: &str, why: &str) -> Fault {
    let labels: BTreeSet<&str> =
        metric.series.iter().flat_map(|own| own.keys().map(String::as_str)).collect();
    // Prometheus adds these two to everything; naming them would only distract.
    let own = labels.into_iter().filter(|name| !["instance", "job"].contains(name));
    let has = quoted(own);
    let has = if has.is_empty() { "it has none".to_owned() } else { format!("it has {has}") };
    Fault::Wrong(format!("no series of `{}` has the label `{label}`{why}; {has}", metric.name))
}
