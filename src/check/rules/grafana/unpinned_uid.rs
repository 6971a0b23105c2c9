//! `grafana/unpinned-uid`.

use super::example::OWN_DASHBOARD;
use super::provisioning::datasources;
use crate::check::{Checked, Exercise, ExerciseFile};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::environment::DATASOURCE_UID;
use crate::syntax::grafana::Datasource;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/unpinned-uid",
    severity: Severity::Error,
    what: "A data source, a panel or a dashboard has no uid of its own.",
    why: "Grafana then makes one up, which differs from start to start: panels lose their data, and links lead nowhere.",
    fix: "Write the uid: the same one at the data source and in every panel, and one for the dashboard.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        Example::file(&[(
            "devcontainers/node-postgres/dashboard/grafana-datasource.yml.j2",
            "apiVersion: 1\n\ndatasources:\n  - name: «Prometheus»\n    type: prometheus\n    url: http://prometheus:9090\n    access: proxy\n    isDefault: true\n",
        )]),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": «"Prometheus"»,
      "targets": [{ "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "targets": [{ "expr": «"sum(rate(http_requests_total[30s]))"» }] }"#
        )),
        own_dashboard!("{\n  \"title\": «\"First\"»,\n  \"schemaVersion\": 41,\n  \"panels\": []\n}\n"),
    ],
    good: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "expr": "sum(rate(http_requests_total[30s]))" }, { "datasource": null, "expr": "sum(up)" }] },
    { "id": 2, "type": "text", "title": "Words", "gridPos": { "x": 6, "y": 0, "w": 6, "h": 4 } }"#
    ))],
};

/// Looks at data sources and dashboards.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for stage in &exercise.stages {
            for entry in datasources(stage).iter().filter(|entry| entry.uid.is_none()) {
                let message = format!("the data source `{}` has no uid", entry.name);
                let finding = entry.file.finding(checked.files, &SPEC, entry.at.clone(), message);
                sink.push(finding.help(format!("add `uid: {DATASOURCE_UID}`, by which the panels find it")));
            }
        }
        for (_, file) in exercise.each_file() {
            check_dashboard(checked, exercise, file, sink);
        }
    }
}

fn check_dashboard(checked: &Checked<'_>, exercise: &Exercise<'_>, file: &ExerciseFile<'_>, sink: &Sink) {
    let Some(board) = file.dashboard() else { return };
    if board.uid.is_none() {
        let finding = file.finding(checked.files, &SPEC, board.at.clone(), "the dashboard has no uid");
        sink.push(finding.help(format!("add `\"uid\": \"{}\"`", exercise.scenario.id)));
    }
    for panel in board.panels.iter().filter(|panel| !panel.targets.is_empty()) {
        let unpinned = match &panel.datasource {
            Datasource::Unpinned(at) => Some(at.clone()),
            Datasource::Uid(..) => None,
            Datasource::Unsaid => panel.targets.iter().find_map(|target| match &target.datasource {
                Datasource::Uid(..) => None,
                Datasource::Unpinned(at) => Some(at.clone()),
                Datasource::Unsaid => Some(target.expr_at.clone()),
            }),
        };
        let target = panel.targets.iter().find_map(|target| match &target.datasource {
            Datasource::Unpinned(at) => Some(at.clone()),
            _ => None,
        });
        if let Some(at) = unpinned.or(target) {
            let message = format!("the panel `{}` does not name its data source by uid", panel.title);
            let help = format!(
                "write `\"datasource\": {{ \"type\": \"prometheus\", \"uid\": \"{DATASOURCE_UID}\" }}`"
            );
            sink.push(file.finding(checked.files, &SPEC, at, message).help(help));
        }
    }
}
