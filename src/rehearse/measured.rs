//! What a rehearsal saw, as figures. Nothing here says whether they are good.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::manifest::run::Driver;

/// All rounds of one scenario.
#[derive(Clone, Debug)]
pub struct Rehearsed {
    /// The scenario's id.
    pub scenario: String,
    pub driver: Driver,
    /// How many CPU cores the machine has.
    pub cores: u32,
    /// Versions by program: `node`, `postgres`, `autocannon`, …
    pub versions: BTreeMap<String, String>,
    /// Each round goes through all stages once, so that what changes on the machine in the meantime
    /// meets all stages alike.
    pub rounds: Vec<Round>,
}

/// One way through the stages.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// In the order of the plan.
    pub stages: Vec<StageRun>,
}

/// What one stage, or one control, showed in one round.
#[derive(Clone, Debug)]
pub struct StageRun {
    /// `broken`, or a fix's id.
    pub stage: String,
    /// For a negative control: its index in the plan.
    pub control: Option<usize>,
    pub tests: Vec<TestRun>,
    pub commands: Vec<CommandRun>,
}

/// One load test.
#[derive(Clone, Debug)]
pub struct TestRun {
    /// The load test's id.
    pub test: String,
    pub connections: u32,
    /// How long it ran, in seconds.
    pub seconds: u32,
    pub load: Load,
    /// Error messages in the logs of the app's processes, most frequent first.
    pub errors: Vec<ErrorKind>,
    /// Cores that each service used on average; services of which nothing is known are missing.
    pub cpu: BTreeMap<String, f64>,
    /// Cores that programs used which do not belong to the rehearsal.
    pub foreign: f64,
    /// What every panel of the dashboard showed meanwhile.
    pub panels: Vec<PanelRun>,
}

/// The figures that the load test prints with `--json`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Load {
    #[serde(flatten)]
    pub total: Figures,
    /// CPU seconds that the load test itself has used.
    #[serde(default)]
    pub cpu_seconds: f64,
    /// The same for each request.
    pub requests: Vec<RequestLoad>,
}

/// The figures of one request.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestLoad {
    pub id: String,
    #[serde(flatten)]
    pub figures: Figures,
}

/// Counts, shares and latencies. Latencies are in milliseconds; `None` without an answer.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Percentage of all requests that ended which were answered with a 2xx status.
    pub success: f64,
    /// Answers with a 2xx status per second (goodput).
    pub rps: f64,
    pub p50: Option<f64>,
    pub p99: Option<f64>,
    pub success_p50: Option<f64>,
    pub success_p99: Option<f64>,
    /// Requests that ended, in whatever way.
    pub ended: u64,
    pub succeeded: u64,
    /// Answers with another status.
    pub refused: u64,
    pub timeouts: u64,
    /// Broken connections.
    pub errors: u64,
}

/// An error message and how often it came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorKind {
    /// As it was first worded.
    pub message: String,
    pub count: u64,
    /// Percentage of all error messages.
    pub share: f64,
}

/// A panel of the dashboard during one load test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelRun {
    /// The panel's title on the dashboard.
    pub title: String,
    /// Grafana's name of the unit: `ms`, `reqps`, `percent`, …
    pub unit: Option<String>,
    /// `timeseries`, `stat`, …
    pub kind: String,
    pub series: Vec<Series>,
    /// What Prometheus says of an expression that it refuses.
    pub fault: Option<String>,
    /// What Prometheus has of the metrics that the panel reads.
    pub reads: Vec<MetricSeen>,
}

/// A metric that a panel reads, as Prometheus had it during the load test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetricSeen {
    /// The name in the expression: `took_ms_bucket`.
    pub name: String,
    /// The labels of each of its series, `le` left out. None if nothing exports it.
    pub series: BTreeSet<BTreeMap<String, String>>,
    /// Upper bounds of its buckets, the smallest first, infinity left out.
    pub bounds: Vec<f64>,
    /// The most similar name that is exported, for a metric without series.
    pub similar: Option<String>,
}

/// One line of a panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The expression that it answers.
    pub expr: String,
    /// As Grafana's legend would name it.
    pub name: String,
    /// The labels that the expression keeps apart.
    pub labels: BTreeMap<String, String>,
    /// Seconds since the load test began, and values; points without a number are left out.
    pub points: Vec<(f64, f64)>,
    /// Of a quantile: its value over the whole load test and nothing else, whatever window the panel
    /// has.
    pub whole: Option<f64>,
}

/// A command of the page that was run at its stage.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandRun {
    /// The fence's id.
    pub id: String,
    pub output: String,
    /// What is wrong with it: it ended badly, or its output lacks what the page expects.
    pub fault: Option<String>,
}
