//! A scenario, planned or written.

use camino::Utf8PathBuf;

use super::stage::Stage;
use crate::environment::ServiceInfo;
use crate::ir::{Block, RichText};
use crate::manifest;
use crate::manifest::measure::{LoadTest, Metric, Minutes, Panel, Parameter};
use crate::manifest::scenario::{Kind, Status};
use crate::source::{FileId, Span};

/// A scenario in its place.
#[derive(Debug)]
pub struct Scenario {
    pub id: String,
    /// Indices of track and group.
    pub place: Option<(usize, usize)>,
    /// Its number in its track; bonus scenarios and those in no track have none.
    pub number: Option<u32>,
    /// Its folder in the monorepo.
    pub folder: String,
    pub title: String,
    pub kind: Kind,
    pub status: Status,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub minutes: Option<Minutes>,
    pub about: RichText,
    pub summary: RichText,
    pub why: RichText,
    pub app_why: RichText,
    pub teaches: Vec<RichText>,
    /// Indices into `Course::concepts`.
    pub introduces: Vec<usize>,
    pub deepens: Vec<usize>,
    pub uses: Vec<usize>,
    pub bridge: Bridge,
    /// The scenario it starts from, and the stage (a fix's id; `None`: the last).
    pub extends: Option<(usize, Option<String>)>,
    pub metrics: Vec<Metric>,
    /// Panels as declared, or the default ones of the metrics.
    pub panels: Vec<Panel>,
    pub parameters: Vec<Parameter>,
    pub realized_by: Option<usize>,
    pub goals: Vec<RichText>,
    pub was: Vec<String>,
    /// Where it is declared.
    pub span: Span,
    /// What its folder holds; `None` for one that is only planned in a track.
    pub written: Option<Written>,
    /// What references can name.
    pub locals: Locals,
}

impl Scenario {
    /// The link and footnote definitions of its page.
    #[must_use]
    pub fn definitions(&self) -> &[String] {
        self.written.as_ref().map(|written| written.definitions.as_slice()).unwrap_or_default()
    }
}

/// What a scenario's folder holds.
#[derive(Debug)]
pub struct Written {
    /// Its folder in the source, `content/scenarios/<id>`.
    pub source: Utf8PathBuf,
    pub manifest: manifest::scenario::Scenario,
    /// scenario.yml.
    pub file: FileId,
    /// scenario.md.
    pub page: Option<FileId>,
    pub blocks: Vec<Block>,
    /// The page's link and footnote definitions as written: they hold for the whole page.
    pub definitions: Vec<String>,
    /// `broken`, then one for each fix.
    pub stages: Vec<Stage>,
    pub loadtests: Vec<LoadTest>,
    pub services: Vec<ServiceInfo>,
    pub fixes: Vec<FixInfo>,
    pub recorded: Option<manifest::run::Run>,
    /// Hash over stages, load tests and rendered environment (format.md, `recorded/run.yml`).
    pub inputs: String,
    /// As it is at the first stage.
    pub devcontainer: Option<Devcontainer>,
    /// Pictures: name below `assets/`, and the file.
    pub assets: Vec<(String, FileId)>,
}

/// A devcontainer.json.
#[derive(Clone, Debug)]
pub struct Devcontainer {
    /// Its path in the monorepo.
    pub path: Utf8PathBuf,
    pub text: String,
    /// What it was rendered from, or the file itself.
    pub origin: Span,
}

impl Devcontainer {
    /// The path of the devcontainer of a scenario's folder. Codespaces lists these folders one level deep
    /// and by name, so each is called as its scenario's.
    #[must_use]
    pub fn path_for(folder: &str) -> Utf8PathBuf {
        Utf8PathBuf::from(format!(".devcontainer/{folder}/devcontainer.json"))
    }
}

impl Written {
    /// The recorded run, if it was made with these files. It passed, or it would not be recorded.
    #[must_use]
    pub fn rehearsed(&self) -> Option<&manifest::run::Run> {
        self.recorded.as_ref().filter(|run| run.inputs.value == self.inputs)
    }

    /// Index of the stage that a fix, by its index, starts from. Fixes that are tried and dropped
    /// are no base; for the number of fixes this is the last stage that stays.
    #[must_use]
    pub fn stage_before(&self, fix: usize) -> usize {
        let before = self.manifest.fixes.get(..fix).unwrap_or_default();
        before.iter().rposition(|fix| fix.kept).map_or(0, |at| at + 1)
    }
}

/// A fix as its heading names it.
#[derive(Clone, Debug)]
pub struct FixInfo {
    pub id: String,
    /// "Fix 1", or "The fix" when it is the only one.
    pub label: String,
    pub title: String,
    pub kept: bool,
}

/// How a scenario connects to its neighbours.
#[derive(Debug, Default)]
pub struct Bridge {
    /// The scenario that planted it, and the question's id.
    pub takes_up: Vec<(usize, String)>,
    pub plants: Vec<Plant>,
}

/// A question left open.
#[derive(Debug)]
pub struct Plant {
    pub id: String,
    pub asks: RichText,
}

/// Everything inside a scenario that a reference can name, in document order.
#[derive(Clone, Debug, Default)]
pub struct Locals {
    pub steps: Vec<LocalStep>,
    pub questions: Vec<LocalQuestion>,
    pub options: Vec<LocalOption>,
    pub figures: Vec<LocalFigure>,
}

/// A section with its number, if it is a step.
#[derive(Clone, Debug)]
pub struct LocalStep {
    pub id: String,
    pub number: Option<u32>,
    pub title: String,
    pub role: Option<super::Role>,
    pub was: Vec<String>,
    pub span: Span,
}

/// A question with its number.
#[derive(Clone, Debug)]
pub struct LocalQuestion {
    pub id: String,
    pub number: u32,
    /// The id of the section it stands in.
    pub section: String,
    pub was: Vec<String>,
    pub span: Span,
}

/// An option with its letter.
#[derive(Clone, Debug)]
pub struct LocalOption {
    pub id: String,
    pub letter: char,
    pub section: String,
    pub span: Span,
}

/// A figure with its number.
#[derive(Clone, Debug)]
pub struct LocalFigure {
    pub id: String,
    pub number: u32,
    pub section: String,
    pub span: Span,
}
