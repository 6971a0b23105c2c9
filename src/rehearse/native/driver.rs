//! From a stage to running processes, and from one stage to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use super::ground::{APP_FOLDER, Ground, Inside, Isolation};
use super::limit::sweep_groups;
use super::programs::Programs;
use super::running::Running;
use super::service::Launch;
use crate::manifest;
use crate::rehearse::change::Change;
use crate::rehearse::driver::{Command, CpuClock, Driver, PSQL, Ran};
use crate::rehearse::fault::Fault;
use crate::rehearse::folder::Folder;
use crate::rehearse::interrupt;
use crate::rehearse::janitor::{Janitor, Task, remove_folder, sweep};
use crate::rehearse::machine;
use crate::rehearse::packages::without_install;
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::process::run_guarded;
use crate::rehearse::processes::Processes;
use crate::rehearse::stack::{Kind, Service, services_of, terminal_of};
use crate::rehearse::text::last_lines;

const MOUNT_LIMIT: Duration = Duration::from_secs(20);
const START_LIMIT: Duration = Duration::from_secs(60);

/// How often is looked whether something is ready.
const STEP: Duration = Duration::from_millis(200);

/// The services of a scenario as processes of this machine.
pub struct Native {
    pub(super) programs: Programs,
    pub(super) running: Vec<Running>,
    ground: Option<Ground>,
    pub(super) folder: Folder,
    /// The lockfile of the packages that are installed.
    pub(super) installed: Option<String>,
    /// The last field, so that it is dropped when everything else has been.
    pub(super) janitor: Janitor,
}

impl Native {
    /// Prepares a rehearsal: looks for programs, makes a folder, opens the namespaces, and ends what
    /// dead runs have left. `program` is our own executable, for the janitor.
    ///
    /// # Errors
    /// [`Fault::Missing`] for programs, [`Fault::Machine`] for what this machine does not allow.
    pub fn new(plan: &Plan, program: &Utf8Path) -> Result<Self, Fault> {
        Self::isolated(Isolation::of_this_machine(), plan, program)
    }

    /// As [`Native::new`], with a way to keep services apart that is given.
    ///
    /// # Errors
    /// Those of [`Native::new`].
    pub fn isolated(isolation: Isolation, plan: &Plan, program: &Utf8Path) -> Result<Self, Fault> {
        let stages = plan.stages.iter().chain(plan.controls.iter().map(|control| &control.varied));
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut needed: BTreeSet<&'static str> = isolation.programs().iter().copied().collect();
        for stage in stages {
            for service in services_of(stage)? {
                service.need_stand_in()?;
                needed.extend(service.programs());
                names.insert(service.name);
            }
        }
        let programs = Programs::find(&needed.into_iter().collect::<Vec<_>>())?;
        sweep_groups();
        sweep();
        let mut janitor = Janitor::start(program)?;
        let folder = Folder::open(janitor.make_folder(&plan.id)?.0)?;
        let names: Vec<String> = names.into_iter().collect();
        janitor.at_end(Task::Clear(folder.path().to_owned()));
        let ground = Ground::open(isolation, folder.path(), &names, &programs)?;
        Ok(Self { programs, running: Vec::new(), ground: Some(ground), folder, installed: None, janitor })
    }

    /// Runs a command inside to its end.
    pub(super) fn inside(
        &mut self,
        inside: &Inside<'_>,
        input: Option<&str>,
        limit: Duration,
    ) -> Result<Ran, Fault> {
        let ground = self.ground.as_ref().ok_or_else(closed)?;
        run_guarded(&mut ground.command(inside), input, limit, &mut self.janitor, &mut |_| {})
    }

    /// A service that runs.
    fn running(&self, name: &str) -> Option<&Running> {
        self.running.iter().find(|running| running.service.name == name)
    }

    /// Everything that a service has printed.
    pub(super) fn log_of(&self, name: &str) -> String {
        self.running(name).map(Running::log).unwrap_or_default()
    }

    /// Asks again and again until something is so; a service that ends meanwhile is a fault.
    pub(super) fn until_ready(
        &mut self,
        service: &str,
        limit: Duration,
        mut is_ready: impl FnMut(&mut Self) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let deadline = Instant::now() + limit;
        loop {
            if is_ready(self)? {
                return Ok(());
            }
            let Some(running) = self.running.iter_mut().find(|running| running.service.name == service)
            else {
                return Err(Fault::scenario(format!("the service `{service}` is not there"), ""));
            };
            if running.has_ended() {
                return Err(Fault::scenario(
                    format!("the service `{service}` has ended"),
                    running.last_words(),
                ));
            }
            if Instant::now() > deadline {
                let what = format!("the service `{service}` is not ready after {} seconds", limit.as_secs());
                return Err(Fault::scenario(what, running.last_words()));
            }
            if interrupt::is_asked() {
                return Err(Fault::Interrupted);
            }
            std::thread::sleep(STEP);
        }
    }

