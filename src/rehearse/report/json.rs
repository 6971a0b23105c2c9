//! Rehearsals as one JSON document: stable keys, paths relative to the project, nothing of the
//! machine but its cores and the versions of its programs. Its schema is made from the same types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::manifest::expectation::Measure;
use crate::manifest::run::Driver;
use crate::rehearse::figure::{Spread, figure};
use crate::rehearse::judge::{At, Failures, cpu_medians, left_out, runs_of, share, stage_runs};
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::verdict::{self, Judgement};
use crate::source::{Files, Span};

/// The format's version. It goes up when a key changes its meaning or vanishes.
const VERSION: u32 = 1;

/// The rehearsal of one scenario.
#[derive(Clone, Copy, Debug)]
pub struct Reported<'a> {
    pub plan: &'a Plan,
    pub ending: Ending<'a>,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// All rounds were run and judged.
    Judged { rehearsed: &'a Rehearsed, judgement: &'a Judgement },
    /// It could not be carried out: why, in words.
    Fault(&'a str),
}

/// What `rehearse --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "rehearsal")]
#[serde(rename_all = "kebab-case")]
struct Document {
    /// The format's version; 1.
    version: u32,
    /// One for each scenario that was asked for, in that order.
    scenarios: Vec<Scenario>,
}

/// The rehearsal of one scenario.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Scenario {
    id: String,
    title: String,
    /// The worst of all checks; `failed` if it could not be carried out to its end.
    verdict: Verdict,
    /// Why it could not; null if it was.
    fault: Option<String>,
    /// Hash over everything that the run depends on.
    inputs: String,
    /// On what it ran; null with a fault.
    run: Option<Run>,
    /// What each stage showed.
    stages: Vec<Stage>,
    /// What each negative control showed.
    controls: Vec<Control>,
    /// Everything that was looked at.
    checks: Vec<Check>,
}

/// How it went out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// It holds, by more than the rounds differ.
    Passed,
    /// The rounds differ by more than what is to be shown, or the machine was busy.
    Inconclusive,
    /// It does not hold.
    Failed,
}

/// On what it ran.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Run {
    /// How the services were started: `native` or `compose`.
    driver: &'static str,
    /// CPU cores of the machine.
    cores: u32,
    /// How often it went through all stages.
    rounds: usize,
    /// Versions by program.
    versions: BTreeMap<String, String>,
}

/// A stage.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Stage {
    /// `broken`, or a fix's id.
    id: String,
    /// Whether it stays: a fix that is tried and dropped does not.
    kept: bool,
    loadtests: Vec<LoadTest>,
    commands: Vec<Command>,
}

/// A negative control.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Control {
    /// What it shows, in words.
    title: String,
    /// The stage that it varies.
    stage: String,
    loadtests: Vec<LoadTest>,
}

/// A load test over all rounds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct LoadTest {
    id: String,
    connections: u32,
    /// How long it ran each time.
    seconds: u32,
    #[serde(flatten)]
    figures: Figures,
    /// The same for each request.
    requests: Vec<Request>,
    /// Requests that were not answered with a 2xx status, in all rounds.
    failed: u64,
    /// Kinds of error messages in the logs, most frequent first, in all rounds.
    errors: Vec<ErrorKind>,
    /// Cores that each service used; medians of the rounds.
    cpu: BTreeMap<String, f64>,
    /// Cores that programs used which do not belong to the rehearsal.
    foreign: Option<Figure>,
}

/// Figures; null without an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Figures {
    /// Percentage of requests answered with a 2xx status.
    success: Option<Figure>,
    /// Such answers per second.
    rps: Option<Figure>,
    /// Median latency in milliseconds.
    p50: Option<Figure>,
    /// 99th percentile of the latency in milliseconds.
    p99: Option<Figure>,
    /// Median latency of answers with a 2xx status.
    success_p50: Option<Figure>,
    /// 99th percentile of the latency of those answers.
    success_p99: Option<Figure>,
}

/// A figure over all rounds.
#[derive(Debug, Serialize, JsonSchema)]
struct Figure {
    median: f64,
    min: f64,
    max: f64,
}

/// A request of a load test.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Request {
    id: String,
    #[serde(flatten)]
    figures: Figures,
}

/// An error message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct ErrorKind {
    /// As it was first worded.
    message: String,
    count: u64,
    /// Percentage of all failures.
    share: f64,
}

/// A command of the page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Command {
    /// The fence's id.
    id: String,
    /// What was wrong with it in the first round in which something was.
    fault: Option<String>,
    /// Whether it was not run: it is typed on the machine on which the containers run, and there were
    /// none.
    left_out: bool,
}

/// Something that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Check {
    /// The stage, or the title of a control.
    stage: String,
    /// What was to be seen.
    what: String,
    verdict: Verdict,
    /// What was seen, and what to do about it.
    detail: String,
    /// Where it is declared; null for what always holds.
    at: Option<Place>,
}

/// A place in a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Place {
    /// Relative to the project.
    path: String,
    line: u32,
    column: u32,
}

/// The JSON Schema of the document.
#[must_use]
pub fn report_schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

