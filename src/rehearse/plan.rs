//! What a rehearsal does: the stages of a scenario with their files, and at each stage the commands
//! and load tests in the order of the page.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::diag::Sink;
use crate::ir::{Code, Node, each_block};
use crate::load::vary_stage;
use crate::manifest::measure::{LoadTest, Rehearsal};
use crate::model::{Course, Scenario, Stage, Written};
use crate::source::{Files, Span, Spanned};
use crate::syntax::sql_tokens::{Statement, parse_sql};

/// The rehearsal of one scenario.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario's id.
    pub id: String,
    pub title: String,
    /// `broken`, then the fixes in order, also those that are tried and dropped.
    pub stages: Vec<StagePlan>,
    pub controls: Vec<ControlPlan>,
    /// Everything that the author expects, in the order written.
    pub expectations: Vec<Rehearsal>,
    /// Titles of the dashboard's panels, and where they are declared.
    pub panels: Vec<(String, Span)>,
    /// Ports on which services listen.
    pub ports: BTreeMap<String, u32>,
    /// Hash over everything that the run depends on.
    pub inputs: String,
}

/// One stage.
#[derive(Clone, Debug)]
pub struct StagePlan {
    pub id: String,
    /// The index of the stage that it starts from; `None` for the first.
    pub base: Option<usize>,
    /// Whether it stays: a fix that is tried and dropped does not.
    pub kept: bool,
    /// The learner's folder.
    pub files: BTreeMap<Utf8PathBuf, PlannedFile>,
    /// Statements that a learner types into psql to get here: file name, and text.
    pub sql: Vec<(String, String)>,
    /// Commands that a learner types into the terminal to get here.
    pub commands: Vec<String>,
    pub loadtests: Vec<LoadTest>,
    /// What happens at this stage, in the order of the page.
    pub events: Vec<Event>,
    /// Shell commands that run once in the app's new container, such as `npm ci`.
    pub create: Vec<String>,
    /// Shell commands that run whenever it has started, such as filling the database.
    pub start: Vec<String>,
}

/// A file of the learner's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFile {
    pub bytes: Vec<u8>,
    pub executable: bool,
}

/// What happens at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A load test, by its id.
    LoadTest(String),
    Command(TypedCommand),
}

impl Event {
    /// Whether it is this load test.
    #[must_use]
    pub fn is_test(&self, id: &str) -> bool {
        matches!(self, Self::LoadTest(test) if test == id)
    }

    /// Whether it is a command in the terminal of the app's container.
    #[must_use]
    pub fn is_in_app(&self) -> bool {
        matches!(self, Self::Command(command) if command.place == Place::App)
    }
}

/// A fence of the page that is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCommand {
    /// The fence's id.
    pub id: String,
    pub place: Place,
    pub text: String,
    /// What its output must contain.
    pub expect: Option<String>,
}

/// Where a command is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The terminal of the app's container.
    App,
    /// psql, connected to the app's database.
    Psql,
    /// The terminal of the machine on which the containers run.
    Host,
}

/// A negative control: a stage with something else that does not help.
#[derive(Clone, Debug)]
pub struct ControlPlan {
    /// What it shows, in words.
    pub title: String,
    /// The index of its entry in [`Plan::expectations`].
    pub expectation: usize,
    /// The stage that it varies.
    pub stage: usize,
    /// The varied stage; its base is the stage itself.
    pub varied: StagePlan,
}

