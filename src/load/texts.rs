//! Texts of YAML files: references in them are resolved once the whole course is known.

use std::cell::RefCell;
use std::collections::BTreeMap;

use camino::Utf8Path;
use rayon::prelude::*;

use super::manifests::Manifests;
use crate::diag::Sink;
use crate::directive::rich::{rich_option, rich_value};
use crate::directive::{Lower, PageKind, Shown};
use crate::ir::RichText;
use crate::manifest::measure::Panel;
use crate::manifest::track::Inline;
use crate::model::{Course, Scenario, Viewpoint, reference_label};
use crate::source::Files;
use crate::syntax::yaml::Text;

/// A context for texts that are on no page.
pub fn text_context<'a>(
    files: &'a Files,
    course: &'a Course,
    scenario: Option<usize>,
    sink: &'a Sink,
) -> Lower<'a> {
    Lower {
        files,
        sink,
        course,
        kind: PageKind::Scenario,
        scenario,
        folder: Utf8Path::new("content"),
        stack: None,
        recorded: None,
        shown: RefCell::new(Shown::default()),
        state: RefCell::default(),
    }
}

/// A scenario's panels with plain help texts: a dashboard shows Markdown, but follows no reference.
pub fn plain_panels(files: &Files, course: &Course, scenario: &Scenario, sink: &Sink) -> Vec<Panel> {
    let index = course.scenario_index(&scenario.id);
    let lower = text_context(files, course, index, sink);
    let from = index.map_or(Viewpoint::Elsewhere, Viewpoint::Scenario);
    let mut panels = scenario.panels.clone();
    for help in panels.iter_mut().filter_map(|panel| panel.help.as_mut()) {
        let rich = rich_value(&lower, help);
        help.value = rich.resolve(|reference| reference_label(course, reference, from)).into_owned();
    }
    panels
}

/// Fills in every text of the course.
pub fn fill_texts(files: &Files, course: &mut Course, manifests: &Manifests, sink: &Sink) {
    fill_course(files, course, manifests, sink);
    fill_tracks(files, course, manifests, sink);
    let entries: BTreeMap<&str, &Inline> = manifests
        .tracks
        .iter()
        .flat_map(|(_, track)| &track.groups)
        .flat_map(|group| &group.scenarios)
        .map(|entry| (entry.0.id.as_str(), &entry.0))
        .collect();
    let known: &Course = course;
    let resolve = |(index, scenario): (usize, &Scenario)| {
        let lower = text_context(files, known, Some(index), sink);
        ScenarioTexts::resolve(&lower, scenario, &entries)
    };
    let texts: Vec<_> = known.scenarios.par_iter().with_max_len(1).enumerate().map(resolve).collect();
    for (texts, scenario) in texts.into_iter().zip(&mut course.scenarios) {
        texts.store(scenario);
    }
}

fn fill_course(files: &Files, course: &mut Course, manifests: &Manifests, sink: &Sink) {
    let manifest = &manifests.course;
    let lower = text_context(files, course, None, sink);
    let tagline = rich_option(&lower, manifest.tagline.as_ref());
    let about = rich_option(&lower, manifest.about.as_ref());
    let opening = list(&lower, &manifest.opening);
    let how = manifest
        .how
        .iter()
        .map(|item| (rich_value(&lower, &item.title), rich_value(&lower, &item.text)))
        .collect();
    let faq = manifest
        .faq
        .iter()
        .map(|item| (rich_value(&lower, &item.question), rich_value(&lower, &item.answer)))
        .collect();
    let tiers: Vec<RichText> =
        manifest.tiers.iter().map(|tier| rich_option(&lower, tier.summary.as_ref())).collect();
    let concepts: Vec<RichText> = course
        .concepts
        .iter()
        .map(|concept| {
            let found = manifests.concepts.iter().find(|declared| declared.id.text == concept.id);
            found.map(|declared| rich_value(&lower, &declared.summary)).unwrap_or_default()
        })
        .collect();
    (course.tagline, course.about, course.opening, course.how, course.faq) =
        (tagline, about, opening, how, faq);
    for (tier, summary) in course.tiers.iter_mut().zip(tiers) {
        tier.summary = summary;
    }
    for (concept, summary) in course.concepts.iter_mut().zip(concepts) {
        concept.summary = summary;
    }
}

