//! `grafana/uid-mismatch`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::example::OWN_DASHBOARD;
use super::provisioning::{DatasourceEntry, datasources};
use crate::check::{Checked, ExerciseFile, StageFolder};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::grafana::{Dashboard, Datasource};

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/uid-mismatch",
    severity: Severity::Error,
    what: "A panel asks a data source that Grafana does not have.",
    why: "The panel shows an error instead of data, although Prometheus has everything.",
    fix: "Use the same uid in the data source's file and in every panel and target.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        Example::file(&[(
            "devcontainers/node-postgres/dashboard/grafana-datasource.yml.j2",
            "apiVersion: 1\n\ndatasources:\n  - name: Prometheus\n    type: prometheus\n    uid: «prometheus»\n    url: http://prometheus:9090\n    access: proxy\n    isDefault: true\n",
        )]),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": «"prometheus"» }, "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": «"${DS_PROMETHEUS}"» },
      "targets": [{ "expr": "sum(rate(http_requests_total[30s]))" }] }"#
        )),
    ],
    good: &[own_dashboard!(board!(
        r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(http_requests_total[30s]))" }] },
    { "id": 2, "type": "text", "title": "Words", "datasource": { "type": "datasource", "uid": "-- Mixed --" }, "gridPos": { "x": 6, "y": 0, "w": 6, "h": 4 } }"#
    ))],
};

/// Compares the uids of panels with those of the data sources.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for stage in &exercise.stages {
            check_stage(checked, stage, sink);
        }
    }
}

fn check_stage(checked: &Checked<'_>, stage: &StageFolder<'_>, sink: &Sink) {
    let entries = datasources(stage);
    let known: BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry.uid.as_ref()).map(|(uid, _)| uid.as_str()).collect();
    // Without a uid of its own the data source is another rule's.
    let Some(entry) = entries.iter().find(|entry| entry.uid.is_some()) else { return };
    for file in stage.files.values() {
        let Some(board) = file.dashboard() else { continue };
        let mut reported = BTreeSet::new();
        for (uid, at) in uids_of(board) {
            let is_own =
                uid.starts_with("--") || uid == "grafana" || (uid.starts_with('$') && board.has_variables);
            if !known.contains(uid) && !is_own && reported.insert(uid) {
                report(checked, file, entry, uid, at, sink);
            }
        }
    }
}

fn uids_of(board: &Dashboard) -> impl Iterator<Item = (&str, &Range<usize>)> {
    let sources = board.panels.iter().flat_map(|panel| {
        std::iter::once(&panel.datasource).chain(panel.targets.iter().map(|target| &target.datasource))
    });
    sources.filter_map(|source| match source {
        Datasource::Uid(uid, at) => Some((uid.as_str(), at)),
        Datasource::Unsaid | Datasource::Unpinned(_) => None,
    })
}

fn report(
    checked: &Checked<'_>,
    file: &ExerciseFile<'_>,
    entry: &DatasourceEntry<'_>,
    uid: &str,
    at: &Range<usize>,
    sink: &Sink,
) {
    let Some((own, own_at)) = &entry.uid else { return };
    // The uids of a generated dashboard are not an author's; the data source's is.
    if file.rendered {
        let message = format!("the data source has the uid `{own}`, but the panels ask for `{uid}`");
        let finding = entry.file.finding(checked.files, &SPEC, own_at.clone(), message);
        sink.push(finding.help(format!("write `uid: {uid}`")));
        return;
    }
    let message = format!("there is no data source with the uid `{uid}`");
    let finding = file.finding(checked.files, &SPEC, at.clone(), message);
    let finding = finding.also(entry.file.span(checked.files, own_at.clone()), "the data source");
    sink.push(finding.help(format!("write `\"uid\": \"{own}\"`")));
}
