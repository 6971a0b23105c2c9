//! `content/scenarios/<id>/recorded/run.yml`: what the last rehearsal saw. Written by a rehearsal
//! alone, never by hand.

use crate::source::Spanned;
use crate::syntax::yaml::{Date, Entries, Scalar, choice, record};

record! {
    /// A recorded run.
    pub struct Run as "a recorded run" {
        /// When and on what it ran.
        recorded: Recorded,
        /// Hash over the stages' files, the load tests and the rendered environment.
        inputs: Spanned<String>,
        /// What each stage showed.
        stages: Entries<RunStage>,
    }
}

record! {
    /// When and on what a run was made.
    pub struct Recorded as "the key `recorded`" {
        /// The day.
        on: Date,
        /// How the services were started.
        driver: Driver,
        /// How many CPU cores the machine had.
        cores: u32,
        /// How many times all stages were gone through; figures are medians.
        rounds: u32 = 1,
        /// How it ended. Only what passed is recorded.
        verdict: RunVerdict = RunVerdict::Passed,
        /// Versions of the programs that matter.
        versions: Entries<Scalar>,
    }
}

choice! {
    /// How a recorded run ended.
    pub enum RunVerdict {
        /// Everything that the author expects was seen.
        Passed = "passed",
    }
}

choice! {
    /// How the services of a run were started.
    pub enum Driver {
        /// As processes of one machine.
        Native = "native",
        /// By Docker Compose.
        Compose = "compose",
    }
}

record! {
    /// What one stage showed.
    pub struct RunStage as "a recorded stage" {
        /// Figures by load test.
        loadtests: Entries<Figures>,
        /// Outputs of commands by the id of their fence.
        commands: Entries<Output>,
    }
}

record! {
    /// The figures of one load test.
    pub struct Figures as "figures" {
        /// Connections kept open.
        connections: Option<f64>,
        /// How long it ran, in seconds.
        seconds: Option<f64>,
        /// Requests that were answered or failed.
        requests: Option<f64>,
        /// Percentage answered with success.
        success: Option<f64>,
        /// Successful answers per second.
        rps: Option<f64>,
        /// Median latency in milliseconds.
        p50: Option<f64>,
        /// 99th percentile of the latency in milliseconds.
        p99: Option<f64>,
        /// Median latency of the successful answers alone, in milliseconds.
        success_p50: Option<f64>,
        /// 99th percentile of the latency of the successful answers alone, in milliseconds.
        success_p99: Option<f64>,
        /// Error messages, most frequent first.
        errors: Vec<ErrorCount>,
        /// CPU cores that each service used on average.
        cpu: Entries<f64>,
        /// The same figures by request.
        by_request: Entries<RequestFigures>,
    }
}

record! {
    /// How often an error message came.
    pub struct ErrorCount as "an error count" {
        /// The message.
        message: String,
        /// How often.
        count: f64,
        /// Percentage of all errors.
        share: Option<f64>,
    }
}

record! {
    /// The figures of one request of a load test.
    pub struct RequestFigures as "figures of a request" {
        /// Percentage answered with success.
        success: Option<f64>,
        /// Successful answers per second.
        rps: Option<f64>,
        /// Median latency in milliseconds.
        p50: Option<f64>,
        /// 99th percentile of the latency in milliseconds.
        p99: Option<f64>,
        /// Median latency of the successful answers alone, in milliseconds.
        success_p50: Option<f64>,
        /// 99th percentile of the latency of the successful answers alone, in milliseconds.
        success_p99: Option<f64>,
    }
}

record! {
    /// What a command printed.
    pub struct Output as "an output" {
        /// The text.
        output: String,
    }
}