/// Rehearsals as JSON text. `files` are those that the plans were made from: checks name their place
/// in them.
#[must_use]
pub fn report_json(files: &Files, scenarios: &[Reported<'_>]) -> String {
    let scenarios = scenarios.iter().map(|reported| scenario_data(files, *reported));
    let document = Document { version: VERSION, scenarios: scenarios.collect() };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn scenario_data(files: &Files, Reported { plan, ending }: Reported<'_>) -> Scenario {
    let mut data = Scenario {
        id: plan.id.clone(),
        title: plan.title.clone(),
        verdict: Verdict::Failed,
        fault: None,
        inputs: plan.inputs.clone(),
        run: None,
        stages: Vec::new(),
        controls: Vec::new(),
        checks: Vec::new(),
    };
    match ending {
        Ending::Fault(words) => data.fault = Some(words.to_owned()),
        Ending::Judged { rehearsed, judgement } => {
            data.verdict = verdict_data(judgement.verdict());
            data.run = Some(run_data(rehearsed));
            data.stages = plan.stages.iter().map(|stage| stage_data(stage, rehearsed)).collect();
            let controls = plan.controls.iter().enumerate();
            data.controls = controls
                .map(|(index, control)| Control {
                    title: control.title.clone(),
                    stage: plan.stages[control.stage].id.clone(),
                    loadtests: tests_data(&control.varied, At::Control(index), rehearsed),
                })
                .collect();
            data.checks = judgement.checks.iter().map(|check| check_data(files, check)).collect();
        }
    }
    data
}

fn run_data(rehearsed: &Rehearsed) -> Run {
    Run {
        driver: match rehearsed.driver {
            Driver::Native => "native",
            Driver::Compose => "compose",
        },
        cores: rehearsed.cores,
        rounds: rehearsed.rounds.len(),
        versions: rehearsed.versions.clone(),
    }
}

fn stage_data(stage: &StagePlan, rehearsed: &Rehearsed) -> Stage {
    let at = At::Stage(&stage.id);
    let mut commands: Vec<Command> = Vec::new();
    for run in stage_runs(rehearsed, at).iter().flat_map(|run| &run.commands) {
        match commands.iter_mut().find(|known| known.id == run.id) {
            Some(known) => known.fault = known.fault.take().or_else(|| run.fault.clone()),
            None => commands.push(Command { id: run.id.clone(), fault: run.fault.clone(), left_out: false }),
        }
    }
    let left_out = left_out(stage, rehearsed).into_iter();
    commands.extend(left_out.map(|id| Command { id: id.to_owned(), fault: None, left_out: true }));
    Stage { id: stage.id.clone(), kept: stage.kept, loadtests: tests_data(stage, at, rehearsed), commands }
}

fn tests_data(stage: &StagePlan, at: At<'_>, rehearsed: &Rehearsed) -> Vec<LoadTest> {
    let runs = stage.loadtests.iter().map(|test| runs_of(rehearsed, at, test.id.as_str()));
    runs.filter_map(|runs| test_data(&runs)).collect()
}

fn test_data(runs: &[&TestRun]) -> Option<LoadTest> {
    let first = runs.first()?;
    let failures = Failures::of(runs.iter().copied());
    let kind = |(message, count): &(String, u64)| ErrorKind {
        message: message.clone(),
        count: *count,
        share: share(*count, failures.total()),
    };
    let foreign: Vec<f64> = runs.iter().map(|run| run.foreign).collect();
    let requests = first
        .load
        .requests
        .iter()
        .map(|request| Request { id: request.id.clone(), figures: figures_data(runs, Some(&request.id)) });
    Some(LoadTest {
        id: first.test.clone(),
        connections: first.connections,
        seconds: first.seconds,
        figures: figures_data(runs, None),
        requests: requests.collect(),
        failed: failures.failed,
        errors: failures.kinds.iter().map(kind).collect(),
        cpu: cpu_medians(runs).into_iter().map(|(id, cores)| (id.to_owned(), cores)).collect(),
        foreign: figure_data(&foreign),
    })
}

fn figures_data(runs: &[&TestRun], request: Option<&str>) -> Figures {
    let over = |measure: Measure| {
        let values: Vec<f64> = runs.iter().filter_map(|run| figure(run, measure, request)).collect();
        figure_data(&values)
    };
    Figures {
        success: over(Measure::Success),
        rps: over(Measure::Rps),
        p50: over(Measure::P50),
        p99: over(Measure::P99),
        success_p50: over(Measure::SuccessP50),
        success_p99: over(Measure::SuccessP99),
    }
}

fn figure_data(values: &[f64]) -> Option<Figure> {
    Spread::of(values).map(|spread| Figure { median: spread.median, min: spread.min, max: spread.max })
}

fn check_data(files: &Files, check: &verdict::Check) -> Check {
    Check {
        stage: check.stage.clone(),
        what: check.what.clone(),
        verdict: verdict_data(check.verdict),
        detail: check.detail.clone(),
        at: (check.span != Span::nowhere()).then(|| {
            let position = files.position(check.span.file, check.span.start);
            let path = files.path(check.span.file).to_string();
            Place { path, line: position.line, column: position.column }
        }),
    }
}

fn verdict_data(verdict: verdict::Verdict) -> Verdict {
    match verdict {
        verdict::Verdict::Passed => Verdict::Passed,
        verdict::Verdict::Inconclusive => Verdict::Inconclusive,
        verdict::Verdict::Failed => Verdict::Failed,
    }
}
