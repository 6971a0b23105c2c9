//! The containers of one scenario: made, changed, and ended.

use std::process;
use std::thread;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use super::clock::Clock;
use super::engine::{Engine, find_engine, trouble_in};
use super::file::{Adapted, adapt_stage};
use super::logs::Logs;
use super::project::{APP, Project};
use super::sweep::{end_project, sweep};
use crate::rehearse::change::Change;
use crate::rehearse::driver::{Driver as _, Ran};
use crate::rehearse::fault::Fault;
use crate::rehearse::folder::Folder;
use crate::rehearse::interrupt;
use crate::rehearse::janitor::{Janitor, Task, TaskId, remove_folder};
use crate::rehearse::packages::LOCKFILE;
use crate::rehearse::plan::StagePlan;
use crate::rehearse::process::run_guarded;
use crate::rehearse::text::last_lines;

/// Images are downloaded and built in this time.
const UP: Duration = Duration::from_mins(20);

/// Packages are installed, a database is filled, a fix is carried out in this time.
const STEP: Duration = Duration::from_mins(10);

/// A file that every scenario has, in the folder in which the app's container starts.
const MARK: &str = "package.json";

/// A short question takes no longer.
pub(super) const QUESTION: Duration = Duration::from_secs(20);

/// Runs a scenario by Docker Compose.
#[derive(Debug)]
pub struct Compose {
    docker: String,
    /// The scenario's id.
    id: String,
    pub(super) engine: Engine,
    running: Option<Running>,
    place: Option<Place>,
    /// The last field, so that it is dropped when everything else has been.
    janitor: Janitor,
}

/// Where the scenario lies. It is kept from round to round for the sake of the packages in it.
#[derive(Debug)]
struct Place {
    folder: Folder,
    /// The lockfile of the packages that are installed.
    installed: Option<String>,
    /// What the janitor would do.
    remove: TaskId,
}

/// What there is since the last start.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) project: Project,
    pub(super) adapted: Adapted,
    /// What the janitor would do, first to last.
    tasks: [TaskId; 2],
    pub(super) logs: Logs,
    pub(super) clock: Clock,
}

impl Compose {
    /// A driver for one scenario, and an end to what dead runs have left. `program` is our own
    /// executable, for the janitor; `docker` is the name or path of the CLI.
    ///
    /// # Errors
    /// [`Fault::Missing`] without docker or its plugin, [`Fault::Machine`] if no engine answers.
    pub fn new(id: &str, program: &Utf8Path, docker: &str) -> Result<Self, Fault> {
        let engine = find_engine(docker)?;
        let janitor = Janitor::start(program)?;
        sweep(docker);
        Ok(Self { docker: docker.to_owned(), id: id.to_owned(), engine, running: None, place: None, janitor })
    }

    pub(super) fn running(&mut self) -> Result<&mut Running, Fault> {
        self.running.as_mut().ok_or_else(|| Fault::scenario("no stage has been started", ""))
    }

    pub(super) fn project(&mut self) -> Result<Project, Fault> {
        Ok(self.running()?.project.clone())
    }

    /// The services with the learner's code.
    pub(super) fn built(&self) -> Vec<String> {
        let running = self.running.iter();
        running.flat_map(|running| running.adapted.built()).map(|service| service.name.clone()).collect()
    }

    pub(super) fn is_built(&self, service: &str) -> bool {
        self.running.as_ref().is_some_and(|running| running.adapted.is_built(service))
    }

    pub(super) fn execute(
        &mut self,
        command: &mut process::Command,
        input: Option<&str>,
        limit: Duration,
    ) -> Result<Ran, Fault> {
        self.execute_following(command, input, limit, &mut |_| {})
    }

    /// As [`Self::execute`], and calls `follow` with each line that it prints as an error.
    pub(super) fn execute_following(
        &mut self,
        command: &mut process::Command,
        input: Option<&str>,
        limit: Duration,
        follow: &mut dyn FnMut(&str),
    ) -> Result<Ran, Fault> {
        run_guarded(command, input, limit, &mut self.janitor, follow)
    }

