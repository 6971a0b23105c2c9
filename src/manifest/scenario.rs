//! `content/scenarios/<id>/scenario.yml`.

use super::environment::Environment;
use super::measure::{LoadTest, LoadTestPatch, Metric, Minutes, Panel, Parameter, Rehearsal};
use crate::source::Spanned;
use crate::syntax::yaml::{Date, Entries, Id, Node, RelPath, Scalar, Shaped, Text, choice, record};

choice! {
    /// What a scenario is; decides what it needs.
    pub enum Kind {
        /// A broken system to diagnose and fix.
        Exercise = "exercise",
        /// A design problem with a rubric.
        Challenge = "challenge",
        /// A failure mode with its metrics and parameters.
        Failure = "failure",
        /// A system to study.
        CaseStudy = "case-study",
    }
}

choice! {
    /// How far a scenario is.
    pub enum Status {
        /// Listed and numbered, without a folder.
        Planned = "planned",
        /// Being written: a marked page, and in the monorepo only with `--drafts`.
        Draft = "draft",
        /// For learners.
        Ready = "ready",
    }
}

record! {
    /// A scenario: metadata, environment, metrics, dashboard, load tests, fixes, rehearsal.
    pub struct Scenario as "a scenario" {
        /// Its title.
        title: Spanned<String>,
        /// What it is.
        kind: Kind = Kind::Exercise,
        /// How far it is.
        status: Status = Status::Draft,
        /// When it was published.
        published: Option<Date>,
        /// When it last changed in a way that learners notice.
        updated: Option<Date>,
        /// How long it takes: a number, or from and to.
        minutes: Option<Minutes>,
        /// The app it is about, as a noun phrase.
        about: Option<Text>,
        /// What breaks and what the learner does, in two sentences.
        summary: Option<Text>,
        /// What it teaches, line by line.
        teaches: Vec<Text>,
        /// Concepts that it introduces.
        introduces: Vec<Id>,
        /// Concepts that it takes further.
        deepens: Vec<Id>,
        /// Concepts that it needs.
        uses: Vec<Id>,
        /// How it connects to its neighbours.
        bridge: Option<Bridge>,
        /// The scenario whose stage it starts from.
        extends: Option<Extends>,
        /// Values that stand in files and are named in prose.
        facts: Entries<Fact>,
        /// What it runs in. Merge patches of fixes apply to it.
        environment: Option<Shaped<Environment>>,
        /// Metrics that the app exports.
        metrics: Vec<Metric>,
        /// Panels of the dashboard; made from the metrics if none are given.
        dashboard: Vec<Panel>,
        /// Load tests.
        loadtests: Vec<LoadTest>,
        /// Fixes in order; each makes a stage.
        fixes: Vec<Fix>,
        /// What a rehearsal must see.
        rehearsal: Vec<Rehearsal>,
        /// What success means, measured, without saying how.
        goals: Vec<Text>,
        /// What can be turned (failures).
        parameters: Vec<Parameter>,
        /// Remarks for `::files`: path and what the file is for.
        files: Entries<Text>,
        /// Ids it had before.
        was: Vec<Id>,
    }
}

record! {
    /// How a scenario connects to its neighbours.
    pub struct Bridge as "a bridge" {
        /// Questions of the scenario before that this one answers.
        takes_up: Vec<Id>,
        /// Questions that it leaves open for the next.
        plants: Vec<Plant>,
    }
}

record! {
    /// A question left open for the next scenario.
    pub struct Plant as "an open question" {
        /// Its id.
        id: Id,
        /// The question.
        asks: Text,
    }
}

record! {
    /// The stage of another scenario that this one starts from.
    pub struct Extends as "the key `extends`" {
        /// The scenario.
        scenario: Id,
        /// Its stage: a fix; the last one that is kept if not given.
        stage: Option<Id>,
    }
}

record! {
    /// A value that stands in a file.
    pub struct Fact as "a fact" {
        /// The value.
        value: Scalar,
        /// The file of the learner's tree in which it stands.
        in_: RelPath,
    }
}

record! {
    /// A fix. Its files lie in `solution/<id>/`.
    pub struct Fix as "a fix" {
        /// Its id.
        id: Id,
        /// SQL files of its folder that the learner types into psql.
        sql: Vec<RelPath>,
        /// Commands that the learner types in the terminal.
        commands: Vec<Spanned<String>>,
        /// npm packages that it adds: name and version range.
        packages: Entries<String>,
        /// A merge patch on `environment`; the stack's files are made again from the result.
        environment: Option<Node>,
        /// What it changes in every load test.
        loadtest: Option<LoadTestPatch>,
        /// Whether it stays; `false` is tried and dropped.
        kept: bool = true,
    }
}

impl Scenario {
    /// The decoded environment; faults are reported where the node stands.
    #[must_use]
    pub fn decode_environment(&self, sink: &crate::diag::Sink) -> Option<Environment> {
        use crate::syntax::yaml::Decode;
        self.environment.as_ref().and_then(|node| Environment::decode(node, sink))
    }
}
