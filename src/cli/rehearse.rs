//! `scenarist rehearse`: scenarios run for real.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::arguments::Global;
use super::error::CliError;
use super::project::{compile_project, find_root};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::Options;
use crate::diag::Sink;
use crate::rehearse::fault::Fault;
use crate::rehearse::folder::Folder;
use crate::rehearse::janitor::{Janitor, sweep};
use crate::rehearse::native::Native;
use crate::rehearse::plan::{plan_rehearsal, vary_loadtests};
use crate::rehearse::session::{Effort, Progress, Session};

/// Run scenarios for real: they must break, and their fixes must fix them
#[derive(Args, Debug)]
pub struct Rehearse {
    /// Scenarios' ids
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID")]
    scenarios: Vec<String>,
    /// All scenarios that are ready and have something to run
    #[arg(long)]
    all: bool,
    /// How the services are started
    #[arg(long, value_enum, default_value_t = DriverChoice::Auto)]
    driver: DriverChoice,
    /// Shorter load tests and fewer rounds: for editing
    #[arg(long)]
    quick: bool,
}

/// A driver as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DriverChoice {
    /// Docker if it runs here, else processes of this machine
    Auto,
    /// Containers, by Docker Compose
    Compose,
    /// Processes of this machine, in namespaces of their own (Linux)
    Native,
}

impl Rehearse {
    /// Rehearses, prints, and says how it went.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = find_root(global)?;
        let compiled = compile_project(&root, Options { drafts: true, no_previews: true }, terminal);
        let Some(course) = &compiled.course else {
            return Err(CliError::Unusable(
                "the course cannot be compiled; `scenarist lint` says why".to_owned(),
            ));
        };
        crate::rehearse::interrupt::watch();
        sweep(|_| false);
        for id in &self.scenarios {
            let scenario = course
                .scenarios
                .iter()
                .find(|scenario| scenario.id == *id)
                .ok_or_else(|| CliError::Usage(format!("there is no scenario `{id}`")))?;
            let sink = Sink::default();
            let plan = plan_rehearsal(&compiled.files, course, scenario, &sink)
                .ok_or_else(|| CliError::Unusable(format!("`{id}` has nothing to run")))?;
            let program = std::env::current_exe()
                .ok()
                .and_then(|path| Utf8PathBuf::from_path_buf(path).ok())
                .unwrap_or_default();
            let mut janitor = Janitor::start(&program).map_err(fault)?;
            let (path, _) = janitor.make_folder(id).map_err(fault)?;
            let mut driver = Native::new(&plan, Folder::open(path).map_err(fault)?).map_err(fault)?;
            let mut session = Session {
                plan: &plan,
                driver: &mut driver,
                effort: if self.quick { Effort::QUICK } else { Effort::FULL },
                vary: &|stage, change| vary_loadtests(&compiled.files, course, scenario, stage, change),
                watch: &mut |progress: Progress| terminal.status(&format!("{progress:?}")),
            };
            let rehearsed = session.run().map_err(fault)?;
            terminal.status(&format!("{rehearsed:#?}"));
        }
        Ok(Outcome::Clean)
    }
}

fn fault(fault: Fault) -> CliError {
    CliError::Unusable(fault.to_string())
}
