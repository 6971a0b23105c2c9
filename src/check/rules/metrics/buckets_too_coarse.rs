//! `metrics/buckets-too-coarse`.

use super::declared_metric_missing::bucket_place;
use crate::check::telemetry::{MetricInCode, ServiceCode, scraped_code};
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::script::MetricClass;

pub static SPEC: CodeSpec = CodeSpec {
    code: "metrics/buckets-too-coarse",
    severity: Severity::Warning,
    what: "A measured latency falls into a bucket that is too wide to show it.",
    why: "Quantiles are guessed inside of a bucket. Between 100 and 5000 ms the guess can be off by seconds, and beyond the last bound the panel shows the bound itself.",
    fix: "Add bounds around the latencies that the last run recorded, in the code and in scenario.yml.",
    source: "rules.md",
    params: &[Param {
        name: "ratio",
        default: 3.0,
        doc: "how many times its lower bound the upper bound of a bucket is at most",
    }],
    bad: &[
        recorded!(
            "60",
            "4200",
            "«[5, 10, 25, 50, 100, 250, 500, 1000, 2500]»",
            "[5, 10, 25, 50, 100, 250, 500, 1000, 2500]"
        ),
        recorded!("60", "700", "«[5, 10, 25, 50, 100, 5000]»", "[5, 10, 25, 50, 100, 5000]"),
        recorded!("3", "40", "«[50, 100, 250]»", "[50, 100, 250]"),
    ],
    good: &[
        recorded!(
            "60",
            "1400",
            "[5, 10, 25, 50, 100, 250, 500, 1000, 2500]",
            "[5, 10, 25, 50, 100, 250, 500, 1000, 2500]"
        ),
        // Coarse where nothing was measured.
        recorded!("60", "190", "[1, 50, 100, 250, 10000]", "[1, 50, 100, 250, 10000]"),
    ],
};

/// Compares recorded latencies with the buckets of the histogram that times requests.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let ratio = checked.settings.number(&SPEC, "ratio").max(1.0);
    for exercise in checked.exercises {
        let Some(stage) = exercise.stages.first() else { continue };
        let code: Vec<ServiceCode<'_>> = scraped_code(stage).into_iter().map(|(code, _)| code).collect();
        let histogram = code.iter().flat_map(ServiceCode::metrics).find(times_requests);
        if let Some(found) = histogram
            && let Some(finding) = check_histogram(checked, exercise, &found, ratio)
        {
            sink.push(finding);
        }
    }
}

fn times_requests(found: &MetricInCode<'_>) -> bool {
    let Some((name, _)) = &found.metric.name else { return false };
    found.metric.class == MetricClass::Histogram
        && name.contains("request")
        && ["duration", "latency", "_ms", "seconds", "time"].iter().any(|word| name.contains(word))
}

fn check_histogram(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    found: &MetricInCode<'_>,
    ratio: f64,
) -> Option<Diagnostic> {
    let (bounds, at) = found.metric.buckets.as_ref()?;
    let (name, _) = found.metric.name.as_ref()?;
    let per_ms = if name.ends_with("_seconds") { 0.001 } else { 1.0 };
    let run = exercise.written.recorded.as_ref()?;
    for (stage, recorded) in run.stages.iter() {
        for (_, figures) in recorded.loadtests.iter() {
            for (measure, value) in [("p50", figures.p50), ("p99", figures.p99)] {
                let Some(fault) = value.and_then(|value| too_wide(bounds, value * per_ms, ratio)) else {
                    continue;
                };
                let unit = if per_ms < 1.0 { "s" } else { "ms" };
                let value = value.unwrap_or_default() * per_ms;
                let message = format!("{measure} was {value} {unit} at the stage `{}`, {fault}", stage.value);
                let declared = exercise.scenario.metrics.iter().find(|metric| metric.name.value == *name);
                let in_code = found.code.file.span(checked.files, at.clone());
                let span = declared
                    .filter(|metric| !metric.buckets.is_empty())
                    .map_or(in_code, |metric| bucket_place(checked.files, metric));
                let finding = Diagnostic::new(&SPEC, span, message);
                let finding = if span == in_code { finding } else { finding.also(in_code, "in the code") };
                let near = format!("{}, {}", nice(value * 0.75), nice(value * 1.5));
                return Some(
                    finding.help(format!("add bounds near it here and in the code, such as {near}")),
                );
            }
        }
    }
    None
}

/// What is wrong with the bucket that a value falls into.
fn too_wide(bounds: &[f64], value: f64, ratio: f64) -> Option<String> {
    let Some(upper) = bounds.iter().position(|bound| value <= *bound) else {
        let last = bounds.last()?;
        return Some(format!("beyond the last bound, {last}"));
    };
    let high = bounds[upper];
    if upper == 0 {
        return (value * ratio < high && value > 0.0).then(|| format!("far below the first bound, {high}"));
    }
    let low = bounds[upper - 1];
    (low > 0.0 && high / low > ratio).then(|| format!("in the bucket from {low} to {high}"))
}

/// A bound as people write it: two digits that count.
fn nice(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let scale = 10_f64.powf(value.log10().floor() - 1.0);
    let rounded = (value / scale / 5.0).round() * 5.0 * scale;
    if scale >= 1.0 { rounded.round() } else { rounded }
}