/// The rehearsal of a scenario; `None` for one without stages to run. Faults of controls are
/// reported.
#[must_use]
pub fn plan_rehearsal(files: &Files, course: &Course, scenario: &Scenario, sink: &Sink) -> Option<Plan> {
    let written = scenario.written.as_ref()?;
    let manifest = &written.manifest;
    if manifest.environment.is_none() || written.stages.is_empty() {
        return None;
    }
    let stages: Vec<StagePlan> =
        written.stages.iter().enumerate().map(|(at, stage)| plan_stage(files, written, at, stage)).collect();
    let controls = manifest.rehearsal.iter().enumerate().filter_map(|(expectation, entry)| {
        let title = entry.control.as_ref()?.value.clone();
        let at = written.stages.iter().position(|stage| stage.id == entry.stage.value)?;
        let stage = &written.stages[at];
        let varied = vary_stage(
            files,
            course,
            scenario,
            stage,
            entry.environment.as_ref(),
            stage.loadtests.clone(),
            sink,
        );
        let varied = StagePlan {
            files: planned_files(&varied),
            base: Some(at),
            sql: Vec::new(),
            commands: Vec::new(),
            events: tests_of(written, entry, stage),
            ..stages[at].clone()
        };
        Some(ControlPlan { title, expectation, stage: at, varied })
    });
    let controls = controls.collect();
    Some(Plan {
        id: scenario.id.clone(),
        title: scenario.title.clone(),
        stages,
        controls,
        expectations: manifest.rehearsal.clone(),
        panels: scenario.panels.iter().map(|panel| (panel.title.value.clone(), panel.title.span)).collect(),
        ports: written.services.iter().filter_map(|it| Some((it.id.clone(), it.port?))).collect(),
        inputs: written.inputs.clone(),
    })
}

fn plan_stage(files: &Files, written: &Written, at: usize, stage: &Stage) -> StagePlan {
    let fix = at.checked_sub(1).and_then(|fix| written.manifest.fixes.get(fix));
    let folder = written.source.join("solution").join(&stage.id);
    let statements = fix.iter().flat_map(|fix| &fix.sql).filter_map(|path| {
        let text = files.text(files.find(folder.join(&path.path))?).ok()?;
        Some((path.path.to_string(), text.to_owned()))
    });
    let sql: Vec<(String, String)> = statements.collect();
    let mut events = events_of(written, stage);
    // The statements of the fix, as the page has learners type them, have been run to get here.
    events.retain(|event| !matches!(event, Event::Command(command) if sql.iter().any(|(_, text)| says_the_same(command, text))));
    StagePlan {
        id: stage.id.clone(),
        base: (at > 0).then(|| written.stage_before(at - 1)),
        kept: fix.is_none_or(|fix| fix.kept),
        files: planned_files(stage),
        sql,
        commands: fix.iter().flat_map(|fix| &fix.commands).map(|command| command.value.clone()).collect(),
        loadtests: stage.loadtests.clone(),
        events,
        create: lifecycle(written, &["onCreateCommand", "updateContentCommand", "postCreateCommand"]),
        start: lifecycle(written, &["postStartCommand"]),
    }
}

/// Whether a command is made of the same statements, however they are laid out.
fn says_the_same(command: &TypedCommand, statements: &str) -> bool {
    let normalized = |text: &str| parse_sql(text).iter().map(Statement::normalized).collect::<Vec<_>>();
    command.place == Place::Psql && normalized(&command.text) == normalized(statements)
}

/// Commands of the devcontainer, in order: one line, a list of words, or several by name.
fn lifecycle(written: &Written, keys: &[&str]) -> Vec<String> {
    let Some(devcontainer) = &written.devcontainer else { return Vec::new() };
    let Ok(json) = serde_json::from_str::<Value>(&devcontainer.text) else { return Vec::new() };
    keys.iter().filter_map(|key| json.get(key)).flat_map(command_lines).collect()
}

