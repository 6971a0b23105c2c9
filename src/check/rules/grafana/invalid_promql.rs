//! `grafana/invalid-promql`.

use super::example::OWN_DASHBOARD;
use crate::check::Checked;
use crate::check::telemetry::{Shown, for_each_target};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::promql::parse_promql;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/invalid-promql",
    severity: Severity::Error,
    what: "A panel's expression is not PromQL.",
    why: "Grafana shows an error where learners should see a graph.",
    fix: "Correct the expression; most often a bracket, a quote or a window is missing.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!("{promql: «'sum(rate(http_requests_total[30s])'»}"),
        panel!("{rate: «'http_requests_total{route=/feed}'»}"),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": «"rate(http_requests_total)[30s]"» }] }"#
        )),
    ],
    good: &[
        panel!("{promql: 'sum(rate(http_requests_total{route=\"/feed\", method!~\"P.*\"}[30s])) > 0'}"),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(http_requests_total{route=\"/feed\"}[$__rate_interval])) or vector(0)" }] }"#
        )),
    ],
};

/// Parses every expression.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_target(checked, |shown| {
        let Err(fault) = &shown.target.query else { return };
        // A variable of Grafana outside of quotes may stand for anything.
        let expr = &shown.target.expr;
        if expr.trim().is_empty() || expr.contains('$') {
            return;
        }
        let fault = fault.lines().next().unwrap_or("").trim().trim_end_matches('.');
        let message = format!("this is not PromQL: {fault}");
        let span = place(&shown, checked);
        let at = shown.target.expr_at.clone();
        let finding = shown.panel.file.finding_at(&SPEC, span, at, message);
        sink.push(finding.help(
            "check brackets, quotes and the window; a complete one is `sum(rate(http_requests_total[30s]))`",
        ));
    });
}

/// The part of the series that is no expression by itself; all of it if they only don't fit.
fn place(shown: &Shown<'_>, checked: &Checked<'_>) -> crate::source::Span {
    let parts = shown.parts();
    let faulty = parts.iter().find(|part| parse_promql(&part.value).is_err());
    match faulty.or(parts.first()) {
        Some(part) => part.span,
        None => shown.panel.file.span(checked.files, shown.target.expr_at.clone()),
    }
}
