//! `grafana/unknown-label`.

use super::query::{Read, for_each_read};
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::promql::Grouping;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/unknown-label",
    severity: Severity::Error,
    what: "A panel filters or groups by a label that the metric does not have.",
    why: "A filter on a label that is not there lets nothing through, and grouping by it keeps nothing apart.",
    fix: "Use a label that the code gives the metric, or add it to `labelNames` and set it.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!("{rate: 'http_requests_total{«status»=~\"2..\"}'}"),
        panel!("{quantile: {of: http_request_duration_ms, q: 0.5, by: «path»}}"),
        panel!("{promql: 'sum by («endpoint») (rate(http_requests_total{route!=\"/metrics\"}[30s]))'}"),
        panel!("{promql: 'sum without (route, «verb») (rate(http_requests_total[30s]))'}"),
        panel!("{rate: 'http_requests_total{«le»=\"100\"}'}"),
    ],
    good: &[
        panel!(
            "{promql: 'sum by (le, job, instance) (rate(http_request_duration_ms_bucket{le=~\"100|250\"}[30s]))'}"
        ),
        panel!(
            "{promql: 'sum by (short) (label_replace(rate(http_requests_total[30s]), \"short\", \"$1\", \"route\", \"/(.*)\"))'}"
        ),
        panel!("{rate: 'http_requests_total{status_code=~\"2..\",method=\"GET\"}', by: [route, method]}"),
    ],
};

/// Compares the labels of every panel with the code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_read(checked, |read| {
        if read.exports.open {
            return;
        }
        for matcher in &read.selector.matchers {
            if is_unknown(&read, &matcher.label) {
                report(checked, &read, &matcher.label, matcher.label_at.clone(), sink);
            }
        }
        let makes_labels = ["label_replace", "label_join", "count_values", "info("];
        if makes_labels.iter().any(|function| read.shown.target.expr.contains(function)) {
            return;
        }
        for (label, at) in
            read.query.groupings.iter().filter(|by| is_first(&read, by)).flat_map(|by| &by.labels)
        {
            if is_unknown(&read, label) {
                report(checked, &read, label, at.clone(), sink);
            }
        }
    });
}

/// Whether a grouping is about this metric, as the only one or as the first.
fn is_first(read: &Read<'_>, grouping: &Grouping) -> bool {
    let first = read.query.selectors.get(grouping.selectors.start);
    first.is_some_and(|first| first.at == read.selector.at)
}

fn is_unknown(read: &Read<'_>, label: &str) -> bool {
    let Some((_, exported)) = read.exported() else { return false };
    !read.exports.has_label(exported, &read.selector.metric, label) && !read.declares(Some(label))
}

fn report(checked: &Checked<'_>, read: &Read<'_>, label: &str, at: std::ops::Range<usize>, sink: &Sink) {
    let Some((name, exported)) = read.exported() else { return };
    let message = format!("the metric `{name}` has no label `{label}`");
    let names = || exported.labels.keys().map(String::as_str);
    let help = match closest(label, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if exported.labels.is_empty() => "it has none: leave the label out".to_owned(),
        None => {
            format!("its labels are {}", names().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "))
        }
    };
    sink.push(read.shown.finding(checked.files, &SPEC, at, message).help(help));
}
