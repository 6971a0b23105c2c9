//! What the session asks of the driver, in terms of containers.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use super::clock::counters_of;
use super::containers::{Compose, QUESTION};
use super::file::adapt_stage;
use super::project::APP;
use crate::manifest;
use crate::rehearse::change::{Change, is_package};
use crate::rehearse::driver::{Command, CpuClock, Driver, PSQL, Ran};
use crate::rehearse::fault::Fault;
use crate::rehearse::machine;
use crate::rehearse::packages::without_install;
use crate::rehearse::plan::StagePlan;
use crate::rehearse::text::text_of;

/// How much later than the command inside a container its client is ended.
const LATER: Duration = Duration::from_secs(10);

/// `timeout` says by these that it has ended a command: politely, or at once.
const TIMED_OUT: [Option<i32>; 2] = [Some(124), Some(137)];

const AUTOCANNON: &str = "require('autocannon/package.json').version";

impl Driver for Compose {
    fn kind(&self) -> manifest::run::Driver {
        manifest::run::Driver::Compose
    }

    fn place(&self) -> &'static str {
        "in containers"
    }

    fn start(&mut self, stage: &StagePlan) -> Result<(), Fault> {
        self.take_down(false);
        self.prepare(stage)?;
        self.up()?;
        self.check_mount()?;
        if self.has_packages_of(stage) {
            let rest = stage.create.iter().map(|line| without_install(line));
            self.type_lines(&rest.filter(|line| !line.is_empty()).collect::<Vec<_>>())?;
        } else {
            self.type_lines(&stage.create)?;
            self.note_packages_of(stage);
        }
        self.type_lines(&stage.start)?;
        self.await_answers()
    }

    fn advance(&mut self, from: &StagePlan, to: &StagePlan) -> Result<(), Fault> {
        let change = Change::between(from, to);
        let (project, folder) = (self.project()?, self.folder()?);
        // The containers' logs begin anew when they are made again: this keeps what is in them.
        let before = self.under_nodemon()?;
        if change.packages() {
            // Packages first: code that needs them is started as soon as it is written.
            let packages = change.written.iter().filter(|(path, _)| is_package(path));
            packages.into_iter().try_for_each(|(path, file)| folder.write(path, file))?;
            self.type_line("npm ci", None)?;
            self.note_packages_of(to);
        }
        folder.go_on(&from.files, &to.files)?;
        if change.containers() {
            let adapted = adapt_stage(to, &self.name())?;
            project.write_compose(&adapted)?;
            self.running()?.adapted = adapted;
            self.up()?;
            self.type_lines(&to.start)?;
        }
        self.restart_changed(&change)?;
        if change.restarts_app() {
            self.await_restarts(before)?;
        }
        for (_, statements) in &to.sql {
            self.type_line(PSQL, Some(statements))?;
        }
        self.type_lines(&to.commands)?;
        self.await_answers()
    }

    fn put(&mut self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault> {
        self.folder()?.put(path, bytes)
    }

    fn run(&mut self, command: &Command<'_>) -> Result<Ran, Fault> {
        self.follow(command, &mut |_| {})
    }

    fn follow(&mut self, command: &Command<'_>, follow: &mut dyn FnMut(&str)) -> Result<Ran, Fault> {
        // Ending the client does not end what it has started inside the container. `timeout` does;
        // it is there in every image that the scenario builds.
        let limit = format!("{:.3}", command.limit.as_secs_f64());
        let inside = ["timeout", "-k", "5", limit.as_str()];
        let inside = if self.is_built(command.service) { &inside[..] } else { &[] };
        let words = inside.iter().copied().chain(command.words.iter().map(String::as_str));
        let mut client = self.project()?.exec(command.service, words);
        let before = Instant::now();
        let mut ran = self.execute_following(&mut client, command.input, command.limit + LATER, follow)?;
        if before.elapsed() >= command.limit && TIMED_OUT.contains(&ran.code) {
            ran.code = None;
        }
        Ok(ran)
    }

    fn run_on_host(&mut self, line: &str, limit: Duration) -> Result<Option<Ran>, Fault> {
        let mut command = self.project()?.host(line);
        self.execute(&mut command, None, limit).map(Some)
    }

    fn log(&mut self, service: &str) -> Result<String, Fault> {
        let project = self.project()?;
        let written = text_of(project.scenario().join(format!("logs/{service}.log")));
        let now = if let Some(written) = written {
            written
        } else {
            self.execute(&mut project.log(service), None, QUESTION)?.stdout
        };
        Ok(self.running()?.logs.add(service, now))
    }

    fn cpu(&mut self) -> CpuClock {
        let machine = if self.engine.is_here { machine::busy_seconds() } else { None };
        let Ok(running) = self.running() else { return CpuClock { machine, ..CpuClock::default() } };
        let services = running.adapted.started().map(|service| service.name.clone()).collect();
        let counters = counters_of(&running.project, services);
        let add = |(service, counter): (String, f64)| (service.clone(), running.clock.add(&service, counter));
        let services: BTreeMap<String, f64> = counters.into_iter().map(add).collect();
        CpuClock { own: services.values().sum(), services, machine }
    }

    fn versions(&mut self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::from([
            ("docker".to_owned(), self.engine.version.clone()),
            ("compose".to_owned(), self.engine.compose.clone()),
        ]);
        let questions: [(&str, &str, &[&str]); 3] = [
            ("node", APP, &["node", "--version"]),
            ("autocannon", APP, &["node", "-p", AUTOCANNON]),
            ("postgres", "postgres", &["postgres", "--version"]),
        ];
        for (name, service, words) in questions {
            let Ok(mut command) = self.project().map(|project| project.exec(service, words.iter().copied()))
            else {
                break;
            };
            let said = self.execute(&mut command, None, QUESTION).ok().filter(Ran::is_ok);
            if let Some(version) = said.as_ref().and_then(|ran| version_in(&ran.stdout)) {
                found.insert(name.to_owned(), version);
            }
        }
        found
    }

    fn cores(&self) -> u32 {
        self.engine.cores
    }

    fn stop(&mut self) {
        self.take_down(true);
    }
}

/// The first word that begins with a digit, as in `v24.1.0` or `postgres (PostgreSQL) 15.18 (Debian)`.
fn version_in(text: &str) -> Option<String> {
    let words = text.split_whitespace().map(|word| word.trim_start_matches('v'));
    words.into_iter().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_words_that_begin_with_a_digit() {
        let version = |text| version_in(text).unwrap_or_default();
        assert_eq!(version("v24.1.0\n"), "24.1.0");
        assert_eq!(version("postgres (PostgreSQL) 15.18 (Debian 15.18-1)"), "15.18");
        assert_eq!(version_in("none"), None);
    }
}
