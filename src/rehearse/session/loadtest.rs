//! One load test: run, and written down with what the services did meanwhile.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Progress, Session, test_seconds};
use crate::manifest;
use crate::manifest::measure::LoadTest;
use crate::rehearse::driver::{Command, CpuClock, Ran};
use crate::rehearse::errors::count_errors;
use crate::rehearse::fault::Fault;
use crate::rehearse::measured::{ErrorKind, Load, TestRun};
use crate::rehearse::panels;
use crate::rehearse::plan::{StagePlan, set_connections, set_seconds};
use crate::rehearse::stack::{code_services_of, terminal_of};

/// A load test may take this much longer than it runs: every request has ten seconds to be answered.
const TEST_GRACE: Duration = Duration::from_secs(90);

/// Requests that the load test gave up on are still answered; their messages come a little later.
const QUIET_LIMIT: u32 = 20;

/// Begins the lines in which a load test says how many answers the last second brought.
const RATE: &str = "answers in the last second:";

impl Session<'_> {
    pub(super) fn test(
        &mut self,
        index: usize,
        stage: &StagePlan,
        test: &LoadTest,
    ) -> Result<TestRun, Fault> {
        let code = code_services_of(stage)?;
        // What a command of the page reads afterwards must be what learners see.
        let is_read = stage.events.iter().skip_while(|event| !event.is_test(&test.id.text));
        let is_read = is_read.filter(|event| event.is_in_app()).count() > 0;
        if self.effort.warm_up > 0 && !is_read {
            self.load(index, stage, test, Some(self.effort.warm_up))?;
            self.await_quiet(&code)?;
        }
        let seconds = self.effort.seconds.unwrap_or(test.seconds.value);
        self.tell(&Progress::Test { test: test.id.text.clone(), seconds });
        let before: Vec<usize> = self.lengths(&code)?;
        let first = panels::now(self.driver)?;
        let clock = self.driver.cpu();
        let begin = Instant::now();
        let load = self.load(index, stage, test, self.effort.seconds)?;
        let used = self.driver.cpu();
        let elapsed = begin.elapsed().as_secs_f64();
        // A short load test is over before Prometheus has looked.
        let interval = panels::scrape_interval(stage).unwrap_or(0);
        let rest = if seconds < 2 * interval { f64::from(interval) + 1.0 } else { 0.0 };
        std::thread::sleep(Duration::from_secs_f64(rest));
        let shown = panels::ask(self.driver, stage, first, first + elapsed + rest)?;
        self.done += test_seconds(test, self.effort);
        self.tell(&Progress::Measured { test: test.id.text.clone(), load: load.clone() });
        self.await_quiet(&code)?;
        let errors = self.errors_since(&code, &before)?;
        let (mut cpu, foreign) = cores_used(&clock, &used, elapsed);
        // The load test runs in the app's container, whose clock counts both.
        if self.driver.kind() == manifest::run::Driver::Compose
            && let Some(cores) = cpu.get_mut(&terminal_of(stage)?)
        {
            *cores = (*cores - load.cpu_seconds / elapsed).max(0.0);
        }
        Ok(TestRun {
            test: test.id.text.clone(),
            connections: test.connections.value,
            seconds,
            load,
            errors,
            cpu,
            foreign,
            panels: shown,
        })
    }

    /// Runs a load test; `seconds` if it is to run for another time than learners measure.
    fn load(
        &mut self,
        index: usize,
        stage: &StagePlan,
        test: &LoadTest,
        seconds: Option<u32>,
    ) -> Result<Load, Fault> {
        let connections = test.connections.value;
        let own = stage.loadtest(&test.id.text);
        let is_varied = seconds.is_some() || own.is_some_and(|own| own.connections.value != connections);
        let change = |test: &mut LoadTest| {
            set_connections(test, connections);
            if let Some(seconds) = seconds {
                set_seconds(test, seconds);
            }
        };
        let changed = if is_varied { (self.vary)(index, &change) } else { Vec::new() };
        for (path, bytes) in &changed {
            self.driver.put(path, bytes)?;
        }
        let words = ["npm", "run", "--silent", "loadtest", "--", &test.id.text, "--json"].map(str::to_owned);
        let limit =
            Duration::from_secs(u64::from(seconds.unwrap_or(test.seconds.value)) * parts(test)) + TEST_GRACE;
        let ran = self.follow(stage, test, &words, limit);
        for (path, _) in &changed {
            if let Some(own) = stage.files.get(path) {
                self.driver.put(path, &own.bytes)?;
            }
        }
        let ran = ran?;
        let line = ran.stdout.lines().next_back().unwrap_or("");
        let failed = || Fault::scenario(format!("the load test `{}` fails", test.id.text), ran.said());
        if !ran.is_ok() {
            return Err(failed());
        }
        serde_json::from_str::<Value>(line)
            .ok()
            .and_then(|json| serde_json::from_value(json).ok())
            .ok_or_else(failed)
    }

    fn follow(
        &mut self,
        stage: &StagePlan,
        test: &LoadTest,
        words: &[String],
        limit: Duration,
    ) -> Result<Ran, Fault> {
        let service = terminal_of(stage)?;
        let command = Command { service: &service, words: words.to_vec(), input: None, limit };
        let left = (self.expected - self.done).max(0.0);
        let (begin, show, id) = (Instant::now(), &mut *self.show, &test.id.text);
        self.driver.follow(&command, &mut |line| {
            if let Some(answers) = line.strip_prefix(RATE).and_then(|rest| rest.trim().parse().ok()) {
                let left = (left - begin.elapsed().as_secs_f64()).max(0.0);
                show(&Progress::Rate { test: id.clone(), answers }, Duration::from_secs_f64(left));
            }
        })
    }

    fn lengths(&mut self, services: &[String]) -> Result<Vec<usize>, Fault> {
        services.iter().map(|service| Ok(self.driver.log(service)?.len())).collect()
    }

    fn await_quiet(&mut self, services: &[String]) -> Result<(), Fault> {
        let mut last = self.lengths(services)?;
        for _ in 0..QUIET_LIMIT {
            std::thread::sleep(Duration::from_millis(700));
            let now = self.lengths(services)?;
            if now == last {
                break;
            }
            last = now;
        }
        Ok(())
    }

    fn errors_since(&mut self, services: &[String], lengths: &[usize]) -> Result<Vec<ErrorKind>, Fault> {
        let mut log = String::new();
        for (service, from) in services.iter().zip(lengths) {
            let text = self.driver.log(service)?;
            log.push_str(text.get(*from..).unwrap_or(""));
            log.push('\n');
        }
        Ok(count_errors(&log))
    }
}

/// In the mode "each", every request has the whole time to itself.
fn parts(test: &LoadTest) -> u64 {
    use crate::manifest::measure::Mode;
    if test.mode == Mode::Each { test.requests.len() as u64 } else { 1 }
}

/// Cores that each service used on average, and those that others used.
fn cores_used(before: &CpuClock, after: &CpuClock, seconds: f64) -> (BTreeMap<String, f64>, f64) {
    let services = after.services.iter().filter_map(|(name, used)| {
        Some((name.clone(), ((used - before.services.get(name)?) / seconds).max(0.0)))
    });
    let machine = after.machine.zip(before.machine).map(|(after, before)| after - before);
    let foreign = machine.map_or(0.0, |machine| ((machine - (after.own - before.own)) / seconds).max(0.0));
    (services.collect(), foreign)
}