    /// Files of the learner's folder below a path, or that one file.
    pub(super) fn folder_files(&self, path: &Utf8Path) -> Vec<Utf8PathBuf> {
        self.folder.below(path)
    }

    /// A text of the learner's folder.
    pub(super) fn read(&self, path: &Utf8Path) -> String {
        self.folder.read(path)
    }

    fn launch(&mut self, service: &Service) -> Result<(), Fault> {
        let own = self.ground.as_ref().and_then(|ground| ground.address(&service.name));
        let Some(launch) = service.launch(&self.programs, own) else { return Ok(()) };
        match &self.ground {
            Some(Ground::Loopback(loopback)) => loopback.set_up(service, &|path| self.read(path))?,
            _ => self.mount(service)?,
        }
        let mut is_new = true;
        match service.kind {
            Kind::Postgres => is_new = self.make_cluster(service)?,
            Kind::Redis | Kind::Prometheus | Kind::Nginx => self.make_data_folder(service, launch.is_user)?,
            Kind::Code | Kind::Grafana | Kind::Other => {}
        }
        self.spawn(service, &launch)?;
        match service.kind {
            Kind::Postgres if is_new => self.fill_cluster(service),
            Kind::Postgres => self.await_cluster(service),
            Kind::Prometheus | Kind::Nginx | Kind::Redis => self.until_it_listens(service),
            Kind::Code | Kind::Grafana | Kind::Other => Ok(()),
        }
    }

    fn spawn(&mut self, service: &Service, launch: &Launch) -> Result<(), Fault> {
        let ground = self.ground.as_ref().ok_or_else(closed)?;
        let mut command = ground.command(&Inside {
            service: &service.name,
            environment: &launch.environment,
            folder: &launch.folder,
            words: &launch.words,
            is_user: launch.is_user,
        });
        let log = self.folder.log(&service.name);
        let running = Running::start(service, &mut command, log, ground.is_direct())?;
        self.janitor.at_end(Task::end_group(running.root()));
        self.running.push(running);
        Ok(())
    }

    /// Lets a service see files of the learner's folder where its container would.
    fn mount(&mut self, service: &Service) -> Result<(), Fault> {
        let script = "set -e; umount \"$2\" 2>/dev/null || true; \
                      if [ -d \"$1\" ]; then mkdir -p \"$2\"; else mkdir -p \"$(dirname \"$2\")\"; [ -e \"$2\" ] || : >\"$2\"; fi; \
                      mount --bind \"$1\" \"$2\"";
        let wanted = service.mounts.iter().filter(|(_, target)| target != APP_FOLDER);
        for (source, target) in wanted.cloned().collect::<Vec<_>>() {
            let from = Utf8Path::new(APP_FOLDER).join(&source);
            let words = ["sh", "-c", script, "sh", from.as_str(), target.as_str()].map(str::to_owned);
            let ran = self.shell_words(&service.name, &words, MOUNT_LIMIT)?;
            if !ran.is_ok() {
                let what = format!("`{source}` cannot be seen by `{}` as `{target}`", service.name);
                return Err(Fault::scenario(what, ran.said()));
            }
        }
        Ok(())
    }

    fn make_data_folder(&mut self, service: &Service, is_user: bool) -> Result<(), Fault> {
        let data = service.data();
        let words = ["sh", "-c", "rm -rf \"$1\"; mkdir -p \"$1\"", "sh", data.as_str()].map(str::to_owned);
        let environment = BTreeMap::new();
        let inside =
            Inside { service: &service.name, environment: &environment, folder: "/", words: &words, is_user };
        self.inside(&inside, None, MOUNT_LIMIT).map(|_| ())
    }

    fn shell_words(&mut self, service: &str, words: &[String], limit: Duration) -> Result<Ran, Fault> {
        let environment = BTreeMap::new();
        let inside = Inside { service, environment: &environment, folder: "/", words, is_user: false };
        self.inside(&inside, None, limit)
    }

    fn until_it_listens(&mut self, service: &Service) -> Result<(), Fault> {
        let name = service.name.clone();
        self.until_ready(&name, START_LIMIT, |native| {
            let listens = native.ground.as_ref().ok_or_else(closed)?.listens(service);
            let words = ["sh", "-c", &listens].map(str::to_owned);
            native.shell_words(&name, &words, MOUNT_LIMIT).map(|ran| ran.is_ok())
        })
    }

    fn stop_service(&mut self, name: &str) {
        self.running.retain(|running| running.service.name != name);
    }

