//! Where scenarios declare what they introduce, use and plant: in their scenario.yml, or in the
//! track that describes a planned one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Checked;
use crate::diag::Sink;
use crate::model::{Course, Scenario};
use crate::source::{FileId, Span};
use crate::syntax::yaml::{Node, parse_yaml};

/// The mapping that declares each scenario, by its index; and the tracks.
pub struct Declarations {
    scenarios: Vec<Option<Arc<Node>>>,
    /// The whole file of each track.
    tracks: Vec<Option<Arc<Node>>>,
    /// Where each scenario has its title.
    titles: Vec<Span>,
    concepts: BTreeMap<String, usize>,
}

impl Declarations {
    /// What is declared, collected once for all rules.
    pub fn of(checked: &Checked<'_>) -> Arc<Self> {
        checked.shared.get(|| Self::read(checked))
    }

    /// Reads the manifests again, this time for places.
    fn read(checked: &Checked<'_>) -> Self {
        let course = checked.course;
        let parse = |file: FileId| {
            checked.files.text(file).ok()?;
            parse_yaml(checked.files, file, &Sink::default())
        };
        let track = |id: &str| parse(checked.files.find(format!("content/tracks/{id}.yml"))?);
        let tracks: Vec<Option<Arc<Node>>> = course.tracks.iter().map(|it| track(&it.id)).collect();
        let planned = entries_by_id(&tracks);
        let scenarios = course.scenarios.iter().map(|scenario| match &scenario.written {
            Some(written) => parse(written.file),
            None => planned.get(scenario.id.as_str()).map(|node| Arc::new((*node).clone())),
        });
        let scenarios = scenarios.collect();
        let concepts = course.concepts.iter().enumerate().map(|(at, concept)| (concept.id.clone(), at));
        let titles = course.scenarios.iter().map(|scenario| scenario.span).collect();
        Self { scenarios, tracks, titles, concepts: concepts.collect() }
    }

    /// The mapping that declares a scenario.
    pub fn node(&self, scenario: usize) -> Option<&Node> {
        self.scenarios.get(scenario)?.as_deref()
    }

    /// The value of one of its keys.
    pub fn value(&self, scenario: usize, key: &str) -> Option<&Node> {
        self.node(scenario)?.get(key)
    }

    /// The track's file.
    pub fn track(&self, track: usize) -> Option<&Node> {
        self.tracks.get(track)?.as_deref()
    }

    /// The concepts that a scenario lists under a key, each with its place.
    pub fn concepts<'d>(&'d self, scenario: usize, key: &str) -> impl Iterator<Item = (usize, Span)> + 'd {
        let items = self.value(scenario, key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| Some((*self.concepts.get(item.as_text()?)?, item.span)))
    }

    /// Where a scenario introduces a concept.
    pub fn introduction(&self, scenario: usize, concept: usize) -> Span {
        let mut listed = self.concepts(scenario, "introduces");
        listed.find(|(found, _)| *found == concept).map_or_else(|| self.title(scenario), |(_, span)| span)
    }

    /// Where the entry of a planned scenario begins to tell which one it is, and a written one has its
    /// title: the place for a key that is missing.
    pub fn entry(&self, scenario: usize) -> Span {
        self.value(scenario, "id").map_or_else(|| self.title(scenario), |id| id.span)
    }

    /// Where a scenario has its title: the place for what concerns all of it.
    pub fn title(&self, scenario: usize) -> Span {
        self.titles[scenario]
    }
}

fn entries_by_id(tracks: &[Option<Arc<Node>>]) -> BTreeMap<&str, &Node> {
    let groups = tracks.iter().flatten().filter_map(|track| track.get("groups")).flat_map(Node::items);
    let entries = groups.filter_map(|group| group.get("scenarios")).flat_map(Node::items);
    entries.filter_map(|entry| Some((entry.get("id")?.as_text()?, entry))).collect()
}

/// Whether everything that the course declares could be read. If not, what seems to be missing may
/// be declared where nobody could look.
pub fn is_complete(course: &Course) -> bool {
    course.broken.is_empty() && !course.lost_tracks
}

/// Whether learners of a scenario have met what another one teaches: an earlier scenario of the same
/// track, or one of an earlier track. Extra ones are not required, so only other extra ones of the
/// same track may build on them.
pub fn builds_on(course: &Course, scenario: usize, earlier: usize) -> bool {
    let (Some(here), Some(there)) = (course.scenarios[scenario].place, course.scenarios[earlier].place)
    else {
        return false;
    };
    let is_extra = |place: (usize, usize)| course.tracks[place.0].groups[place.1].bonus;
    if here.0 == there.0 {
        earlier < scenario && (!is_extra(there) || is_extra(here))
    } else {
        there.0 < here.0 && !is_extra(there)
    }
}

/// Whether learners know a concept when they begin a scenario, or learn it in that scenario.
pub fn is_known(course: &Course, scenario: usize, concept: usize) -> bool {
    let mut introduced = course.concepts[concept].introduced_in.iter();
    introduced.any(|&other| other == scenario || builds_on(course, scenario, other))
}

/// The scenarios to look at that stand in a track, with their indices.
pub fn placed<'a>(checked: &Checked<'a>) -> impl Iterator<Item = (usize, &'a Scenario)> + use<'a> {
    checked.scenarios().filter(|(_, scenario)| scenario.place.is_some())
}
