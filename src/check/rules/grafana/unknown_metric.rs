//! `grafana/unknown-metric`.

use super::example::OWN_DASHBOARD;
use super::query::{Read, for_each_read};
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::script::MetricClass;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/unknown-metric",
    severity: Severity::Error,
    what: "A panel reads a metric that no service exports.",
    why: "The panel stays empty, and learners look for a fault in the app that is one of the course.",
    fix: "Use a name that the app's code exports, or export the metric.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!("{rate: «http_request_total»}"),
        panel!(
            "{promql: 'sum(rate(http_requests_total[30s])) / sum(rate(«http_request_duration_ms»[30s]))'}"
        ),
        panel!("{quantile: {of: «http_request_duration_seconds», q: 0.99}}"),
        panel!("{gauge: «nodejs_eventloop_lag_seconds»}"),
        own_dashboard!(board!(
            r#"    { "id": 1, "type": "stat", "title": "Rate", "description": "How fast.", "gridPos": { "x": 0, "y": 0, "w": 6, "h": 4 }, "fieldConfig": { "defaults": { "unit": "reqps" } },
      "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" },
      "targets": [{ "datasource": { "type": "prometheus", "uid": "PBFA97CFB590B2093" }, "expr": "sum(rate(«http_request_totals»{route=\"/feed\"}[30s])) or vector(0)" }] }"#
        )),
    ],
    good: &[
        panel!(
            "{promql: 'sum(rate(http_request_duration_ms_sum[30s])) / sum(rate(http_request_duration_ms_count[30s]))'}"
        ),
        panel!("{promql: 'sum(up{job=\"app\"}) + sum(scrape_duration_seconds)'}"),
        // What a second service exports, and prom-client's own metrics, if it collects them.
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                concat!(
                    "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\n",
                    "facts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n",
                    "  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n",
                    "  services: [{id: worker, from: app, command: node src/worker.js, port: 9100, scrape: true}]\n",
                    "dashboard:\n  - id: http-request-duration-ms-p50\n    title: Jobs\n    unit: cps\n    help: Jobs that are done.\n",
                    "    series: [{rate: jobs_done_total}, {gauge: process_resident_memory_bytes}]\n",
                    "loadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
                ),
            ),
            (
                "content/scenarios/first/app/src/worker.js",
                "//: express answers HTTP requests; prom-client keeps numbers for Prometheus.\nconst express = require('express');\n//: prom-client keeps numbers.\nconst client = require('prom-client');\nconst { done } = require('./jobs'); //: takes one thing out of the file (destructuring)\n\nconst app = express();\nclient.collectDefaultMetrics();\nsetInterval(() => done.inc(), 1000);\n//: async functions can wait with await.\napp.get('/metrics', async (req, res) => res.send(await client.register.metrics()));\napp.listen(9100);\n",
            ),
            (
                "content/scenarios/first/app/src/jobs.js",
                "//: prom-client keeps numbers.\nconst client = require('prom-client');\nconst done = new client.Counter({ name: 'jobs_done_total', help: 'Jobs that are done' });\nmodule.exports = { done };\n",
            ),
        ]),
    ],
};

/// Compares the metrics of every panel with the code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_read(checked, |read| {
        let series = &read.selector.metric;
        let known = read.exported().is_some() || read.exports.is_built_in(series) || read.declares(None);
        let is_whole = read
            .exports
            .metrics
            .get(series)
            .is_some_and(|exported| exported.classes.contains(&MetricClass::Histogram));
        if read.exports.open || (known && !is_whole) || (is_whole && read.exported().is_some()) {
            return;
        }
        let message = if is_whole {
            format!("the histogram `{series}` has no series of that name")
        } else {
            format!("no service exports `{series}`")
        };
        let finding = read.shown.finding(checked.files, &SPEC, read.selector.at.clone(), message);
        sink.push(finding.help(help(&read, is_whole)));
    });
}

fn help(read: &Read<'_>, is_whole: bool) -> String {
    let series = &read.selector.metric;
    if is_whole {
        return format!("write `{series}_bucket`, `{series}_sum` or `{series}_count`");
    }
    let bare = ["_bucket", "_sum", "_count"].iter().find_map(|suffix| series.strip_suffix(suffix));
    let names = || read.exports.metrics.keys().map(String::as_str);
    match closest(bare.unwrap_or(series), names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if series.contains("process_") || series.contains("nodejs_") => {
            "call `collectDefaultMetrics()` of prom-client in the app, which exports it".to_owned()
        }
        None if read.exports.metrics.is_empty() => {
            format!("make it in the app: `new prometheus.Counter({{ name: '{series}', … }})`")
        }
        None => format!(
            "the code exports {}",
            names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}