    fn lifecycle(&mut self, app: &str, lines: &[String]) -> Result<(), Fault> {
        for line in lines {
            let line = without_install(line);
            if line.is_empty() {
                continue;
            }
            let command = Command {
                service: app,
                words: vec!["sh".into(), "-c".into(), line.clone()],
                input: None,
                limit: Duration::from_secs(600),
            };
            let ran = self.run(&command)?;
            if !ran.is_ok() {
                return Err(Fault::scenario(format!("`{line}` fails"), last_lines(&ran.said(), 15)));
            }
        }
        Ok(())
    }

    /// Services whose container would be made anew, or whose mounted files have changed.
    fn restart_changed(&mut self, from: &StagePlan, to: &StagePlan) -> Result<(), Fault> {
        let (before, now) = (services_of(from)?, services_of(to)?);
        let change = Change::between(from, to);
        let is_same = |service: &Service| before.contains(service) && !change.settings_of(service);
        for service in before.iter().filter(|service| !now.iter().any(|other| other.name == service.name)) {
            self.stop_service(&service.name);
        }
        for service in now.iter().filter(|service| !is_same(service)) {
            self.stop_service(&service.name);
            self.launch(service)?;
        }
        Ok(())
    }
}

impl Driver for Native {
    fn kind(&self) -> manifest::run::Driver {
        manifest::run::Driver::Native
    }

    fn place(&self) -> &'static str {
        match self.ground {
            Some(Ground::Loopback(_)) => "as processes of this machine, each at a loopback address",
            _ => "as processes of this machine, in namespaces of their own",
        }
    }

    fn start(&mut self, stage: &StagePlan) -> Result<(), Fault> {
        self.running.clear();
        self.folder.clear_data()?;
        self.ground.as_ref().ok_or_else(closed)?.prepare()?;
        self.folder.lay(&stage.files)?;
        self.install()?;
        let services = services_of(stage)?;
        for service in &services {
            self.launch(service)?;
        }
        self.look_for_crashes()?;
        let app = terminal_of(stage)?;
        self.lifecycle(&app, &stage.create)?;
        self.lifecycle(&app, &stage.start)?;
        self.until_apps_answer()
    }

    fn advance(&mut self, from: &StagePlan, to: &StagePlan) -> Result<(), Fault> {
        let reloads = self.reloads();
        self.folder.go_on(&from.files, &to.files)?;
        self.install()?;
        self.restart_changed(from, to)?;
        self.await_reload(from, to, &reloads)?;
        let app = terminal_of(to)?;
        for (name, statements) in &to.sql {
            let words = ["sh", "-c", PSQL].map(str::to_owned).into();
            let command =
                Command { service: &app, words, input: Some(statements), limit: Duration::from_secs(600) };
            let ran = self.run(&command)?;
            if !ran.is_ok() {
                return Err(Fault::scenario(format!("the statements of `{name}` fail in psql"), ran.said()));
            }
        }
        // What a learner types to have containers made anew has been done above.
        let own: Vec<String> =
            to.commands.iter().filter(|line| !line.trim_start().starts_with("docker")).cloned().collect();
        self.lifecycle(&app, &own)?;
        self.until_apps_answer()
    }

    fn put(&mut self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault> {
        self.folder.put(path, bytes)
    }

    fn run(&mut self, command: &Command<'_>) -> Result<Ran, Fault> {
        self.follow(command, &mut |_| {})
    }

    fn follow(&mut self, command: &Command<'_>, follow: &mut dyn FnMut(&str)) -> Result<Ran, Fault> {
        let environment = self.running(command.service).map(|running| running.service.environment.clone());
        let environment = environment.unwrap_or_default();
        let inside = Inside {
            service: command.service,
            environment: &environment,
            folder: APP_FOLDER,
            words: &command.words,
            is_user: false,
        };
        let mut typed = self.ground.as_ref().ok_or_else(closed)?.command(&inside);
        run_guarded(&mut typed, command.input, command.limit, &mut self.janitor, follow)
    }

    fn run_on_host(&mut self, _line: &str, _limit: Duration) -> Result<Option<Ran>, Fault> {
        Ok(None)
    }

    fn log(&mut self, service: &str) -> Result<String, Fault> {
        Ok(self.log_of(service))
    }

    fn cpu(&mut self) -> CpuClock {
        let processes = Processes::read();
        let services = self
            .running
            .iter()
            .map(|running| (running.service.name.clone(), processes.seconds(running.root())));
        CpuClock {
            services: services.collect(),
            own: processes.seconds(std::process::id()),
            machine: machine::busy_seconds(),
        }
    }

    fn versions(&mut self) -> BTreeMap<String, String> {
        self.installed_versions()
    }

    fn cores(&self) -> u32 {
        machine::cores()
    }

    fn stop(&mut self) {
        self.running.clear();
        self.ground = None;
        remove_folder(self.folder.path());
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        self.stop();
    }
}

fn closed() -> Fault {
    Fault::machine("the rehearsal is closed", "start the rehearsal again")
}
