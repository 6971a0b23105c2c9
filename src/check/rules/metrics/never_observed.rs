//! `metrics/never-observed`.

use std::collections::BTreeSet;

use super::usage::{is_of_requests, is_unmeasured, unfilled};
use crate::check::Checked;
use crate::check::telemetry::scraped_code;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::script::MetricClass;

pub static SPEC: CodeSpec = CodeSpec {
    code: "metrics/never-observed",
    severity: Severity::Error,
    what: "The code makes a metric that nothing ever fills.",
    why: "It is exported and stays empty, so the panel that shows it is empty, too, whatever learners do.",
    fix: "Call `inc()`, `observe()` or `set()` on it where the event happens, or remove it.",
    source: "rules.md",
    params: &[],
    bad: &[
        // Only the counter is fed.
        server!(
            concat!(
                head!(),
                "// METRICS\nconst requestsTotal = new prometheus.Counter({\n  name: 'http_requests_total',\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\n",
                "const «requestDuration» = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],\n});\n\n",
                "//: next() hands the request on. requestDuration.observe() is for later.\napp.use((req, res, next) => {\n  res.on('finish', () => {\n    //: `?.` and `??`: if no route matched, use 'unmatched'.\n    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n    requestsTotal.inc(labels);\n  });\n  next();\n});\n\n",
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        // A function that nobody calls fills it.
        Example::files(&[
            jobs!(
                "const «jobs» = new client.Gauge({ name: 'jobs_waiting', help: 'Jobs that wait' });\n\nfunction record(count) {\n  jobs.set(count);\n}\n\nmodule.exports = { jobs };\n"
            ),
            with_jobs!(),
        ]),
        // The timer is started and never ended.
        Example::files(&[
            jobs!(
                "const «took» = new client.Histogram({ name: 'job_seconds', help: 'Time for a job', buckets: [1, 2, 4] });\n\nsetInterval(() => {\n  const end = took.startTimer();\n}, 1000);\n"
            ),
            with_jobs!(),
        ]),
    ],
    good: &[
        // Filled in another file, by another name, by labels first, or by itself.
        Example::files(&[
            jobs!(
                "const { sum, metrics } = require('./numbers'); //: takes things out of the file (destructuring)\nconst load = new client.Gauge({ name: 'load', help: 'Load', collect() { this.set(1); } });\nconst took = new client.Histogram({ name: 'job_seconds', help: 'Time for a job', buckets: [1, 2, 4] });\n\nsetInterval(() => {\n  const end = took.startTimer();\n  sum.labels({ kind: 'a' }).inc();\n  metrics.late.set(1);\n  end();\n}, 1000);\n"
            ),
            (
                "content/scenarios/first/app/src/numbers.js",
                "//: prom-client keeps numbers.\nconst client = require('prom-client');\nconst total = new client.Counter({ name: 'jobs_total', help: 'Jobs', labelNames: ['kind'] });\nconst metrics = { late: new client.Gauge({ name: 'late', help: 'Late' }) };\nconst all = [new client.Gauge({ name: 'first', help: 'First' })];\nall.forEach((one) => one.set(1));\nmodule.exports = { sum: total, metrics };\n",
            ),
            with_jobs!(),
        ]),
    ],
};

/// Looks at the code that Prometheus reads from.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let mut seen = BTreeSet::new();
        for stage in &exercise.stages {
            for (code, _) in scraped_code(stage) {
                let unfilled = unfilled(&code);
                let unmeasured = is_unmeasured(&code, &unfilled);
                for found in unfilled.iter().filter(|found| !(unmeasured && is_of_requests(found))) {
                    let Some((name, _)) = &found.metric.name else { continue };
                    if !seen.insert((found.code.file.path.clone(), name.clone())) {
                        continue;
                    }
                    let at = place(found);
                    let (call, example) = match found.metric.class {
                        MetricClass::Counter => ("counted", "inc()"),
                        MetricClass::Gauge => ("set", "set(value)"),
                        MetricClass::Histogram | MetricClass::Summary => ("observed", "observe(value)"),
                    };
                    let message = format!("the {} `{name}` is never {call}", found.metric.class.word());
                    let holder = found.metric.variable.as_deref().unwrap_or("metric");
                    let help = format!("call `{holder}.{example}` where it happens, or remove the metric");
                    sink.push(found.code.file.finding(checked.files, &SPEC, at, message).help(help));
                }
            }
        }
    }
}

/// The variable's name at its declaration, or the call that makes the object.
fn place(found: &crate::check::telemetry::MetricInCode<'_>) -> std::ops::Range<usize> {
    let whole = found.metric.at.clone();
    let Some(variable) = &found.metric.variable else { return whole };
    let before = found.code.file.text.get(..whole.start).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    match before[line..].rfind(variable.as_str()) {
        Some(at) => line + at..line + at + variable.len(),
        None => whole,
    }
}
