//! The figures of all rounds as one run: medians, rounded as the load test rounds.

use std::collections::BTreeMap;

use crate::manifest::run::{
    ErrorCount, Figures, Output, Recorded, RequestFigures, Run, RunStage, RunVerdict,
};
use crate::rehearse::figure::Spread;
use crate::rehearse::judge::left_out;
use crate::rehearse::measured::{ErrorKind, Figures as Measured, Rehearsed, StageRun, TestRun};
use crate::rehearse::plan::Plan;
use crate::source::{Span, Spanned};
use crate::syntax::query_plan::says_the_same;
use crate::syntax::yaml::{Date, Entries, Scalar};

/// The run that is recorded of a rehearsal. `previous` is the one recorded so far, `on` the day.
#[must_use]
pub fn summarise(plan: &Plan, rehearsed: &Rehearsed, previous: Option<&Run>, on: &str) -> Run {
    let stages = plan.stages.iter().map(|stage| {
        let runs: Vec<&StageRun> = rehearsed
            .rounds
            .iter()
            .filter_map(|round| {
                round.stages.iter().find(|run| run.stage == stage.id && run.control.is_none())
            })
            .collect();
        let before = previous.and_then(|run| run.stages.get(&stage.id));
        (name(&stage.id), summarise_stage(&runs, before, &left_out(stage, rehearsed)))
    });
    let versions = rehearsed.versions.iter().map(|(program, version)| {
        let json = serde_json::Value::String(version.clone());
        (name(program), Scalar { text: version.clone(), json, span: Span::nowhere() })
    });
    Run {
        recorded: Recorded {
            on: Date { text: on.to_owned(), span: Span::nowhere() },
            driver: rehearsed.driver,
            cores: rehearsed.cores,
            rounds: u32::try_from(rehearsed.rounds.len()).unwrap_or(u32::MAX),
            verdict: RunVerdict::Passed,
            versions: Entries(versions.collect()),
            span: Span::nowhere(),
        },
        inputs: name(&plan.inputs),
        stages: Entries(stages.collect()),
        span: Span::nowhere(),
    }
}

fn name(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), Span::nowhere())
}

/// One stage in all rounds. What was recorded of commands that could not be run this time stays.
fn summarise_stage(runs: &[&StageRun], before: Option<&RunStage>, left_out: &[&str]) -> RunStage {
    let first = runs.first();
    let loadtests = first.iter().flat_map(|run| &run.tests).map(|test| {
        let all: Vec<&TestRun> =
            runs.iter().filter_map(|run| run.tests.iter().find(|other| other.test == test.test)).collect();
        (name(&test.test), summarise_test(test, &all))
    });
    let commands = first.iter().flat_map(|run| &run.commands).map(|command| {
        // Blank lines at the end are the terminal's, not the command's.
        let now = command.output.trim_end_matches('\n');
        let known = before.and_then(|stage| stage.commands.get(&command.id));
        let known = known.map(|output| output.output.as_str()).filter(|known| says_the_same(known, now));
        let output = known.unwrap_or(now).to_owned();
        (name(&command.id), Output { output, span: Span::nowhere() })
    });
    let kept = left_out.iter().filter_map(|id| {
        let output = before?.commands.get(id)?.output.clone();
        Some((name(id), Output { output, span: Span::nowhere() }))
    });
    RunStage {
        loadtests: Entries(loadtests.collect()),
        commands: Entries(commands.chain(kept).collect()),
        span: Span::nowhere(),
    }
}

/// One load test in all rounds.
fn summarise_test(test: &TestRun, all: &[&TestRun]) -> Figures {
    let totals: Vec<&Measured> = all.iter().map(|run| &run.load.total).collect();
    let total = summarise_figures(&totals);
    #[expect(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
    let ended = median(totals.iter().map(|figures| figures.ended as f64));
    Figures {
        connections: Some(f64::from(test.connections)),
        seconds: Some(f64::from(test.seconds)),
        requests: ended.map(f64::round),
        success: total.success,
        rps: total.rps,
        p50: total.p50,
        p99: total.p99,
        success_p50: total.success_p50,
        success_p99: total.success_p99,
        errors: median_run(all).iter().flat_map(|run| &run.errors).map(error_count).collect(),
        cpu: summarise_cpu(all),
        by_request: summarise_requests(test, all),
        span: Span::nowhere(),
    }
}

fn error_count(error: &ErrorKind) -> ErrorCount {
    #[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
    let count = error.count as f64;
    let share = Some(cut_off(error.share));
    ErrorCount { message: error.message.clone(), count, share, span: Span::nowhere() }
}

/// Per-request figures; a single request has those of the whole test.
fn summarise_requests(test: &TestRun, all: &[&TestRun]) -> Entries<RequestFigures> {
    if test.load.requests.len() < 2 {
        return Entries::default();
    }
    let requests = test.load.requests.iter().map(|request| {
        let same = |run: &&TestRun| run.load.requests.iter().position(|other| other.id == request.id);
        let figures: Vec<&Measured> =
            all.iter().filter_map(|run| Some(&run.load.requests[same(run)?].figures)).collect();
        (name(&request.id), summarise_figures(&figures))
    });
    Entries(requests.collect())
}

/// Medians, rounded: what 99.95 % is must not read as 100 %, so percentages are cut off.
fn summarise_figures(all: &[&Measured]) -> RequestFigures {
    let of = |figure: fn(&Measured) -> Option<f64>| median(all.iter().filter_map(|it| figure(it)));
    RequestFigures {
        success: of(|it| Some(it.success)).map(cut_off),
        rps: of(|it| Some(it.rps)).map(rounded),
        p50: of(|it| it.p50).map(rounded),
        p99: of(|it| it.p99).map(rounded),
        success_p50: of(|it| it.success_p50).map(rounded),
        success_p99: of(|it| it.success_p99).map(rounded),
        span: Span::nowhere(),
    }
}

/// Cores by service, to two decimals; rounds in which nothing is known of a service don't count.
fn summarise_cpu(all: &[&TestRun]) -> Entries<f64> {
    let mut services: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (service, cores) in all.iter().flat_map(|run| &run.cpu) {
        services.entry(service).or_default().push(*cores);
    }
    let medians = services
        .into_iter()
        .filter_map(|(service, cores)| Some((name(service), (median(cores)? * 100.0).round() / 100.0)));
    Entries(medians.collect())
}

/// The round whose success is the median; of two in the middle, the lower one.
fn median_run<'r>(all: &[&'r TestRun]) -> Option<&'r TestRun> {
    let mut sorted = all.to_vec();
    sorted.sort_by(|a, b| a.load.total.success.total_cmp(&b.load.total.success));
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    Spread::of(&values).map(|spread| spread.median)
}

/// A percentage cut off to one decimal.
fn cut_off(percentage: f64) -> f64 {
    // 8.2 × 10 is a hair less than 82 for some numbers; the hair is not what is cut off.
    (percentage * 10.0 + 1e-9).floor() / 10.0
}

/// A rate or a latency: whole, or to one decimal where that counts.
fn rounded(value: f64) -> f64 {
    if value < 10.0 { (value * 10.0).round() / 10.0 } else { value.round() }
}
