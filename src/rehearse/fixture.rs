//! Plans and rounds for tests, made of what a test is about.

use std::collections::BTreeMap;

use super::judge::judge;
use super::measured::{ErrorKind, Figures, Load, Rehearsed, RequestLoad, Round, StageRun, TestRun};
use super::plan::{ControlPlan, Event, Place, Plan, StagePlan, TypedCommand};
use super::verdict::{Check, Judgement};
use crate::manifest::measure::{LoadTest, Mode, Rehearsal};
use crate::manifest::run::Driver;
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entries, Id, Scalar, Text};

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::nowhere())
}

fn id(text: &str) -> Id {
    Id { text: text.to_owned(), span: Span::nowhere() }
}

/// A plan with these stages, each from the one before, and these load tests.
pub fn plan(stages: &[&str], tests: &[&str]) -> Plan {
    let loadtests: Vec<LoadTest> = tests
        .iter()
        .map(|test| LoadTest {
            id: id(test),
            target: spanned("app".to_owned()),
            mode: Mode::Mix,
            requests: Vec::new(),
            connections: spanned(50),
            seconds: spanned(30),
            span: Span::nowhere(),
        })
        .collect();
    let stage = |(at, name): (usize, &&str)| StagePlan {
        id: (*name).to_owned(),
        base: at.checked_sub(1),
        kept: true,
        files: BTreeMap::new(),
        sql: Vec::new(),
        commands: Vec::new(),
        loadtests: loadtests.clone(),
        events: tests.iter().map(|test| Event::LoadTest((*test).to_owned())).collect(),
        create: Vec::new(),
        start: Vec::new(),
    };
    Plan {
        id: "a-feed".to_owned(),
        title: "A slow feed".to_owned(),
        stages: stages.iter().enumerate().map(stage).collect(),
        controls: Vec::new(),
        expectations: Vec::new(),
        panels: Vec::new(),
        ports: BTreeMap::new(),
        inputs: "blake3:00".to_owned(),
    }
}

impl Plan {
    /// Declares something of a stage.
    pub fn expecting(mut self, stage: &str, expect: &[(&str, &str)]) -> Self {
        self.expectations.push(entry(stage, None, expect));
        self
    }

    /// Declares something of one load test at a stage.
    pub fn expecting_in(mut self, stage: &str, test: &str, expect: &[(&str, &str)]) -> Self {
        self.expectations.push(Rehearsal { test: Some(id(test)), ..entry(stage, None, expect) });
        self
    }

    /// Declares a control that varies a stage.
    pub fn control(mut self, stage: &str, title: &str, expect: &[(&str, &str)]) -> Self {
        let at = self.stages.iter().position(|known| known.id == stage).expect("a stage");
        self.controls.push(ControlPlan {
            title: title.to_owned(),
            expectation: self.expectations.len(),
            stage: at,
            varied: StagePlan { base: Some(at), ..self.stages[at].clone() },
        });
        self.expectations.push(entry(stage, Some(title), expect));
        self
    }

    /// Has the page type a command into the app's terminal at a stage.
    pub fn typing(self, stage: &str, command: &str) -> Self {
        self.typing_in(Place::App, stage, command)
    }

    /// Has the page type a command somewhere at a stage.
    pub fn typing_in(mut self, place: Place, stage: &str, command: &str) -> Self {
        let stage = self.stages.iter_mut().find(|known| known.id == stage).expect("a stage");
        stage.events.push(Event::Command(TypedCommand {
            id: command.to_owned(),
            place,
            text: "true".to_owned(),
            expect: None,
        }));
        self
    }

    /// The checks against these rounds.
    pub fn judged(&self, rehearsed: &Rehearsed) -> Judgement {
        judge(self, rehearsed)
    }
}

