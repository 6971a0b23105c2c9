//! `metrics/declared-metric-missing`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::telemetry::{MetricInCode, ServiceCode, scraped_code};
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::measure::{Metric, MetricType};
use crate::source::{Files, Span};
use crate::syntax::script::MetricClass;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "metrics/declared-metric-missing",
    severity: Severity::Error,
    what: "What scenario.yml says of a metric is not what the code exports.",
    why: "The default panels, the data for the site and the rules about dashboards are made from the declaration; a difference means empty panels.",
    fix: "Correct name, type, labels or buckets in scenario.yml or in the code, so that both say the same.",
    source: "format.md, scenario.yml",
    params: &[],
    bad: &[
        declared!(
            "  - {name: «http_request_total», type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
            "[5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]"
        ),
        declared!(
            "  - {name: «http_requests_total», type: gauge, labels: [method, route, status_code], help: Answered requests.}\n",
            "[5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]"
        ),
        declared!(
            "  - {name: http_requests_total, type: counter, labels: [method, route, «status»], help: Answered requests.}\n",
            "[5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]"
        ),
        declared!(
            "  - {name: «http_requests_total», type: counter, labels: [method, route], help: Answered requests.}\n",
            "[5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]"
        ),
        declared!(
            "  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
            "«[5, 10, 25, 50, 100, 250, 500, 750, 1000, 2500, 5000, 10000]»"
        ),
    ],
    good: &[declared!(
        "  - {name: http_requests_total, type: counter, labels: [status_code, route, method], help: Answered requests.}\n",
        "[5.0, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]"
    )],
};

/// Compares declarations with the code of every stage. What a fix brings may be missing before it.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for metric in &exercise.scenario.metrics {
            check_metric(checked, exercise, metric, sink);
        }
    }
}

fn check_metric(checked: &Checked<'_>, exercise: &Exercise<'_>, metric: &Metric, sink: &Sink) {
    let mut seen = false;
    let mut names = BTreeSet::new();
    let mut messages = BTreeSet::new();
    for stage in &exercise.stages {
        let code: Vec<ServiceCode<'_>> = scraped_code(stage).into_iter().map(|(code, _)| code).collect();
        let found: Vec<MetricInCode<'_>> = code.iter().flat_map(ServiceCode::metrics).collect();
        let is_open = code.is_empty()
            || found.iter().any(|found| found.metric.name.is_none())
            || code.iter().flat_map(|code| &code.files).any(|file| !file.script.faults.is_empty());
        let name_of = |found: &MetricInCode<'_>| found.metric.name.as_ref().map(|(name, _)| name.clone());
        let own = found.iter().find(|found| name_of(found).as_deref() == Some(&metric.name.value));
        match own {
            Some(own) => {
                seen = true;
                for finding in differences(checked.files, metric, own) {
                    if messages.insert(finding.message.clone()) {
                        sink.push(finding);
                    }
                }
            }
            None if is_open => return,
            None if seen => {
                let message =
                    format!("the app exports `{}` no longer after `{}`", metric.name.value, stage.id);
                let finding = Diagnostic::new(&SPEC, metric.name.span, message);
                sink.push(
                    finding.help("make the metric in the fix's file, too: a solution holds whole files"),
                );
                return;
            }
            None => names.extend(found.iter().filter_map(name_of)),
        }
    }
    if !seen && !exercise.stages.is_empty() {
        sink.push(missing(metric, &names));
    }
}

fn missing(metric: &Metric, names: &BTreeSet<String>) -> Diagnostic {
    let name = &metric.name.value;
    let message = format!("no code exports `{name}`");
    let help = match closest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? the code exports that"),
        None => format!(
            "make it in the app: `new prometheus.{}({{ name: '{name}', … }})`",
            class_of(metric.type_)
        ),
    };
    Diagnostic::new(&SPEC, metric.name.span, message).help(help)
}

