//! How a run ended, and that as one JSON document with stable keys. Its schema is made from the same
//! types.

use camino::{Utf8Path, Utf8PathBuf};
use schemars::JsonSchema;
use serde::Serialize;

use super::apply::Left;
use super::conflict::{Cause, Obstacle};
use super::plan::Plan;

/// The format's version. It goes up when a key changes its meaning or vanishes.
const VERSION: u32 = 1;

/// How a run ended that nothing stood in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// There was nothing to do.
    UpToDate,
    /// The plan was carried out.
    Published,
    /// The plan was only asked for, and could be carried out.
    Planned,
    /// It was only asked whether there is something to do, and there is.
    OutOfDate,
    /// Something has to be decided first.
    Undecided,
    /// There is work that no commit holds.
    Uncommitted,
    /// A run was cut off, or is going on.
    Unfinished,
    /// The course has errors.
    Errors,
}

/// The end of a run.
#[derive(Clone, Debug)]
pub struct Ending {
    pub how: How,
    /// `None` if it did not come to one.
    pub plan: Option<Plan>,
    /// Files that somebody has changed meanwhile.
    pub left: Left,
}

impl Ending {
    /// Of a run that did not come to a plan.
    #[must_use]
    pub fn early(how: How) -> Self {
        Self { how, plan: None, left: Left::new() }
    }

    /// Whether the repository is what was asked for.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self.how, How::UpToDate | How::Published | How::Planned) && self.left.is_empty()
    }
}

/// What `publish --format json` prints. Paths are relative to the repository.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "publish")]
#[serde(rename_all = "kebab-case")]
struct Document<'a> {
    /// The format's version; 1.
    version: u32,
    /// The checkout, as it was named.
    repository: &'a str,
    /// How it ended.
    outcome: How,
    /// Files that are written for the first time.
    create: Vec<&'a str>,
    /// Files that are written anew.
    update: Vec<&'a str>,
    /// Files that are no longer built.
    delete: Vec<&'a str>,
    /// Files that somebody else has made just as they are built; they count as published from now on.
    adopt: Vec<&'a str>,
    /// Files that are no longer built and that somebody decided to leave.
    leave: Vec<&'a str>,
    /// Files that stay as the repository has them, because somebody decided so.
    keep: Vec<KeptFile<'a>>,
    /// Scenarios whose folder is another one than before.
    r#move: Vec<MovedScenario<'a>>,
    /// Files that somebody has to decide about before anything is done.
    decide: Vec<OpenFile<'a>>,
    /// What stands where a folder or a file has to be, and has to be moved away by hand.
    obstacles: Vec<&'a str>,
    /// How many files are as they should be.
    unchanged: usize,
    /// Files that somebody changed while they were to be written; they were left as they are.
    skipped: Vec<&'a str>,
}

/// A file that stays as the repository has it.
#[derive(Debug, Serialize, JsonSchema)]
struct KeptFile<'a> {
    path: &'a str,
    /// Whether something else is built now than when that was decided.
    outdated: bool,
}

/// A scenario that has moved.
#[derive(Debug, Serialize, JsonSchema)]
struct MovedScenario<'a> {
    id: &'a str,
    from: &'a str,
    to: &'a str,
}

/// A file to decide about.
#[derive(Debug, Serialize, JsonSchema)]
struct OpenFile<'a> {
    path: &'a str,
    /// Why.
    cause: Cause,
}

/// The JSON Schema of the document.
#[must_use]
pub fn ending_schema() -> serde_json::Value {
    schemars::schema_for!(Document<'_>).to_value()
}

/// The end of a run as JSON text. `repository` is the checkout as it was named.
#[must_use]
pub fn print_ending(repository: &Utf8Path, ending: &Ending) -> String {
    let nothing = Plan::default();
    let plan = ending.plan.as_ref().unwrap_or(&nothing);
    let document = Document {
        version: VERSION,
        repository: repository.as_str(),
        outcome: ending.how,
        create: texts(&plan.create),
        update: texts(&plan.update),
        delete: texts(&plan.delete),
        adopt: texts(&plan.adopted),
        leave: texts(&plan.left),
        keep: plan
            .kept
            .iter()
            .map(|kept| KeptFile { path: kept.path.as_str(), outdated: kept.is_outdated })
            .collect(),
        r#move: plan
            .moved
            .iter()
            .map(|moved| MovedScenario { id: &moved.id, from: &moved.from, to: &moved.to })
            .collect(),
        decide: plan
            .conflicts
            .iter()
            .map(|conflict| OpenFile { path: conflict.path.as_str(), cause: conflict.cause })
            .collect(),
        obstacles: plan.obstacles.iter().map(Obstacle::path).map(Utf8Path::as_str).collect(),
        unchanged: plan.unchanged,
        skipped: texts(&ending.left),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn texts(paths: &[Utf8PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.as_str()).collect()
}
