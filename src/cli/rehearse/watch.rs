//! What people see while a rehearsal runs: on standard error, so that a result can be read by a
//! program.

use std::time::Duration;

use crate::cli::terminal::Terminal;
use crate::rehearse::figure::{percent, rate};
use crate::rehearse::session::Progress;

/// Shows progress.
pub struct Watch<'t> {
    terminal: &'t Terminal,
    /// "round 1 of 3, broken"
    stage: String,
}

impl<'t> Watch<'t> {
    pub fn new(terminal: &'t Terminal) -> Self {
        Self { terminal, stage: String::new() }
    }

    /// Shows what has come.
    pub fn show(&mut self, progress: &Progress, left: Duration) {
        let left = time_left(left);
        match progress {
            Progress::Stage { round, rounds, stage } => {
                self.stage = format!("round {round} of {rounds}, {stage}");
                self.terminal.progress(&format!("{}: starting, {left}", self.stage));
            }
            Progress::Command { id } => {
                self.terminal.progress(&format!("{}: running `{id}`, {left}", self.stage));
            }
            Progress::Test { test, seconds } => {
                let words = format!("{}: load test {test} for {seconds} s, {left}", self.stage);
                self.terminal.progress(&words);
            }
            Progress::Rate { test, answers } => {
                let words = format!("{}: load test {test}, {} answers/s, {left}", self.stage, answers);
                self.terminal.progress(&words);
            }
            Progress::Measured { test, load } => {
                let (success, rps) = (percent(load.total.success), rate(load.total.rps));
                self.terminal.note(&format!("  {}: {test} {success} success, {rps}", self.stage));
            }
        }
    }
}

/// "about 3 min left"
fn time_left(left: Duration) -> String {
    match left.as_secs() {
        0..60 => "less than a minute left".to_owned(),
        seconds => format!("about {} min left", seconds.div_ceil(60)),
    }
}
