//! How things are called: "Scenario 4 — Horizontal scaling", "Q3", "Option B". The one place
//! where the words of references are made.

use super::course::Course;
use super::scenario::Scenario;
use crate::ir::{LocalKind, Reference, Target};

/// The full name of a scenario seen from another: noun, number and title, with the track when the
/// reader is in another one (format.md, "Ids and numbers").
#[must_use]
pub fn label(course: &Course, scenario: &Scenario, from: Option<&Scenario>) -> String {
    let short = short_label(course, scenario, from);
    format!("{short} — {}", scenario.title)
}

/// The text that a reference shows: the author's words or the target's label.
#[must_use]
pub fn reference_label(course: &Course, reference: &Reference, from: Option<usize>) -> String {
    if let Some(text) = &reference.text {
        return text.clone();
    }
    let viewer = from.map(|index| &course.scenarios[index]);
    match &reference.target {
        Target::Scenario(index) => label(course, &course.scenarios[*index], viewer),
        Target::Scenarios(first, last) => range_label(course, *first, *last, viewer),
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
            let inner = local_label(target, *kind, id);
            if from == Some(*scenario) {
                inner
            } else {
                format!("{inner} of {}", short_label(course, target, viewer))
            }
        }
    }
}

fn short_label(course: &Course, scenario: &Scenario, from: Option<&Scenario>) -> String {
    let Some((track_index, group_index)) = scenario.place else { return "Scenario".to_owned() };
    let track = &course.tracks[track_index];
    let bonus = track.groups[group_index].bonus;
    let name = match scenario.number {
        Some(number) => format!("{} {number}", track.noun),
        None if bonus => "Bonus".to_owned(),
        None => track.noun.clone(),
    };
    let elsewhere = from.is_some_and(|from| from.place.is_some_and(|place| place.0 != track_index));
    if elsewhere { format!("Track {} · {name}", track.number) } else { name }
}

fn range_label(course: &Course, first: usize, last: usize, from: Option<&Scenario>) -> String {
    let (first, last) = (&course.scenarios[first], &course.scenarios[last]);
    match (first.place, first.number, last.number) {
        (Some((track, _)), Some(low), Some(high)) => {
            let elsewhere = from.is_some_and(|from| from.place.is_some_and(|place| place.0 != track));
            let track = &course.tracks[track];
            let text = format!("{} {low}–{high}", plural(&track.noun));
            if elsewhere { format!("Track {} · {text}", track.number) } else { text }
        }
        _ => format!("{} to {}", first.title, last.title),
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

fn local_label(scenario: &Scenario, kind: LocalKind, id: &str) -> String {
    let found = match kind {
        LocalKind::Step => {
            scenario.locals.steps.iter().find(|step| step.id == id).map(|step| match step.number {
                Some(number) => format!("Step {number}"),
                None => step.title.clone(),
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
