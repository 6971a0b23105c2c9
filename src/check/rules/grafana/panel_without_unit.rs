//! `grafana/panel-without-unit`.

use super::example::OWN_DASHBOARD;
use crate::check::Checked;
use crate::check::telemetry::for_each_panel;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/panel-without-unit",
    severity: Severity::Warning,
    what: "A panel's numbers have no unit.",
    why: "Nobody can tell 800 milliseconds from 800 requests, and questions ask for what a panel shows.",
    fix: "Add `unit:` as Grafana names it: `ms`, `s`, `reqps`, `percent`, `bytes`, or `short` for plain counts.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "…\ndashboard:\n  - {id: http-request-duration-ms-p50, title: «Half», help: Half are faster., series: [{quantile: {of: http_request_duration_ms, q: 0.5}}]}\n",
        )]),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": «"Rate"», "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "…\ndashboard:\n  - {id: http-request-duration-ms-p50, title: All, unit: short, help: All of them., series: [{gauge: http_requests_total}]}\n",
        )]),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "table", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
    ],
};

/// Looks at every panel that draws numbers.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_panel(checked, |shown| {
        // The columns of a table have units of their own.
        let is_exempt = ["table", "logs", "state-timeline"].contains(&shown.panel.kind.as_str());
        let has_unit = match shown.declared {
            Some(declared) => declared.unit.is_some(),
            None => shown.panel.unit.as_deref().is_some_and(|unit| !unit.is_empty()),
        };
        if shown.panel.targets.is_empty() || is_exempt || has_unit {
            return;
        }
        let message = format!("the numbers of the panel `{}` have no unit", shown.panel.title);
        let help = if shown.declared.is_some() {
            "add `unit: ms`, `s`, `reqps`, `percent` or, for plain counts, `short`"
        } else {
            "add `\"unit\": \"ms\"` to `fieldConfig.defaults`, or another name of Grafana's"
        };
        sink.push(shown.finding(checked.files, &SPEC, message).help(help));
    });
}
