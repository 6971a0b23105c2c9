//! How things are called: "Scenario 4 — Horizontal scaling", "Q3", "Option B". The one place
//! where the words of references are made.

use super::course::Course;
use super::scenario::{LocalStep, Scenario};
use crate::ir::{LocalKind, Reference, Target, heading_with_id};

/// Where a reader stands when a name is read. What lies around them goes without saying; what lies
/// elsewhere is named with its track, because each track has a number 1 (format.md, "Ids and numbers").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewpoint {
    /// In a scenario, by its index.
    Scenario(usize),
    /// In a track, by its index, and in none of its scenarios.
    Track(usize),
    /// On a page that belongs to no track.
    Elsewhere,
}

impl Viewpoint {
    /// Beside a scenario: in its track, if it is in one.
    #[must_use]
    pub fn beside(scenario: &Scenario) -> Self {
        scenario.place.map_or(Self::Elsewhere, |place| Self::Track(place.0))
    }

    /// The scenario in which the reader is.
    #[must_use]
    pub fn scenario(self) -> Option<usize> {
        match self {
            Self::Scenario(index) => Some(index),
            Self::Track(_) | Self::Elsewhere => None,
        }
    }

    /// Whether something of a track has to be named with it.
    fn is_outside(self, course: &Course, track: usize) -> bool {
        let own = match self {
            Self::Scenario(index) => course.scenarios[index].place.map(|place| place.0),
            Self::Track(index) => Some(index),
            Self::Elsewhere => None,
        };
        own != Some(track) && course.tracks.len() > 1
    }
}

/// The full name of a scenario: noun, number and title, with the track where a reader needs it.
#[must_use]
pub fn label(course: &Course, scenario: &Scenario, from: Viewpoint) -> String {
    let short = short_label(course, scenario, from);
    [&short, " — ", &scenario.title].concat()
}

/// The text that a reference shows: the author's words or the target's label.
#[must_use]
pub fn reference_label(course: &Course, reference: &Reference, from: Viewpoint) -> String {
    if let Some(text) = &reference.text {
        return text.clone();
    }
    match &reference.target {
        Target::Scenario(index) => label(course, &course.scenarios[*index], from),
        Target::Scenarios(first, last) => range_label(course, *first, *last, from),
        Target::Track(index) => {
            let track = &course.tracks[*index];
            format!("Track {} — {}", track.number, track.title)
        }
        Target::Tier(index) => course.tiers[*index].name.clone(),
        Target::Group(track, group) => course.tracks[*track].groups[*group].name.clone(),
        Target::Concept(index) => course.concepts[*index].name.clone(),
        Target::Tutorial(index) => course.tutorials[*index].title.clone(),
        Target::File { path, .. } => format!("`{path}`"),
        Target::Solution { path, .. } => format!("`solution/{path}`"),
        Target::Local { scenario, kind, id } => {
            let target = &course.scenarios[*scenario];
            let inner = local_label(course, target, *kind, id, from);
            if from == Viewpoint::Scenario(*scenario) {
                inner
            } else {
                format!("{inner} of {}", short_label(course, target, from))
            }
        }
    }
}

/// A scenario's name without its title: "Scenario 4", and "Track 2 · Scenario 4" where a reader needs
/// the track.
#[must_use]
pub fn short_label(course: &Course, scenario: &Scenario, from: Viewpoint) -> String {
    let Some((track_index, group_index)) = scenario.place else { return "Scenario".to_owned() };
    let track = &course.tracks[track_index];
    let bonus = track.groups[group_index].bonus;
    let name = match scenario.number {
        Some(number) => [&track.noun, " ", &number.to_string()].concat(),
        None if bonus => "Bonus".to_owned(),
        None => track.noun.clone(),
    };
    placed(course, track_index, name, from)
}

fn range_label(course: &Course, first: usize, last: usize, from: Viewpoint) -> String {
    let (first, last) = (&course.scenarios[first], &course.scenarios[last]);
    match (first.place, first.number, last.number) {
        (Some((track, _)), Some(low), Some(high)) => {
            let text = format!("{} {low}–{high}", plural(&course.tracks[track].noun));
            placed(course, track, text, from)
        }
        _ => format!("{} to {}", first.title, last.title),
    }
}

/// Something of a track as it is called from there.
fn placed(course: &Course, track: usize, name: String, from: Viewpoint) -> String {
    if from.is_outside(course, track) {
        format!("Track {} · {name}", course.tracks[track].number)
    } else {
        name
    }
}

/// The plural of an English noun: "Scenarios", "Case studies", "Crashes".
#[must_use]
pub fn plural(noun: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| noun.ends_with(ending));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// The title of a step. Another without a number that it names is called by its id: two titles could name each
/// other.
fn title_of(course: &Course, scenario: &Scenario, step: &LocalStep, from: Viewpoint) -> String {
    let written = scenario.written.as_ref().filter(|_| step.title.contains("]("));
    let Some(heading) = written.and_then(|written| heading_with_id(&written.blocks, &step.id)) else {
        return step.title.clone();
    };
    let has_number = |index: usize, id: &str| {
        let steps = &course.scenarios[index].locals.steps;
        steps.iter().any(|step| step.id == id && step.number.is_some())
    };
    let name = |reference: &Reference| match (&reference.text, &reference.target) {
        (None, Target::Local { scenario, kind: LocalKind::Step, id }) if !has_number(*scenario, id) => {
            id.clone()
        }
        _ => reference_label(course, reference, from),
    };
    heading.text.resolve(name).into_owned()
}

fn local_label(course: &Course, scenario: &Scenario, kind: LocalKind, id: &str, from: Viewpoint) -> String {
    let found = match kind {
        LocalKind::Step => {
            scenario.locals.steps.iter().find(|step| step.id == id).map(|step| match step.number {
                Some(number) => format!("Step {number}"),
                None => title_of(course, scenario, step, from),
            })
        }
        LocalKind::Question => scenario
            .locals
            .questions
            .iter()
            .find(|question| question.id == id)
            .map(|q| format!("Q{}", q.number)),
        LocalKind::Option => scenario
            .locals
            .options
            .iter()
            .find(|option| option.id == id)
            .map(|o| format!("Option {}", o.letter)),
        LocalKind::Figure => scenario
            .locals
            .figures
            .iter()
            .find(|figure| figure.id == id)
            .map(|figure| figure_label(scenario.number, figure.number)),
        LocalKind::Panel => scenario
            .panels
            .iter()
            .find(|panel| panel.id.as_str() == id)
            .map(|panel| panel.title.value.clone()),
        LocalKind::Fix => scenario
            .written
            .as_ref()
            .and_then(|written| written.fixes.iter().find(|fix| fix.id == id))
            .map(|fix| fix.label.clone()),
        LocalKind::Service => scenario
            .written
            .as_ref()
            .and_then(|written| written.services.iter().find(|service| service.id == id))
            .map(|service| service.title.clone()),
    };
    found.unwrap_or_else(|| id.to_owned())
}

/// "Fig 1.2", or "Fig 2" where the scenario has no number.
#[must_use]
pub fn figure_label(scenario: Option<u32>, figure: u32) -> String {
    match scenario {
        Some(number) => format!("Fig {number}.{figure}"),
        None => format!("Fig {figure}"),
    }
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn nouns_have_their_plural() {
        for (one, many) in [
            ("Scenario", "Scenarios"),
            ("Case study", "Case studies"),
            ("Survey", "Surveys"),
            ("Crash", "Crashes"),
            ("Box", "Boxes"),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