fn command_lines(value: &Value) -> Vec<String> {
    match value {
        Value::String(line) => vec![line.clone()],
        Value::Array(words) => {
            let quoted = words
                .iter()
                .filter_map(Value::as_str)
                .map(|word| format!("'{}'", word.replace('\'', "'\\''")));
            vec![quoted.collect::<Vec<_>>().join(" ")]
        }
        Value::Object(named) => named.values().flat_map(command_lines).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn planned_files(stage: &Stage) -> BTreeMap<Utf8PathBuf, PlannedFile> {
    let file = |(path, file): (&Utf8PathBuf, &crate::model::StageFile)| {
        (path.clone(), PlannedFile { bytes: file.bytes.to_vec(), executable: file.executable })
    };
    stage.files.iter().map(file).collect()
}

/// What the page has learners do at a stage, in its order. Load tests that the page does not mention
/// at this stage come last: what is expected of them is judged all the same.
fn events_of(written: &Written, stage: &Stage) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    each_block(&written.blocks, &mut |block| {
        let Node::Code(code) = &block.node else { return };
        if code.stage.as_deref() == Some(stage.id.as_str()) {
            events.extend(event_of(code).filter(|event| !events.contains(event)));
        }
    });
    let rest = stage.loadtests.iter().map(|test| Event::LoadTest(test.id.text.clone()));
    let rest: Vec<Event> = rest.filter(|event| !events.contains(event)).collect();
    events.extend(rest);
    events
}

fn event_of(code: &Code) -> Option<Event> {
    if let Some(test) = &code.test {
        return Some(Event::LoadTest(test.clone()));
    }
    let id = code.id.clone()?;
    let place = match (code.place, code.language.as_str()) {
        (Some("psql"), _) | (None, "sql") => Place::Psql,
        (Some("host"), _) => Place::Host,
        (Some("app"), _) | (None, "bash" | "sh") => Place::App,
        _ => return None,
    };
    Some(Event::Command(TypedCommand { id, place, text: code.text.clone(), expect: code.expect.clone() }))
}

/// The load test that an entry is about.
fn tests_of(written: &Written, entry: &Rehearsal, stage: &Stage) -> Vec<Event> {
    let first = stage.loadtests.first().or_else(|| written.loadtests.first());
    let id = entry.test.as_ref().map(|id| id.text.clone()).or_else(|| Some(first?.id.text.clone()));
    id.map(Event::LoadTest).into_iter().collect()
}

/// The files of a stage that differ when its load tests have other connections or another length:
/// the script that learners run, made by the same template.
#[must_use]
pub fn vary_loadtests(
    files: &Files,
    course: &Course,
    scenario: &Scenario,
    stage: usize,
    change: impl Fn(&mut LoadTest),
) -> Vec<(Utf8PathBuf, Vec<u8>)> {
    let Some(stage) = scenario.written.as_ref().and_then(|written| written.stages.get(stage)) else {
        return Vec::new();
    };
    let mut tests = stage.loadtests.clone();
    tests.iter_mut().for_each(change);
    let varied = vary_stage(files, course, scenario, stage, None, tests, &Sink::default());
    let differs = |(path, file): &(Utf8PathBuf, crate::model::StageFile)| {
        stage.files.get(path).is_some_and(|own| own.bytes != file.bytes)
    };
    varied.files.into_iter().filter(differs).map(|(path, file)| (path, file.bytes.to_vec())).collect()
}

/// Another length of a load test, in seconds.
pub fn set_seconds(test: &mut LoadTest, seconds: u32) {
    test.seconds = Spanned::new(seconds, test.seconds.span);
}

/// Another number of connections.
pub fn set_connections(test: &mut LoadTest, connections: u32) {
    test.connections = Spanned::new(connections, test.connections.span);
}

impl StagePlan {
    /// A load test by its id, as it is at this stage.
    #[must_use]
    pub fn loadtest(&self, id: &str) -> Option<&LoadTest> {
        self.loadtests.iter().find(|test| test.id.text == id)
    }

    /// The load tests that are run, in the order of the page.
    pub fn tests(&self) -> impl Iterator<Item = &LoadTest> {
        self.events.iter().filter_map(|event| match event {
            Event::LoadTest(id) => self.loadtest(id),
            Event::Command(_) => None,
        })
    }

    /// A text of the learner's folder.
    #[must_use]
    pub fn text(&self, path: impl AsRef<Utf8Path>) -> Option<&str> {
        self.files.get(path.as_ref()).and_then(|file| std::str::from_utf8(&file.bytes).ok())
    }
}
