//! A p99 on the dashboard against the one that the load test measured.
//!
//! Prometheus only knows in which bucket the p99 falls, and guesses on a straight line inside of
//! it. The load test knows every latency, but measures at the client: what waits in front of the
//! app before its timer starts counts there alone. So a client that is slower proves nothing, and
//! these are wrong for sure:
//!
//! - the p99 lies beyond the last bucket, and the client's does, too: the panel can show no more;
//! - both lie in the same bucket, and differ by more than [`FAR`]: the bucket is too wide;
//! - the panel shows more than [`FAR`] times what any client waited: another unit, another timer.
//!
//! The dashboard's value is the expression over exactly the load test ([`Series::whole`]), because
//! the window of a panel also holds what came before. Only what counts the same requests is
//! compared: series that keep labels apart other than the route, or that leave out some statuses,
//! are passed over.

use std::collections::BTreeMap;

use crate::manifest::measure::{LoadTest, Request};
use crate::rehearse::measured::{Figures, MetricSeen, Series, TestRun};
use crate::rehearse::panels::{PanelQuery, scrape_interval};
use crate::rehearse::plan::Plan;
use crate::rehearse::verdict::{Check, Verdict};
use crate::syntax::promql::Selector;

use super::{SeenPanel, check};

/// A p99 that differs by more than this factor leads to other conclusions.
const FAR: f64 = 2.0;

/// Milliseconds that the client itself may add or miss.
const NOISE: f64 = 5.0;

/// A p99 of fewer answers is but the slowest of them.
const MIN_ANSWERS: u64 = 100;

/// How often Prometheus must have looked during a load test: what it saw before the first look
/// belongs to what ran before.
const MIN_LOOKS: u32 = 5;

/// Labels that Prometheus adds to every series.
const TARGET_LABELS: [&str; 2] = ["instance", "job"];

/// One check for each stage, load test and request of which the panel shows a p99.
pub fn check_quantiles(
    plan: &Plan,
    title: &str,
    queries: &[&PanelQuery],
    shown: &[&SeenPanel<'_>],
) -> Vec<Check> {
    let mut found: Vec<Compared<'_>> = Vec::new();
    for seen in shown.iter().filter(|seen| is_seen_often(plan, seen)) {
        let loadtest = loadtest_of(plan, seen);
        for query in queries.iter().filter(|query| is_p99(query)) {
            found.extend(compare(query, seen, loadtest));
        }
    }
    let mut groups: Vec<(&str, &str, &str)> = Vec::new();
    for one in &found {
        if !groups.contains(&one.key()) {
            groups.push(one.key());
        }
    }
    let of_group = |key: (&str, &str, &str)| {
        let rounds: Vec<&Compared<'_>> = found.iter().filter(|one| one.key() == key).collect();
        let (stage, test, subject) = key;
        let what = format!("the p99 of the panel `{title}` is that of the load test `{test}`{subject}");
        let faults = rounds.iter().filter(|one| one.outcome.is_fault).count();
        let verdict = match faults {
            0 => Verdict::Passed,
            all if all == rounds.len() => Verdict::Failed,
            _ => Verdict::Inconclusive,
        };
        let told = rounds.iter().find(|one| one.outcome.is_fault).or_else(|| rounds.first());
        check(stage, what, verdict, told.map_or_else(String::new, |one| one.outcome.detail.clone()))
    };
    groups.iter().map(|key| of_group(*key)).collect()
}

fn loadtest_of<'p>(plan: &'p Plan, seen: &SeenPanel<'_>) -> Option<&'p LoadTest> {
    let stage = plan.stages.iter().find(|stage| stage.id == seen.stage.stage)?;
    stage.loadtests.iter().find(|test| test.id.text == seen.test.test)
}

/// A quick load test is over before Prometheus has looked often enough.
fn is_seen_often(plan: &Plan, seen: &SeenPanel<'_>) -> bool {
    let stage = plan.stages.iter().find(|stage| stage.id == seen.stage.stage);
    let interval = stage.and_then(scrape_interval).unwrap_or(1);
    seen.test.seconds >= MIN_LOOKS * interval
}

fn is_p99(query: &PanelQuery) -> bool {
    let quantiles = query.read.as_ref().map_or(&[][..], |read| &read.quantiles);
    let is_whole = query.expr.trim_start().starts_with("histogram_quantile");
    is_whole && matches!(quantiles, [one] if one.q == Some(0.99)) && scale(query).is_some()
}

/// Milliseconds in the panel's unit.
fn scale(query: &PanelQuery) -> Option<f64> {
    match query.unit.as_deref() {
        Some("ms") => Some(1.0),
        Some("s") => Some(1000.0),
        _ => None,
    }
}

/// A p99 of one round.
struct Compared<'r> {
    stage: &'r str,
    test: &'r str,
    /// ", request `feed`", or nothing for all requests.
    subject: String,
    outcome: Outcome,
}

impl Compared<'_> {
    fn key(&self) -> (&str, &str, &str) {
        (self.stage, self.test, &self.subject)
    }
}