    /// Waits, unless somebody asks to stop.
    pub(super) fn pause(&self, time: Duration) -> Result<(), Fault> {
        let end = Instant::now() + time;
        while Instant::now() < end {
            if interrupt::is_asked() {
                return Err(Fault::Interrupted);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The folders of the scenario.
    pub(super) fn folder(&self) -> Result<Folder, Fault> {
        let folder = self.place.as_ref().map(|place| place.folder.clone());
        folder.ok_or_else(|| Fault::scenario("no stage has been started", ""))
    }

    /// Whether the packages of a stage are there from an earlier round.
    pub(super) fn has_packages_of(&self, stage: &StagePlan) -> bool {
        let installed = self.place.as_ref().and_then(|place| place.installed.as_deref());
        installed.is_some() && installed == stage.text(LOCKFILE)
    }

    pub(super) fn note_packages_of(&mut self, stage: &StagePlan) {
        if let Some(place) = &mut self.place {
            place.installed = stage.text(LOCKFILE).map(str::to_owned);
        }
    }

    /// Writes the files of a stage, into the folder of the last round if its packages can be used.
    fn lay(&mut self, stage: &StagePlan) -> Result<Folder, Fault> {
        if self.has_packages_of(stage) {
            let folder = self.folder()?;
            // What could not be opened up cannot be removed, and then a new folder is made.
            if folder.clear_data().and_then(|()| folder.lay(&stage.files)).is_ok() {
                return Ok(folder);
            }
        }
        self.remove_place();
        let (path, remove) = self.janitor.make_folder(&self.id)?;
        let folder = Folder::open(path)?;
        self.place = Some(Place { folder: folder.clone(), installed: None, remove });
        folder.lay(&stage.files)?;
        Ok(folder)
    }

    fn remove_place(&mut self) {
        let Some(place) = self.place.take() else { return };
        if remove_folder(place.folder.path()) {
            self.janitor.done(place.remove);
        }
    }

    /// Writes everything and tells the janitor of the containers that are about to be.
    pub(super) fn prepare(&mut self, stage: &StagePlan) -> Result<(), Fault> {
        let folder = self.lay(stage)?;
        let project = Project::new(&self.docker, &self.name(), folder.path().to_owned());
        let adapted = adapt_stage(stage, &self.name())?;
        project.write_compose(&adapted)?;
        let down = self.janitor.at_end(Task::Run(project.down(true)));
        let open = self.janitor.at_end(Task::Run(project.open_up()));
        let (logs, clock) = (Logs::default(), Clock::default());
        self.running = Some(Running { project, adapted, tasks: [down, open], logs, clock });
        Ok(())
    }

    /// The same in all rounds, so that they share the image that is built.
    pub(super) fn name(&self) -> String {
        let id = self.id.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("scenarist-{id}-{}-{}", std::process::id(), self.janitor.pid())
    }

    /// Makes or changes the containers: all but Grafana's.
    pub(super) fn up(&mut self) -> Result<(), Fault> {
        let running = self.running()?;
        let services: Vec<String> = running.adapted.started().map(|service| service.name.clone()).collect();
        let words = ["up", "-d", "--build", "--remove-orphans"];
        let mut command =
            running.project.command(words.into_iter().chain(services.iter().map(String::as_str)));
        let ran = self.execute(&mut command, None, UP)?;
        if ran.is_ok() {
            return Ok(());
        }
        Err(trouble_in(&ran).unwrap_or_else(|| self.not_up(&ran)))
    }

    fn not_up(&mut self, ran: &Ran) -> Fault {
        let mut said = last_lines(&ran.said(), 20);
        for rest in [&["ps", "-a"][..], &["logs", "--no-color", "--tail", "20"]] {
            let Ok(mut command) = self.project().map(|project| project.command(rest.iter().copied())) else {
                break;
            };
            let more = self.execute(&mut command, None, QUESTION).map(|ran| ran.stdout).unwrap_or_default();
            said = format!("{said}\n{more}");
        }
        Fault::scenario("the services do not start", said)
    }

    /// An engine in a virtual machine, or behind the socket of another one, sees other folders than we
    /// do, and then mounts an empty one without a word.
    pub(super) fn check_mount(&mut self) -> Result<(), Fault> {
        let project = self.project()?;
        let mut command = project.exec(APP, ["test", "-e", MARK]);
        if self.execute(&mut command, None, QUESTION)?.is_ok() {
            return Ok(());
        }
        let mut ask = project.exec(APP, ["true"]);
        let ran = self.execute(&mut ask, None, QUESTION)?;
        if !ran.is_ok() {
            return Err(self.not_up(&ran));
        }
        let what = format!("the app's container does not see the files in `{}`", project.scenario());
        Err(Fault::machine(
            what,
            "`TMPDIR=<DIR>` names a folder that the docker engine shares with this machine",
        ))
    }

    /// Runs a line as typed in the app's terminal; `docker compose` as typed on the machine.
    pub(super) fn type_line(&mut self, line: &str, input: Option<&str>) -> Result<(), Fault> {
        let project = self.project()?;
        let on_host =
            ["docker compose ", "docker-compose "].into_iter().find(|start| line.starts_with(start));
        let mut command = match on_host {
            Some(start) => project.host(&format!("docker compose {}", &line[start.len()..])),
            None => project.exec(APP, ["sh", "-c", line]),
        };
        let ran = self.execute(&mut command, input, STEP)?;
        if ran.is_ok() {
            return Ok(());
        }
        let how = ran.code.map_or_else(
            || format!("has not ended after {} minutes", STEP.as_secs() / 60),
            |code| format!("ended with {code}"),
        );
        Err(Fault::scenario(format!("`{line}` {how}"), last_lines(&ran.said(), 20)))
    }

    pub(super) fn type_lines(&mut self, lines: &[String]) -> Result<(), Fault> {
        lines.iter().try_for_each(|line| self.type_line(line, None))
    }

    pub(super) fn restart_changed(&mut self, change: &Change<'_>) -> Result<(), Fault> {
        let running = self.running()?;
        let changed = running.adapted.started().filter(|service| change.settings_of(service));
        let changed: Vec<String> = changed.map(|service| service.name.clone()).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let mut command =
            running.project.command(["restart"].into_iter().chain(changed.iter().map(String::as_str)));
        let ran = self.execute(&mut command, None, STEP)?;
        if ran.is_ok() { Ok(()) } else { Err(self.not_up(&ran)) }
    }

    /// Ends the containers; at the end of the rehearsal nothing else is left either. What does not
    /// succeed now is tried again by the janitor, who needs the folder for it.
    pub(super) fn take_down(&mut self, at_end: bool) {
        if let Some(running) = self.running.take() {
            let [down, open] = running.tasks;
            self.janitor.done(open);
            if !end_project(&running.project, at_end) {
                self.place = None;
                return;
            }
            self.janitor.done(down);
        }
        if at_end {
            self.remove_place();
        }
    }
}

impl Drop for Compose {
    fn drop(&mut self) {
        self.stop();
    }
}
