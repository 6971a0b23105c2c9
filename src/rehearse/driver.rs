//! What a rehearsal asks of whatever runs the services of a scenario.

use std::collections::BTreeMap;
use std::time::Duration;

use camino::Utf8Path;

use super::fault::Fault;
use super::plan::StagePlan;
use crate::manifest;

/// The line by which psql runs the statements that it reads, in the app's container: it stops at the
/// first fault and reads nobody's `.psqlrc`. Results look as in a learner's terminal.
pub const PSQL: &str = r#"exec psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -X -f -"#;

/// A command inside one of the services.
#[derive(Clone, Debug)]
pub struct Command<'c> {
    /// The service whose files, variables and network it has.
    pub service: &'c str,
    /// The program and its arguments, as typed in the folder of the scenario.
    pub words: Vec<String>,
    /// What it reads.
    pub input: Option<&'c str>,
    /// After this long it is ended.
    pub limit: Duration,
}

/// What a command left.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// The exit code; `None` if it was ended.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// CPU seconds used so far.
#[derive(Clone, Debug, Default)]
pub struct CpuClock {
    /// By service; those of which nothing is known are missing.
    pub services: BTreeMap<String, f64>,
    /// Used by everything that belongs to the rehearsal: services, and commands run in them.
    pub own: f64,
    /// Used on the whole machine; `None` where that cannot be read.
    pub machine: Option<f64>,
}

/// Runs the services of one scenario. A driver leaves nothing behind when it is dropped.
pub trait Driver {
    /// How it is called in a recording.
    fn kind(&self) -> manifest::run::Driver;

    /// Where the services run, for people: "as processes of this machine, …".
    fn place(&self) -> &'static str;

    /// Starts everything anew with the files of a stage: services, packages, a filled database, an
    /// app that answers. What was there before is gone.
    ///
    /// # Errors
    /// [`Fault`]
    fn start(&mut self, stage: &StagePlan) -> Result<(), Fault>;

    /// Goes on to another stage as a learner would: changed files are written over the old ones,
    /// packages installed, services started again whose container changes, statements run. The data
    /// stay.
    ///
    /// # Errors
    /// [`Fault`]
    fn advance(&mut self, from: &StagePlan, to: &StagePlan) -> Result<(), Fault>;

    /// Puts a file into the scenario's folder.
    ///
    /// # Errors
    /// [`Fault`]
    fn put(&mut self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault>;

    /// Runs a command to its end.
    ///
    /// # Errors
    /// [`Fault`], but not for a command that fails by itself: its exit code says so.
    fn run(&mut self, command: &Command<'_>) -> Result<Ran, Fault>;

    /// Runs a command to its end, and calls `follow` with each line that it prints as an error, as it
    /// comes.
    ///
    /// # Errors
    /// Those of [`Driver::run`].
    fn follow(&mut self, command: &Command<'_>, follow: &mut dyn FnMut(&str)) -> Result<Ran, Fault>;

    /// Runs a line to its end as typed on the machine on which the containers run, in the scenario's
    /// folder. `None` if there are no containers, and so no such machine.
    ///
    /// # Errors
    /// Those of [`Driver::run`].
    fn run_on_host(&mut self, line: &str, limit: Duration) -> Result<Option<Ran>, Fault>;

    /// Everything that a service has printed since [`Driver::start`].
    ///
    /// # Errors
    /// [`Fault`]
    fn log(&mut self, service: &str) -> Result<String, Fault>;

    /// CPU time used until now.
    fn cpu(&mut self) -> CpuClock;

    /// Versions by program.
    fn versions(&mut self) -> BTreeMap<String, String>;

    /// How many cores the services share.
    fn cores(&self) -> u32;

    /// Ends everything; safe to call twice.
    fn stop(&mut self);
}

impl Ran {
    /// Whether it ended well.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.code == Some(0)
    }

    /// Everything it printed, output first.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}
