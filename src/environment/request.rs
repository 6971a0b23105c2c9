//! What goes in (a request) and what comes out (files).

use std::sync::Arc;

use camino::Utf8PathBuf;

use super::stack::Stack;
use crate::manifest::environment::Environment;
use crate::manifest::measure::{LoadTest, Metric, Panel, Rehearsal};
use crate::source::{FileId, Span};
use crate::syntax::yaml::{Entries, Text};

/// The names of the scenario, as learners meet them.
#[derive(Clone, Copy, Debug)]
pub struct ScenarioNames<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// "Scenario 1 — Diagnosing failures".
    pub label: &'a str,
    /// The scenario's folder in the monorepo, one level deep.
    pub folder: &'a str,
}

/// All that the templates may know about one stage of a scenario. References in texts (a panel's
/// `help`) are resolved by the caller: a dashboard holds plain Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub stack: &'a Stack,
    pub scenario: ScenarioNames<'a>,
    pub environment: &'a Environment,
    pub metrics: &'a [Metric],
    /// The declared panels; empty for those that come from the metrics.
    pub panels: &'a [Panel],
    pub loadtests: &'a [LoadTest],
    pub rehearsal: &'a [Rehearsal],
    /// Stages that are tried and dropped: what they reach says nothing about a healthy app.
    pub dropped_stages: &'a [String],
    /// npm packages that the stage's fixes add.
    pub extra_packages: &'a Entries<String>,
    /// The scenario's `environment` block: where findings about the whole of it point.
    pub origin: Span,
    /// The scenario's folder as seen from where the compose file will lie: `None` beside it,
    /// `../..` for one below `solution/<fix>/`.
    pub compose_root: Option<&'a str>,
    /// A devcontainer of the scenario's own, which stands in for the stack's template.
    pub devcontainer: Option<FileId>,
}

/// A file of the learner's tree.
#[derive(Clone, Debug)]
pub struct RenderedFile {
    /// Relative to the scenario's folder.
    pub path: Utf8PathBuf,
    pub text: Arc<str>,
    pub executable: bool,
    /// What it is for, in one remark.
    pub about: Option<Text>,
    /// What an author edits to change it: the template, or a block of scenario.yml.
    pub origin: Span,
    pub made_from: MadeFrom,
}

/// What a file was made from, as far as another name of the scenario would change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeFrom {
    Template(FileId),
    Panels,
    /// It knows the scenario by its id alone.
    Packages,
}

/// A service as the learner meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceInfo {
    /// Its id: also its host name among the containers.
    pub id: String,
    pub title: String,
    /// The port it listens on, the same inside and outside the containers.
    pub port: Option<u32>,
    /// What it is, in one sentence of inline Markdown.
    pub about: String,
    /// How to open it from a Codespace, in one sentence of inline Markdown.
    pub open: Option<String>,
    /// Whether its port is forwarded out of the containers.
    pub forwarded: bool,
    /// Where it is declared: scenario.yml, else the stack.
    pub span: Span,
}

/// An environment as files.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// By path.
    pub files: Vec<RenderedFile>,
    /// The devcontainer, with the path `devcontainer.json`.
    pub devcontainer: Option<RenderedFile>,
    /// In the order in which they are listed.
    pub services: Vec<ServiceInfo>,
    /// How a learner reaches a place: name (`psql`) and command line.
    pub commands: Vec<(String, String)>,
    /// Programs that a terminal in the app's container has.
    pub tools: Vec<String>,
}
