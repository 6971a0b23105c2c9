//! Waiting until the learner's code runs and answers.

use std::time::{Duration, Instant};

use super::containers::Compose;
use crate::rehearse::driver::Driver as _;
use crate::rehearse::fault::Fault;
use crate::rehearse::nodemon::{HANDOVER, NOTICE, STARTING};
use crate::rehearse::text::last_lines;

/// How long an app may take to answer.
const ANSWER: Duration = Duration::from_mins(1);

/// How often is asked.
const STEP: Duration = Duration::from_millis(500);

/// Any answer counts: an app without this route says 404, and is there. A process without a port
/// cannot be asked.
const ASK: &str = r#"[ -z "$PORT" ] || curl -s -o /dev/null -m 5 "http://127.0.0.1:$PORT/health""#;

impl Compose {
    /// Waits until every service with the learner's code answers.
    pub(super) fn await_answers(&mut self) -> Result<(), Fault> {
        for service in self.built() {
            let deadline = Instant::now() + ANSWER;
            loop {
                let mut ask = self.project()?.exec(&service, ["sh", "-c", ASK]);
                let ran = self.execute(&mut ask, None, ANSWER)?;
                if ran.is_ok() {
                    break;
                }
                if ran.stderr.contains("is not running") || Instant::now() >= deadline {
                    let log = last_lines(&self.log(&service)?, 20);
                    return Err(Fault::scenario(format!("`{service}` does not answer; its log ends"), log));
                }
                self.pause(STEP)?;
            }
        }
        Ok(())
    }

    /// The services that nodemon runs, with how much they have printed.
    pub(super) fn under_nodemon(&mut self) -> Result<Vec<(String, usize)>, Fault> {
        let mut found = Vec::new();
        for service in self.built() {
            let log = self.log(&service)?;
            if log.contains(STARTING) {
                found.push((service, log.len()));
            }
        }
        Ok(found)
    }

    /// Waits until nodemon has started these services again.
    pub(super) fn await_restarts(&mut self, services: Vec<(String, usize)>) -> Result<(), Fault> {
        let is_any = !services.is_empty();
        for (service, before) in services {
            let deadline = Instant::now() + NOTICE;
            loop {
                let log = self.log(&service)?;
                if log.get(before..).is_some_and(|new| new.contains(STARTING)) {
                    break;
                }
                if Instant::now() >= deadline {
                    let what =
                        format!("nodemon has not started `{service}` again after a change; its log ends");
                    return Err(Fault::scenario(what, last_lines(&log, 20)));
                }
                self.pause(STEP)?;
            }
        }
        if is_any { self.pause(HANDOVER) } else { Ok(()) }
    }
}
