//! `grafana/rate-window-too-short`.

use std::time::Duration;

use crate::check::Checked;
use crate::check::telemetry::{Scrape, Shown, for_each_target, scrapes_of};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/rate-window-too-short",
    severity: Severity::Warning,
    what: "A rate looks at fewer scrapes than it needs.",
    why: "A rate needs two values in its window; with less than four scrapes a single late one leaves a gap in the graph.",
    fix: "Widen the window to at least four times the scrape interval, or scrape more often.",
    source: "rules.md",
    params: &[Param { name: "scrapes", default: 4.0, doc: "how many scrapes fit into the window at least" }],
    bad: &[
        panel!("{promql: 'sum(rate(http_requests_total[«10s»]))'}"),
        panel!(
            "{promql: 'histogram_quantile(0.5, sum by (le) (rate(http_request_duration_ms_bucket[«15s»])))'}"
        ),
        Example::file(&[(
            "devcontainers/node-postgres/dashboard/prometheus.yml.j2",
            "global:\n  scrape_interval: «10s»\n\nscrape_configs:\n  - job_name: app\n    static_configs:\n      - targets: ['app:3000']\n",
        )]),
    ],
    good: &[
        panel!(
            "{promql: 'sum(rate(http_requests_total[20s])) + sum(max_over_time(http_requests_total[5s]))'}"
        ),
        panel!("{promql: 'sum(increase(http_requests_total[1m]))'}"),
    ],
};

/// Functions that need several values.
const RATES: [&str; 4] = ["rate", "increase", "delta", "deriv"];

/// Compares windows with the interval of scraping.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let needed = checked.settings.number(&SPEC, "scrapes");
    for_each_target(checked, |shown| {
        let Some(scrape) = scrapes_of(shown.panel.exercise.broken()).into_iter().next() else { return };
        let least = scrape.interval.mul_f64(needed.clamp(1.0, 1000.0));
        for selector in shown.target.read().iter().flat_map(|query| &query.selectors) {
            let is_rate = selector.function.as_deref().is_some_and(|name| RATES.contains(&name));
            let Some((window, at)) = selector.window.as_ref().filter(|_| is_rate) else { continue };
            if *window < least {
                sink.push(report(checked, &shown, &scrape, *window, at.clone(), least));
            }
        }
    });
}

fn report(
    checked: &Checked<'_>,
    shown: &Shown<'_>,
    scrape: &Scrape<'_>,
    window: Duration,
    at: std::ops::Range<usize>,
    least: Duration,
) -> Diagnostic {
    let (window, interval, least) = (words(window), words(scrape.interval), words(least));
    // The window of a generated expression is not an author's; the interval is.
    let is_own = shown.series.is_none_or(|series| series.promql.is_some());
    if let (false, Some(interval_at)) = (is_own, &scrape.interval_at) {
        let message = format!("every {interval} is too seldom for rates over {window}");
        let finding = scrape.file.finding(checked.files, &SPEC, interval_at.clone(), message);
        return finding.help("write `scrape_interval: 5s`");
    }
    let message = format!("a window of {window} holds too few scrapes, one every {interval}");
    let finding = shown.finding(checked.files, &SPEC, at, message).help(format!("write `[{least}]`"));
    match &scrape.interval_at {
        Some(interval_at) => {
            finding.also(scrape.file.span(checked.files, interval_at.clone()), "the interval")
        }
        None => finding,
    }
}

fn words(length: Duration) -> String {
    let millis = length.as_millis();
    if millis.is_multiple_of(60_000) {
        format!("{}m", millis / 60_000)
    } else if millis.is_multiple_of(1000) {
        format!("{}s", millis / 1000)
    } else {
        format!("{millis}ms")
    }
}