fn class_of(kind: MetricType) -> &'static str {
    match kind {
        MetricType::Counter => "Counter",
        MetricType::Gauge => "Gauge",
        MetricType::Histogram => "Histogram",
    }
}

fn differences(files: &Files, metric: &Metric, own: &MetricInCode<'_>) -> Vec<Diagnostic> {
    let name = &metric.name.value;
    let code = |at: Range<usize>| own.code.file.span(files, at);
    let fits = match metric.type_ {
        MetricType::Counter => own.metric.class == MetricClass::Counter,
        MetricType::Gauge => own.metric.class == MetricClass::Gauge,
        MetricType::Histogram => own.metric.class == MetricClass::Histogram,
    };
    if !fits {
        let class = own.metric.class.word();
        let message = format!("`{name}` is a {class} in the code, not a {}", metric.type_.word());
        let finding =
            Diagnostic::new(&SPEC, metric.name.span, message).also(code(own.metric.at.clone()), "made here");
        return vec![finding.help(format!("write `type: {class}`, or change the code"))];
    }
    labels(metric, own, &code).into_iter().chain(buckets(files, metric, own, &code)).collect()
}

fn labels(
    metric: &Metric,
    own: &MetricInCode<'_>,
    code: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let name = &metric.name.value;
    let in_code = own.metric.labels.as_ref()?;
    let missing = metric.labels.iter().find(|label| !in_code.iter().any(|(known, _)| *known == label.value));
    let extra = in_code.iter().find(|(label, _)| !metric.labels.iter().any(|known| known.value == *label));
    let (span, message, help) = match (missing, extra) {
        (Some(label), Some((other, _))) => (
            label.span,
            format!("`{name}` has no label `{}` in the code", label.value),
            format!("the code has `{other}`: use one name in both"),
        ),
        (Some(label), None) => (
            label.span,
            format!("`{name}` has no label `{}` in the code", label.value),
            "add it to `labelNames` and set it, or remove it here".to_owned(),
        ),
        (None, Some((other, _))) => (
            metric.name.span,
            format!("`{name}` has a label `{other}` in the code that is not declared"),
            format!("add `{other}` to `labels`"),
        ),
        (None, None) => return None,
    };
    let finding = Diagnostic::new(&SPEC, span, message).help(help);
    Some(match extra {
        Some((_, at)) => finding.also(code(at.clone()), "in the code"),
        None => finding.also(code(own.metric.at.clone()), "the metric in the code"),
    })
}

fn buckets(
    files: &Files,
    metric: &Metric,
    own: &MetricInCode<'_>,
    code: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    if metric.buckets.is_empty() || own.metric.class != MetricClass::Histogram {
        return None;
    }
    let place = bucket_place(files, metric);
    let Some((bounds, at)) = &own.metric.buckets else {
        // Computed ones cannot be compared; without any, prom-client takes its own.
        return (!own.metric.has_buckets).then(|| {
            let message = format!("the code gives `{}` no buckets", metric.name.value);
            let finding =
                Diagnostic::new(&SPEC, place, message).also(code(own.metric.at.clone()), "made here");
            finding.help("add `buckets: […]` to the histogram in the code")
        });
    };
    let differ = bounds.len() != metric.buckets.len()
        || bounds.iter().zip(&metric.buckets).any(|(a, b)| (a - b).abs() > 1e-9 * a.abs().max(1.0));
    differ.then(|| {
        let message = format!("`{}` has other buckets in the code", metric.name.value);
        let list = bounds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let finding = Diagnostic::new(&SPEC, place, message).also(code(at.clone()), "in the code");
        finding.help(format!("write `buckets: [{list}]`, or change the code"))
    })
}

/// Where the declaration lists its buckets.
pub fn bucket_place(files: &Files, metric: &Metric) -> Span {
    let text = files.slice(metric.span);
    let list = text.find("buckets:").and_then(|key| {
        let open = key + text[key..].find('[')?;
        Some(metric.span.sub(open, open + text[open..].find(']')? + 1))
    });
    list.unwrap_or(metric.name.span)
}
