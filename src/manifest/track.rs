//! `content/tracks/<track>.yml`: ordered groups of scenarios.

use super::measure::{Metric, Panel, Parameter};
use super::scenario::{Bridge, Extends, Kind, Status};
use crate::diag::Sink;
use crate::source::Spanned;
use crate::syntax::yaml::{Decode, Defs, Id, Node, Text, Value, record};

record! {
    /// A track: an ordered way through the course.
    pub struct Track as "a track" {
        /// Its title.
        title: Spanned<String>,
        /// One or two sentences about it.
        summary: Option<Text>,
        /// What one of its entries is called: "Scenario", "Case study", "Failure".
        noun: String = "Scenario".to_owned(),
        /// The folder of an entry in the monorepo; `{number}`, `{number:02}` and `{id}` are filled in.
        folder: Spanned<String>,
        /// The folder of an entry in a bonus group; `{id}` is filled in.
        bonus_folder: Spanned<String> = Spanned::new("bonus-{id}".to_owned(), crate::source::Span::nowhere()),
        /// Who it is for.
        audience: Option<Text>,
        /// What to know before starting.
        before: Option<Text>,
        /// What changes for those who finish it.
        change: Option<Text>,
        /// Its groups in order: tiers, phases or categories.
        groups: Vec<Group>,
        /// Ids it had before.
        was: Vec<Id>,
    }
}

record! {
    /// A group: a run of scenarios with one goal.
    pub struct Group as "a group" {
        /// Its id, unique in the track.
        id: Id,
        /// Its name.
        name: Spanned<String>,
        /// The tier that its scenarios belong to.
        tier: Option<Id>,
        /// What a learner can do afterwards.
        goal: Option<Text>,
        /// Why its scenarios stand in this order.
        why: Option<Text>,
        /// How much it helps, and why.
        guidance: Option<Text>,
        /// Whether its scenarios are extra: not counted and not required.
        bonus: bool,
        /// Its scenarios in order: ids of folders, or planned ones described inline.
        scenarios: Vec<Entry>,
    }
}

record! {
    /// A scenario's place in a track. A planned one is described here; a written one has its own
    /// folder and gives only its id and the reason for its place.
    pub struct Inline as "a scenario" {
        /// Its id.
        id: Id,
        /// Why it stands here.
        why: Option<Text>,
        /// Why this app.
        app_why: Option<Text>,
        /// Its title.
        title: Option<Spanned<String>>,
        /// What it is: an exercise, a challenge, a failure or a case study.
        kind: Option<Spanned<Kind>>,
        /// How far it is.
        status: Option<Spanned<Status>>,
        /// What breaks and what the learner does.
        summary: Option<Text>,
        /// The app it is about, as a noun phrase.
        about: Option<Text>,
        /// What it teaches, line by line.
        teaches: Vec<Text>,
        /// Concepts that it introduces.
        introduces: Vec<Id>,
        /// Concepts that it takes further.
        deepens: Vec<Id>,
        /// Concepts that it needs.
        uses: Vec<Id>,
        /// Whose app it starts from.
        extends: Option<Extends>,
        /// How it connects to its neighbours.
        bridge: Option<Bridge>,
        /// Metrics that it will show.
        metrics: Vec<Metric>,
        /// Panels, where the default ones are not enough.
        dashboard: Vec<Panel>,
        /// What can be turned.
        parameters: Vec<Parameter>,
        /// The scenario that carries it out.
        realized_by: Option<Id>,
        /// Ids it had before.
        was: Vec<Id>,
    }
}

/// An entry of a group: an id alone, or a mapping.
#[derive(Clone, Debug)]
pub struct Entry(pub Inline);

impl Decode for Entry {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        if matches!(node.value, Value::Text(_)) {
            let id = Id::decode(node, sink)?;
            let entries = vec![(
                crate::syntax::yaml::Key { text: "id".to_owned(), span: id.span },
                Node { span: id.span, value: Value::Text(id.text) },
            )];
            return Inline::decode(&Node { span: node.span, value: Value::Map(entries) }, sink).map(Self);
        }
        Inline::decode(node, sink).map(Self)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [Id::schema(defs), Inline::schema(defs)] })
    }

    fn expects() -> String {
        "an id or a scenario (a mapping)".to_owned()
    }
}
