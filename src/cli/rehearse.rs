//! `scenarist rehearse`: scenarios run for real.

mod calibrate;
mod choice;
mod one;
mod watch;

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::arguments::{Format, Global};
use super::error::CliError;
use super::project::find_root;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::{Loaded, load};
use crate::diag::catalog::document::STALE_SNIPPET;
use crate::diag::catalog::reference::{NOT_RECORDED, STALE_VALUE};
use crate::diag::render::Report;
use crate::diag::{Diagnostic, Sink};
use crate::model::Course;
use crate::rehearse::fault::Fault;
use crate::rehearse::interrupt;
use crate::rehearse::plan::{Plan, plan_rehearsal};
use crate::rehearse::report::{Ending, Reported, report_json};
use crate::rehearse::verdict::Verdict;
use crate::source::read_dir;

use choice::chosen;
use one::{Rehearsal, Seen};

const LONG_ABOUT: &str = "\
Runs scenarios for real: starts the services, measures the app as it is broken, carries out one fix \
after the other and measures again, and runs the commands of the page where they stand. What \
scenario.yml declares under `rehearsal` must come true; so must what holds for every scenario: fixes \
fix something, commands work, panels show something.

Success and ratios between stages are judged, never milliseconds. Every stage is measured in several \
rounds, and what is shown must be larger than the difference between rounds. Where it is not, or \
other programs kept the machine busy, the verdict is inconclusive.

With --record, a rehearsal that passed is written to the scenario's recorded/run.yml, and the values \
and outputs that its page quotes are brought up to date.";

const AFTER_HELP: &str = "\
Examples:
  scenarist rehearse diagnosing-failures            as learners measure, in three rounds
  scenarist rehearse diagnosing-failures --quick    short load tests, while you edit
  scenarist rehearse --all --format json            for CI
  scenarist rehearse indexes --record               keep the figures
  scenarist rehearse indexes --gallery pictures     draw what the dashboard showed
  scenarist rehearse indexes --calibrate            find connections at which it surely breaks

Exit codes:
  0    passed
  1    failed
  2    wrong usage
  3    the environment: a program is missing, the machine does not allow it
  4    inconclusive: nothing failed, but the machine was too busy or the rounds differ too much
  130  stopped";

/// Run scenarios for real: they must break, and their fixes must fix them
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
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
    /// Write what was seen to recorded/run.yml, and bring the page up to date
    #[arg(long, conflicts_with_all = ["quick", "calibrate"])]
    record: bool,
    /// Try more and fewer connections on one core and on two, and propose a number at which
    /// everything holds with margin
    #[arg(long, conflicts_with = "quick")]
    calibrate: bool,
    /// Draw every panel of the dashboard at every stage into this folder, as SVG and PNG
    #[arg(long, value_name = "DIR", conflicts_with = "calibrate")]
    gallery: Option<Utf8PathBuf>,
    /// How the result is printed: for people, or as JSON (`scenarist schema rehearsal`)
    #[arg(long, value_enum, default_value_t = ResultFormat::Human)]
    format: ResultFormat,
}

/// A driver as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DriverChoice {
    /// Containers if Docker runs here, else processes
    Auto,
    /// Containers, by Docker Compose
    Compose,
    /// Processes of this machine, in namespaces of their own (Linux)
    Native,
}

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ResultFormat {
    /// A table, for people
    Human,
    /// One JSON document
    Json,
}

impl Rehearse {
    /// Rehearses, prints, and says how it went.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = find_root(global)?;
        terminal.progress("reading");
        let (files, faults) = read_dir(&root);
        terminal.progress("compiling");
        let loaded = load(files, &faults);
        let course = usable_course(&loaded, terminal)?;
        let sink = Sink::default();
        let mut plans = Vec::new();
        for scenario in chosen(course, &self.scenarios, self.all)? {
            match plan_rehearsal(&loaded.files, course, scenario, &sink) {
                Some(plan) => plans.push((scenario, plan)),
                None if self.all => {}
                None => {
                    let message = format!("`{}` has no environment, so there is nothing to run", scenario.id);
                    return Err(CliError::Usage(message));
                }
            }
        }
        if sink.has_errors() {
            let findings = sink.into_sorted(&loaded.files);
            terminal.findings(&Report::new(&findings, &loaded.files), Format::Human);
            return Ok(Outcome::Findings);
        }
        if plans.is_empty() {
            terminal.status("nothing to rehearse: no scenario is ready and has an environment");
            return Ok(Outcome::Clean);
        }
        interrupt::watch();
        let rehearsal = Rehearsal { options: self, root: &root, loaded: &loaded, course, terminal };
        if self.calibrate {
            for (scenario, plan) in &plans {
                rehearsal.calibrate(scenario, plan)?;
            }
            return Ok(Outcome::Clean);
        }
        let mut seen = Vec::new();
        for (scenario, plan) in &plans {
            seen.push(match rehearsal.run(scenario, plan) {
                Ok(seen) => seen,
                Err(CliError::Rehearsal(fault @ Fault::Scenario { .. })) => {
                    rehearsal.report_fault(plan, &fault)
                }
                Err(error) => return Err(error),
            });
        }
        let plans: Vec<&Plan> = plans.iter().map(|(_, plan)| plan).collect();
        self.finish(&rehearsal, &plans, &seen);
        Ok(outcome(&seen))
    }

    fn finish(&self, rehearsal: &Rehearsal<'_>, plans: &[&Plan], seen: &[Seen]) {
        if self.format == ResultFormat::Json {
            let reported: Vec<Reported<'_>> = plans
                .iter()
                .zip(seen)
                .map(|(plan, seen)| Reported {
                    plan,
                    ending: match seen {
                        Seen::Judged { rehearsed, judgement } => Ending::Judged { rehearsed, judgement },
                        Seen::Fault(words) => Ending::Fault(words),
                    },
                })
                .collect();
            rehearsal.terminal.line_if_any(&report_json(&rehearsal.loaded.files, &reported));
        } else if seen.len() > 1 {
            let count = |wanted: Verdict| seen.iter().filter(|seen| seen.verdict() == wanted).count();
            rehearsal.terminal.status(&format!(
                "\n{} scenarios: {} passed, {} failed, {} inconclusive",
                seen.len(),
                count(Verdict::Passed),
                count(Verdict::Failed),
                count(Verdict::Inconclusive)
            ));
        }
    }
}

/// The course, unless something stands in the way that a rehearsal does not cure itself: figures that
/// are not recorded yet, and texts that quote an older recording.
fn usable_course<'l>(loaded: &'l Loaded, terminal: &Terminal) -> Result<&'l Course, CliError> {
    let cured = [NOT_RECORDED.code, STALE_SNIPPET.code, STALE_VALUE.code];
    let in_the_way: Vec<Diagnostic> = loaded
        .findings
        .iter()
        .filter(|finding| finding.is_blocking() && !cured.contains(&finding.spec.code))
        .cloned()
        .collect();
    match &loaded.course {
        Some(course) if in_the_way.is_empty() => Ok(course),
        _ => {
            terminal.findings(&Report::new(&in_the_way, &loaded.files), Format::Human);
            let message = "the course cannot be read, so nothing was run".to_owned();
            Err(CliError::Unusable(message))
        }
    }
}

fn outcome(seen: &[Seen]) -> Outcome {
    match seen.iter().map(Seen::verdict).max() {
        Some(Verdict::Failed) => Outcome::Findings,
        Some(Verdict::Inconclusive) => Outcome::Inconclusive,
        Some(Verdict::Passed) | None => Outcome::Clean,
    }
}
