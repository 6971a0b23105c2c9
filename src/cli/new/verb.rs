//! The verb's arguments.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand};

use super::{course, scenario};
use crate::cli::arguments::Global;
use crate::cli::error::CliError;
use crate::cli::run::Outcome;
use crate::cli::terminal::Terminal;

const AFTER_HELP: &str = "\
Examples:
  scenarist new course my-course
  scenarist new scenario slow-search --track first-steps --group start --title \"Slow search\"";

const COURSE_HELP: &str = "\
Makes a small course that builds at once: one track, one scenario to read and change, and one that \
is only planned. The stack and the theme are those built into scenarist.";

const COURSE_AFTER: &str = "\
Examples:
  scenarist new course my-course
  scenarist new course . --title \"Databases by breaking them\" --repository octo-org/db-course";

const SCENARIO_HELP: &str = "\
Makes content/scenarios/<ID>/ with everything that an exercise consists of: metadata, the page with \
all its sections, a small app that runs, a fix, a diagram. What you have to write is marked \
`(to write: …)`. The id is added to the end of the group in the track's file; if the group already \
lists it, because it was planned there, its place stays.";

const SCENARIO_AFTER: &str = "\
Examples:
  scenarist new scenario slow-search --track first-steps --group start
  scenarist new scenario slow-search --track first-steps --group start --title \"Slow search\"";

/// Start a course or a scenario
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Start a course in an empty folder
    #[command(long_about = COURSE_HELP, after_help = COURSE_AFTER)]
    Course(Course),
    /// Start a scenario in this course
    #[command(long_about = SCENARIO_HELP, after_help = SCENARIO_AFTER)]
    Scenario(Scenario),
}

/// Arguments of `new course`.
#[derive(Args, Debug)]
pub struct Course {
    /// The folder, empty or not there yet
    pub dir: Utf8PathBuf,
    /// The course's title [default: made from the folder's name]
    #[arg(long)]
    pub title: Option<String>,
    /// The GitHub repository that learners will open, `owner/name`
    #[arg(long, value_name = "OWNER/NAME")]
    pub repository: Option<String>,
}

/// Arguments of `new scenario`.
#[derive(Args, Debug)]
pub struct Scenario {
    /// Its id: lower-case letters, digits and single hyphens, no number of its place
    pub id: String,
    /// The track it belongs to
    #[arg(long, value_name = "ID")]
    pub track: String,
    /// The group of that track
    #[arg(long, value_name = "ID")]
    pub group: String,
    /// Its title [default: the planned one, or made from the id]
    #[arg(long)]
    pub title: Option<String>,
}

impl New {
    /// Writes the files and says what to do next.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        match &self.what {
            What::Course(arguments) => course::create(arguments, terminal)?,
            What::Scenario(arguments) => scenario::create(arguments, global, terminal)?,
        }
        Ok(Outcome::Clean)
    }
}