fn compare<'r>(query: &PanelQuery, seen: &SeenPanel<'r>, loadtest: Option<&LoadTest>) -> Vec<Compared<'r>> {
    let (Some(scale), Some(read)) = (scale(query), &query.read) else { return Vec::new() };
    let Some(selector) = read.selectors.first() else { return Vec::new() };
    let Some(metric) = seen.panel.reads.iter().find(|metric| metric.name == selector.metric) else {
        return Vec::new();
    };
    let bounds: Vec<f64> = metric.bounds.iter().map(|bound| bound * scale).collect();
    let own = seen.panel.series.iter().filter(|series| series.expr == query.expr);
    let compared = own.filter_map(|series| {
        let shown = series.whole? * scale;
        let truth = truth_of(series, selector, metric, seen.test, loadtest)?;
        let histogram = metric.name.strip_suffix("_bucket").unwrap_or(&metric.name);
        Some(Compared {
            stage: &seen.stage.stage,
            test: &seen.test.test,
            subject: truth.subject,
            outcome: judge(shown, truth.p99, &bounds, truth.gave_up, histogram),
        })
    });
    compared.collect()
}

/// What the clients of a series measured.
struct Truth {
    subject: String,
    p99: f64,
    /// Some clients did not wait for their answer, so that the app's may be slower.
    gave_up: bool,
}

fn truth_of(
    series: &Series,
    selector: &Selector,
    metric: &MetricSeen,
    test: &TestRun,
    loadtest: Option<&LoadTest>,
) -> Option<Truth> {
    let is_own = |labels: &&BTreeMap<String, String>| {
        series.labels.iter().all(|(name, value)| labels.get(name) == Some(value))
    };
    let in_scope: Vec<_> = metric.series.iter().filter(is_own).collect();
    let route = route_label(metric);
    let apart = series.labels.keys().filter(|label| Some(label.as_str()) != route);
    // Copies of the app each see a part of the requests.
    if apart.filter(|label| !TARGET_LABELS.contains(&label.as_str())).count() > 0
        || (series.labels.contains_key("instance") && values(metric, "instance").count() > 1)
    {
        return None;
    }
    let asked = |labels: &&&BTreeMap<String, String>| {
        let own = |label: &str| labels.get(label).map_or("", String::as_str);
        selector.matchers.iter().all(|matcher| matcher.accepts(own(&matcher.label)))
    };
    let counted: Vec<_> = in_scope.iter().filter(asked).copied().collect();
    let routes: Vec<&str> = route
        .iter()
        .flat_map(|label| counted.iter().filter_map(|own| Some(own.get(*label)?.as_str())))
        .collect();
    // What the matchers leave out of the routes that they let in.
    let of_routes = |labels: &&&BTreeMap<String, String>| {
        route.is_none_or(|label| labels.get(label).is_some_and(|own| routes.contains(&own.as_str())))
    };
    let left_out: Vec<_> =
        in_scope.iter().filter(of_routes).filter(|labels| !counted.contains(labels)).copied().collect();
    let only_successes = !left_out.is_empty();
    if only_successes
        && !(left_out.iter().all(|own| !is_success(own)) && counted.iter().all(|own| is_success(own)))
    {
        return None;
    }
    let (subject, figures) = figures_of(&routes, route.is_some(), test, loadtest)?;
    let p99 = if only_successes { figures.success_p99 } else { figures.p99 };
    let enough = if only_successes { figures.succeeded } else { figures.ended } >= MIN_ANSWERS;
    let gave_up = test.load.total.timeouts > 0;
    Some(Truth { subject, p99: p99.filter(|_| enough)?, gave_up })
}

/// The figures of the requests behind some routes: of one request, or of all. The slowest of
/// several stands for them.
fn figures_of<'t>(
    routes: &[&str],
    has_routes: bool,
    test: &'t TestRun,
    loadtest: Option<&LoadTest>,
) -> Option<(String, &'t Figures)> {
    let requests = loadtest.map_or(&[][..], |test| &test.requests);
    let answered = |request: &&Request| routes.iter().any(|route| answers(route, &request.path.value));
    let met: Vec<&Request> = requests.iter().filter(answered).collect();
    if !has_routes || (met.len() == requests.len() && met.len() > 1) {
        return Some((String::new(), &test.load.total));
    }
    let figures = |request: &&Request| {
        test.load.requests.iter().find(|load| load.id == request.id.text).map(|load| &load.figures)
    };
    let slowest = met.iter().max_by(|a, b| {
        let p99 = |request| figures(request).and_then(|figures| figures.p99).unwrap_or(0.0);
        p99(a).total_cmp(&p99(b))
    })?;
    // Alone in its load test it also owns what ended without an answer.
    let own = if requests.len() == 1 { Some(&test.load.total) } else { figures(slowest) };
    Some((format!(", request `{}`", slowest.id.text), own?))
}

/// The label that holds the pattern or the address of a request.
fn route_label(metric: &MetricSeen) -> Option<&str> {
    let labels = metric.series.iter().flatten();
    labels.into_iter().find(|(_, value)| value.starts_with('/')).map(|(label, _)| label.as_str())
}

