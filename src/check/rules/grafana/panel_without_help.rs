//! `grafana/panel-without-help`.

use super::example::OWN_DASHBOARD;
use crate::check::Checked;
use crate::check::telemetry::for_each_panel;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/panel-without-help",
    severity: Severity::Warning,
    what: "A panel does not say what it shows.",
    why: "Learners meet p99 and rates for the first time here; the text behind the panel's `i` is where they look.",
    fix: "Add `help:` with a sentence or two: what it shows, and what to look for.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "…\ndashboard:\n  - {id: http-request-duration-ms-p50, title: «Half», unit: ms, series: [{quantile: {of: http_request_duration_ms, q: 0.5}}]}\n",
        )]),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": «"Rate"», "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
    ],
    good: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "row", "title": "Traffic", "gridPos": { "x": 0, "y": 0, "w": 24, "h": 1 }, "panels": [] },
    { "id": 2, "type": "text", "title": "Read me", "gridPos": { "x": 0, "y": 1, "w": 24, "h": 2 }, "options": { "content": "Hello" } }"#
    ))],
};

/// Looks at every panel that draws something.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_panel(checked, |shown| {
        let is_empty = shown.panel.description.as_deref().is_none_or(|text| text.trim().is_empty());
        if shown.panel.targets.is_empty() || !is_empty {
            return;
        }
        let message = format!("the panel `{}` does not say what it shows", shown.panel.title);
        let help = if shown.declared.is_some() {
            "add `help: …` to the panel, a sentence or two"
        } else {
            "add `\"description\": \"…\"` to the panel, a sentence or two"
        };
        sink.push(shown.finding(checked.files, &SPEC, message).help(help));
    });
}
