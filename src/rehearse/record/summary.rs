//! The figures of a rehearsal as one run, rounded as the load test rounds.

use crate::manifest::run::{
    ErrorCount, Figures, Output, Recorded, RequestFigures, Run, RunStage, RunVerdict,
};
use crate::rehearse::figure::Spread;
use crate::rehearse::judge::left_out;
use crate::rehearse::measured::{ErrorKind, Figures as Measured, Rehearsed, Round, StageRun, TestRun};
use crate::rehearse::plan::Plan;
use crate::source::{Span, Spanned};
use crate::syntax::query_plan::says_the_same;
use crate::syntax::yaml::{Date, Entries, Scalar};

/// The run that is recorded of a rehearsal: one round, so that its figures belong together — what a
/// command counted in the log is what the load test saw. It is the round in which most is as usual.
/// `previous` is the run recorded so far, `on` the day.
#[must_use]
pub fn summarise(plan: &Plan, rehearsed: &Rehearsed, previous: Option<&Run>, on: &str) -> Run {
    let usual = usual_round(rehearsed);
    let stages = plan.stages.iter().filter_map(|stage| {
        let mut runs = usual.into_iter().flat_map(|round| &round.stages);
        let run = runs.find(|run| run.stage == stage.id && run.control.is_none())?;
        let before = previous.and_then(|run| run.stages.get(&stage.id));
        Some((name(&stage.id), summarise_stage(run, before, &left_out(stage, rehearsed))))
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

/// The round whose figures are nearest to the medians of all rounds.
fn usual_round(rehearsed: &Rehearsed) -> Option<&Round> {
    let figures = |round: &Round| -> Vec<f64> {
        let tests = round.stages.iter().flat_map(|stage| &stage.tests).map(|test| &test.load.total);
        tests
            .flat_map(|it| [Some(it.success), Some(it.rps), it.p50, it.p99])
            .map(Option::unwrap_or_default)
            .collect()
    };
    let all: Vec<Vec<f64>> = rehearsed.rounds.iter().map(figures).collect();
    let median = |at: usize| {
        let values: Vec<f64> = all.iter().filter_map(|figures| figures.get(at).copied()).collect();
        Spread::of(&values).map_or(0.0, |spread| spread.median)
    };
    // How many times larger or smaller, so that milliseconds and percentages weigh the same.
    let far = |figures: &Vec<f64>| -> f64 {
        let each =
            figures.iter().enumerate().map(|(at, value)| ((value + 1.0) / (median(at) + 1.0)).ln().abs());
        each.sum()
    };
    let nearest = all.iter().enumerate().min_by(|(_, a), (_, b)| far(a).total_cmp(&far(b)));
    nearest.map(|(at, _)| &rehearsed.rounds[at])
}

/// One stage. What was recorded of commands that could not be run this time stays.
fn summarise_stage(run: &StageRun, before: Option<&RunStage>, left_out: &[&str]) -> RunStage {
    let loadtests = run.tests.iter().map(|test| (name(&test.test), summarise_test(test)));
    let commands = run.commands.iter().map(|command| {
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

fn summarise_test(test: &TestRun) -> Figures {
    let total = summarise_figures(&test.load.total);
    #[expect(clippy::cast_precision_loss, reason = "counts of requests are far below 2^52")]
    let ended = test.load.total.ended as f64;
    Figures {
        connections: Some(f64::from(test.connections)),
        seconds: Some(f64::from(test.seconds)),
        requests: Some(ended),
        success: total.success,
        rps: total.rps,
        p50: total.p50,
        p99: total.p99,
        success_p50: total.success_p50,
        success_p99: total.success_p99,
        errors: test.errors.iter().map(error_count).collect(),
        cpu: Entries(test.cpu.iter().map(|(service, cores)| (name(service), two_decimals(*cores))).collect()),
        by_request: summarise_requests(test),
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
fn summarise_requests(test: &TestRun) -> Entries<RequestFigures> {
    if test.load.requests.len() < 2 {
        return Entries::default();
    }
    let requests = test.load.requests.iter();
    Entries(requests.map(|request| (name(&request.id), summarise_figures(&request.figures))).collect())
}

/// What 99.95 % is must not read as 100 %, so percentages are cut off.
fn summarise_figures(figures: &Measured) -> RequestFigures {
    RequestFigures {
        success: Some(cut_off(figures.success)),
        rps: Some(rounded(figures.rps)),
        p50: figures.p50.map(rounded),
        p99: figures.p99.map(rounded),
        success_p50: figures.success_p50.map(rounded),
        success_p99: figures.success_p99.map(rounded),
        span: Span::nowhere(),
    }
}

fn two_decimals(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
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