fn values<'m>(metric: &'m MetricSeen, label: &'m str) -> impl Iterator<Item = &'m str> {
    let all: std::collections::BTreeSet<&str> =
        metric.series.iter().filter_map(|own| Some(own.get(label)?.as_str())).collect();
    all.into_iter()
}

/// Whether some label holds a 2xx status.
fn is_success(labels: &BTreeMap<String, String>) -> bool {
    let is_2xx = |value: &str| {
        value == "2xx"
            || (value.len() == 3 && value.starts_with('2') && value.bytes().all(|byte| byte.is_ascii_digit()))
    };
    labels.values().any(|value| is_2xx(value))
}

/// Whether a route's pattern, such as `/posts/:id`, answers an address.
fn answers(route: &str, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let parts = |text: &str| text.trim_end_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (route, path) = (parts(route), parts(path));
    route.len() == path.len() && route.iter().zip(&path).all(|(want, is)| want.starts_with(':') || want == is)
}

/// What came out, in words.
struct Outcome {
    is_fault: bool,
    detail: String,
}

/// Compares two p99, both in milliseconds. `bounds` are those of the buckets, if they are known.
fn judge(shown: f64, truth: f64, bounds: &[f64], gave_up: bool, metric: &str) -> Outcome {
    let fault = |detail| Outcome { is_fault: true, detail };
    let both = format!("the panel shows {}, the load test {}", words(shown), words(truth));
    if let Some(last) = bounds.last().filter(|last| shown >= **last * (1.0 - 1e-9) && truth > **last) {
        let detail = format!(
            "{both}: the buckets of `{metric}` end at {}; add some beyond the load test's",
            words(*last)
        );
        return fault(detail);
    }
    let is_far = (shown - truth).abs() > NOISE && (shown > FAR * truth || truth > FAR * shown);
    if !is_far {
        return Outcome { is_fault: false, detail: both };
    }
    let at = bounds.iter().position(|bound| shown <= *bound);
    let bucket = at.map(|at| (at.checked_sub(1).map_or(0.0, |below| bounds[below]), bounds[at]));
    if let Some((low, high)) = bucket.filter(|(low, high)| (*low..=*high).contains(&truth)) {
        let detail = format!(
            "{both}: both lie in one bucket of `{metric}`, from {} to {}; add bounds between them",
            words(low),
            words(high)
        );
        return fault(detail);
    }
    if shown > truth && !gave_up {
        return fault(format!(
            "{both}: nobody waited that long; look at the unit and the timer of `{metric}`"
        ));
    }
    let why = if shown > truth {
        "clients gave up before the app answered"
    } else {
        "requests wait before the app's timer starts"
    };
    Outcome { is_fault: false, detail: format!("{both}: {why}") }
}

/// Milliseconds as text.
fn words(milliseconds: f64) -> String {
    if milliseconds < 10.0 { format!("{milliseconds:.1} ms") } else { format!("{milliseconds:.0} ms") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: [f64; 4] = [10.0, 100.0, 1000.0, 10_000.0];

    fn judged(shown: f64, truth: f64) -> (bool, String) {
        let outcome = judge(shown, truth, &BOUNDS, false, "took_ms");
        (outcome.is_fault, outcome.detail)
    }

    #[test]
    fn a_p99_that_is_near_passes() {
        assert!(!judged(680.0, 700.0).0 && !judged(700.0, 360.0).0);
        // A few milliseconds are the client's own.
        assert!(!judged(9.9, 5.1).0 && !judged(1.0, 4.0).0);
    }

    #[test]
    fn buckets_that_end_too_early_are_found() {
        let (is_fault, detail) = judged(10_000.0, 14_000.0);
        assert!(is_fault && detail.contains("end at 10000 ms"), "{detail}");
        // The p99 may well lie at the last bound.
        assert!(!judged(10_000.0, 9_800.0).0);
    }

    #[test]
    fn buckets_that_are_too_wide_are_found() {
        let (is_fault, detail) = judged(990.0, 210.0);
        assert!(is_fault && detail.contains("from 100 ms to 1000 ms"), "{detail}");
        let (is_fault, detail) = judged(120.0, 900.0);
        assert!(is_fault && detail.contains("one bucket"), "{detail}");
        assert!(judged(9.9, 2.0).0);
    }

    #[test]
    fn a_dashboard_slower_than_any_client_is_found() {
        let (is_fault, detail) = judged(4_000.0, 800.0);
        assert!(is_fault && detail.contains("nobody waited that long"), "{detail}");
        assert!(!judge(25_000.0, 10_000.0, &[], true, "took_ms").is_fault);
    }

    #[test]
    fn a_client_that_waits_before_the_timer_starts_is_no_fault() {
        let (is_fault, detail) = judged(50.0, 900.0);
        assert!(!is_fault && detail.contains("before the app's timer"), "{detail}");
    }

    #[test]
    fn routes_answer_addresses() {
        assert!(answers("/posts/:id", "/posts/7?full=1") && answers("/feed", "/feed/") && answers("/", "/"));
        assert!(!answers("/posts/:id", "/posts") && !answers("/feed", "/posts"));
    }
}