fn fill_tracks(files: &Files, course: &mut Course, manifests: &Manifests, sink: &Sink) {
    for index in 0..course.tracks.len() {
        let declared = &manifests.tracks[index].1;
        // Texts of a track speak from inside it: `group:…` means one of its own.
        let inside =
            course.scenarios.iter().position(|scenario| scenario.place.is_some_and(|place| place.0 == index));
        let lower = text_context(files, course, inside, sink);
        let texts = [&declared.summary, &declared.audience, &declared.before, &declared.change]
            .map(|text| rich_option(&lower, text.as_ref()));
        let groups: Vec<[RichText; 3]> = declared
            .groups
            .iter()
            .map(|group| {
                [&group.goal, &group.why, &group.guidance].map(|text| rich_option(&lower, text.as_ref()))
            })
            .collect();
        let track = &mut course.tracks[index];
        [track.summary, track.audience, track.before, track.change] = texts;
        for (group, texts) in track.groups.iter_mut().zip(groups) {
            [group.goal, group.why, group.guidance] = texts;
        }
    }
}

fn list(lower: &Lower<'_>, texts: &[Text]) -> Vec<RichText> {
    texts.iter().map(|text| rich_value(lower, text)).collect()
}

/// The texts of a scenario's declaration.
pub struct ScenarioTexts {
    about: RichText,
    summary: RichText,
    why: RichText,
    app_why: RichText,
    teaches: Vec<RichText>,
    goals: Vec<RichText>,
    plants: Vec<RichText>,
}

impl ScenarioTexts {
    /// Resolves them; `entries` are those of tracks, by id.
    pub fn resolve(lower: &Lower<'_>, scenario: &Scenario, entries: &BTreeMap<&str, &Inline>) -> Self {
        let entry = entries.get(scenario.id.as_str()).copied();
        let manifest = scenario.written.as_ref().map(|written| &written.manifest);
        let bridge = match manifest {
            Some(manifest) => manifest.bridge.as_ref(),
            None => entry.and_then(|entry| entry.bridge.as_ref()),
        };
        let own = |folder: Option<&Text>, inline: Option<&Text>| {
            rich_option(lower, if manifest.is_some() { folder } else { inline })
        };
        Self {
            about: own(
                manifest.and_then(|manifest| manifest.about.as_ref()),
                entry.and_then(|entry| entry.about.as_ref()),
            ),
            summary: own(
                manifest.and_then(|manifest| manifest.summary.as_ref()),
                entry.and_then(|entry| entry.summary.as_ref()),
            ),
            why: rich_option(lower, entry.and_then(|entry| entry.why.as_ref())),
            app_why: rich_option(lower, entry.and_then(|entry| entry.app_why.as_ref())),
            teaches: match (manifest, entry) {
                (Some(manifest), _) => list(lower, &manifest.teaches),
                (None, Some(entry)) => list(lower, &entry.teaches),
                (None, None) => Vec::new(),
            },
            goals: manifest.map(|manifest| list(lower, &manifest.goals)).unwrap_or_default(),
            plants: bridge
                .map(|bridge| bridge.plants.iter().map(|plant| rich_value(lower, &plant.asks)).collect())
                .unwrap_or_default(),
        }
    }

    /// Fills them in.
    pub fn store(self, scenario: &mut Scenario) {
        scenario.about = self.about;
        scenario.summary = self.summary;
        scenario.why = self.why;
        scenario.app_why = self.app_why;
        scenario.teaches = self.teaches;
        scenario.goals = self.goals;
        for (plant, asks) in scenario.bridge.plants.iter_mut().zip(self.plants) {
            plant.asks = asks;
        }
    }
}
