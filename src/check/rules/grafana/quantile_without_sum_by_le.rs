//! `grafana/quantile-without-sum-by-le`.

use crate::check::Checked;
use crate::check::telemetry::for_each_target;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/quantile-without-sum-by-le",
    severity: Severity::Warning,
    what: "A quantile is taken of buckets that are not summed by `le`.",
    why: "Without `le` there are no buckets left and the panel is empty; without a sum each combination of labels gets a line of its own.",
    fix: "Write `histogram_quantile(0.99, sum by (le) (rate(…_bucket[30s])))`, with further labels beside `le` as needed.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!(
            "{promql: '«histogram_quantile»(0.99, sum by (route) (rate(http_request_duration_ms_bucket[30s])))'}"
        ),
        panel!("{promql: '«histogram_quantile»(0.99, rate(http_request_duration_ms_bucket[30s]))'}"),
        panel!("{promql: '«histogram_quantile»(0.5, sum(rate(http_request_duration_ms_bucket[30s])))'}"),
        panel!(
            "{promql: '«histogram_quantile»(0.5, sum without (le, route) (rate(http_request_duration_ms_bucket[30s])))'}"
        ),
    ],
    good: &[
        panel!(
            "{promql: 'histogram_quantile(0.99, sum(rate(http_request_duration_ms_bucket{route=\"/feed\"}[30s])) by (route, le))'}"
        ),
        panel!(
            "{promql: 'histogram_quantile(0.99, sum without (method, status_code) (rate(http_request_duration_ms_bucket[30s])))'}"
        ),
    ],
};

/// Looks at every quantile of buckets.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_target(checked, |shown| {
        let Some(query) = shown.target.read() else { return };
        for quantile in query.quantiles.iter().filter(|quantile| !quantile.sums_by_le) {
            let mut inside = query.selectors[quantile.selectors.clone()].iter();
            // Native histograms have no buckets to sum.
            let Some(buckets) = inside.find(|selector| selector.metric.ends_with("_bucket")) else {
                continue;
            };
            let message = if quantile.aggregated {
                "the buckets lose their bound `le` before the quantile is taken"
            } else {
                "the buckets are not summed before the quantile is taken"
            };
            let finding = shown.finding(checked.files, &SPEC, quantile.at.clone(), message.to_owned());
            sink.push(
                finding
                    .help(format!("write `sum by (le) (rate({}[30s]))` as its second part", buckets.metric)),
            );
        }
    });
}