fn entry(stage: &str, control: Option<&str>, expect: &[(&str, &str)]) -> Rehearsal {
    let scalar = |text: &str| Scalar {
        text: text.to_owned(),
        json: serde_json::Value::String(text.to_owned()),
        span: Span::nowhere(),
    };
    Rehearsal {
        stage: spanned(stage.to_owned()),
        test: None,
        expect: Entries(
            expect.iter().map(|(key, value)| (spanned((*key).to_owned()), scalar(value))).collect(),
        ),
        control: control.map(|title| Text { value: title.to_owned(), span: Span::nowhere() }),
        environment: None,
        span: Span::nowhere(),
    }
}

/// A load test that was answered with this success and goodput, within these milliseconds.
pub fn run(success: f64, rps: f64, p50: f64) -> TestRun {
    let total = Figures {
        success,
        rps,
        p50: Some(p50),
        p99: Some(p50 * 2.0),
        success_p50: (rps > 0.0).then_some(p50),
        success_p99: (rps > 0.0).then_some(p50 * 2.0),
        ended: 10_000,
        succeeded: whole(success * 100.0),
        refused: 10_000 - whole(success * 100.0),
        timeouts: 0,
        errors: 0,
    };
    TestRun {
        test: "main".to_owned(),
        connections: 50,
        seconds: 30,
        load: Load { total, ..Load::default() },
        errors: Vec::new(),
        cpu: BTreeMap::new(),
        foreign: 0.05,
        panels: Vec::new(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test values")]
fn whole(value: f64) -> u64 {
    value.round() as u64
}

impl TestRun {
    pub fn of(mut self, test: &str) -> Self {
        test.clone_into(&mut self.test);
        self
    }

    /// With messages in the log.
    pub fn logging(mut self, errors: &[(&str, u64)]) -> Self {
        let kind = |(message, count): &(&str, u64)| ErrorKind {
            message: (*message).to_owned(),
            count: *count,
            share: 0.0,
        };
        self.errors = errors.iter().map(kind).collect();
        self
    }

    pub fn using(mut self, cpu: &[(&str, f64)]) -> Self {
        self.cpu = cpu.iter().map(|(service, cores)| ((*service).to_owned(), *cores)).collect();
        self
    }

    pub fn beside(mut self, foreign: f64) -> Self {
        self.foreign = foreign;
        self
    }

    /// With a request that has figures of its own.
    pub fn with_request(mut self, request: &str, of: &TestRun) -> Self {
        let figures = of.load.total.clone();
        self.load.requests.push(RequestLoad { id: request.to_owned(), figures });
        self
    }
}

/// Rounds of one load test at each stage: `(stage, its runs, one for each round)`.
pub fn rounds(stages: &[(&str, Vec<TestRun>)]) -> Rehearsed {
    let each: Vec<(&str, Vec<Vec<TestRun>>)> = stages
        .iter()
        .map(|(stage, runs)| (*stage, runs.iter().map(|run| vec![run.clone()]).collect()))
        .collect();
    rounds_of(&each)
}

/// Rounds of several load tests at each stage.
pub fn rounds_of(stages: &[(&str, Vec<Vec<TestRun>>)]) -> Rehearsed {
    let count = stages.first().map_or(0, |(_, runs)| runs.len());
    let round = |at: usize| Round {
        stages: stages.iter().map(|(stage, runs)| stage_run(stage, None, runs[at].clone())).collect(),
    };
    Rehearsed {
        scenario: "a-feed".to_owned(),
        driver: Driver::Native,
        cores: 2,
        versions: BTreeMap::from([("node".to_owned(), "20.20.2".to_owned())]),
        rounds: (0..count).map(round).collect(),
    }
}

/// What one stage, or one control, showed.
pub fn stage_run(stage: &str, control: Option<usize>, tests: Vec<TestRun>) -> StageRun {
    StageRun { stage: stage.to_owned(), control, tests, commands: Vec::new() }
}

/// The check of this name, which must be there.
pub fn find<'j>(judgement: &'j Judgement, stage: &str, what: &str) -> &'j Check {
    judgement
        .checks
        .iter()
        .find(|check| check.stage == stage && check.what == what)
        .unwrap_or_else(|| panic!("no check `{what}` at `{stage}`: {:#?}", judgement.checks))
}
