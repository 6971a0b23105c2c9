//! `grafana/always-empty-panel`.

use super::query::all_exports;
use crate::check::Checked;
use crate::check::telemetry::{Exports, ShownPanel, for_each_panel};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::grafana::Target;
use crate::syntax::promql::Selector;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/always-empty-panel",
    severity: Severity::Warning,
    what: "A panel is empty as long as nothing goes wrong.",
    why: "A series for errors does not exist before the first error. \"No data\" then looks like a broken dashboard, where a line at zero would be the good news.",
    fix: "Write `… or vector(0)`, or use `rate:` without `by:` or `ratio:`, which do so by themselves.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!("{promql: 'sum(rate(«http_requests_total»{status_code=~\"5..\"}[30s]))'}"),
        panel!(
            "{promql: '100 * sum(rate(«http_requests_total»{status_code=~\"[45]..\"}[30s])) / sum(rate(http_requests_total[30s]))'}"
        ),
        panel!("{rate: '«http_requests_total»{status_code=\"500\"}', by: route}"),
    ],
    good: &[
        panel!("{rate: 'http_requests_total{status_code=~\"5..\"}'}"),
        panel!("{ratio: ['http_requests_total{status_code=~\"5..\"}', http_requests_total]}"),
        panel!(
            "{promql: '100 * (sum(rate(http_requests_total{status_code=~\"5..\"}[30s])) or vector(0)) / sum(rate(http_requests_total[30s]))'}"
        ),
        panel!(
            "{promql: 'sum(rate(http_requests_total{status_code!~\"2..\"}[30s]) or 0 * rate(http_requests_total[30s]))'}"
        ),
        // One line is always there, so the panel is not empty.
        panel!(
            "{rate: http_requests_total}\n      - {promql: 'sum(rate(http_requests_total{status_code=~\"5..\"}[30s]))'}"
        ),
        panel!("{promql: 'sum by (status_code) (rate(http_requests_total{status_code=~\"2..|5..\"}[30s]))'}"),
    ],
};

/// Answers that mean that all went well, and some that don't.
const GOOD: [&str; 5] = ["200", "201", "204", "301", "304"];
const ERRORS: [&str; 8] = ["400", "404", "409", "429", "500", "502", "503", "504"];

/// Looks for panels whose every line may be missing.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let exports = all_exports(checked);
    for_each_panel(checked, |shown| {
        let Some(exports) = exports.of(shown.exercise.index) else { return };
        let lines: Option<Vec<&Selector>> =
            shown.panel.targets.iter().map(|target| rare(target, exports)).collect();
        if let Some(first) = lines.as_ref().and_then(|lines| lines.first()) {
            report(checked, &shown, first, sink);
        }
    });
}

/// The selector for the sake of which an expression has no result while all is well.
fn rare<'t>(target: &'t Target, exports: &Exports) -> Option<&'t Selector> {
    let query = target.read().filter(|query| !query.never_empty)?;
    query.selectors.iter().find(|selector| !selector.covered && is_rare(selector, exports))
}

fn is_rare(selector: &Selector, exports: &Exports) -> bool {
    let asks_for_errors = selector.matchers.iter().any(|matcher| {
        let is_status = matcher.label.contains("status") || matcher.label == "code";
        is_status
            && !GOOD.iter().any(|status| matcher.accepts(status))
            && ERRORS.iter().any(|status| matcher.accepts(status))
    });
    // A counter without labels starts at zero; with labels it does not exist before the first event.
    let counts_faults = ["error", "failure", "failed", "rejected", "timeout", "dropped"]
        .iter()
        .any(|word| selector.metric.contains(word))
        && exports.metric_of(&selector.metric).is_some_and(|(_, exported)| !exported.labels.is_empty());
    asks_for_errors || counts_faults
}

fn report(checked: &Checked<'_>, shown: &ShownPanel<'_>, selector: &Selector, sink: &Sink) {
    let Some(target) = shown.panel.targets.first() else { return };
    let series = shown.declared.and_then(|declared| declared.series.first());
    let query = crate::check::telemetry::Shown { panel: *shown, target, series };
    let message = format!("`{}` is empty until something goes wrong", shown.panel.title);
    let help = match series {
        Some(series) if series.promql.is_none() => {
            "leave `by:` out, and the line lies at zero; or write the expression with `promql:` and `or vector(0)`"
        }
        _ => "write `(…) or vector(0)` around the part that may have no series",
    };
    sink.push(query.finding(checked.files, &SPEC, selector.at.clone(), message).help(help));
}
