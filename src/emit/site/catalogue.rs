//! The catalogue: every scenario of every track in one list that can be searched and filtered. What a
//! filter goes by stands on the entries as `data-` attributes; the filter itself is the theme's.

use serde::Serialize;

use crate::emit::print::html::{Links, track_page};
use crate::manifest::scenario::{Kind, Status};
use crate::model::Course;

use super::card::{beside, card, is_open, kind_word, status_word};
use super::frame::{Frame, frame_page};
use super::page::{Body, Card, SitePage};
use super::subject::Subject;
use super::theme::Theme;

/// Its address below the site.
pub(super) const CATALOGUE: &str = "catalogue/";

/// The catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct CataloguePage {
    /// Tracks with their entries; those in no track come last, in one without an address.
    pub tracks: Vec<CatalogueTrack>,
    pub count: usize,
    /// Entries that can be worked on.
    pub ready: usize,
    /// What entries can be filtered by: only what occurs, in the course's order.
    pub tiers: Vec<CatalogueChoice>,
    pub concepts: Vec<CatalogueChoice>,
    /// `exercise`, `challenge`, `failure`, `case-study`.
    pub kinds: Vec<&'static str>,
    /// `ready`, `draft`, `planned`.
    pub statuses: Vec<&'static str>,
    /// Lengths in minutes, from short to long.
    pub minutes: Vec<u32>,
}

/// The entries of a track.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueTrack {
    /// Empty for those in no track.
    pub id: String,
    pub title: String,
    pub href: String,
    pub entries: Vec<CatalogueEntry>,
}

/// An entry.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueEntry {
    pub card: Card,
    /// Its group in the track.
    pub group: String,
    /// The most minutes that it takes, if it says so.
    pub minutes: Option<u32>,
    /// Ids of all concepts that it introduces, deepens or uses, with a space between two.
    pub concepts: String,
}

/// A value that entries can have.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueChoice {
    pub id: String,
    pub name: String,
}

/// The page.
pub(super) fn catalogue_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, CATALOGUE);
    let body = catalogue(&links, theme);
    let frame = Frame {
        subject: Subject::Catalogue,
        kind: "catalogue",
        title: theme.word("catalogue-title"),
        description: theme.word("catalogue-text"),
        trail: Vec::new(),
        under: CATALOGUE.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Catalogue(body))
}

fn catalogue(links: &Links<'_>, theme: &Theme) -> CataloguePage {
    let course = links.course;
    let entries = |indices: &mut dyn Iterator<Item = usize>| -> Vec<CatalogueEntry> {
        indices.map(|index| entry(index, &beside(index, links))).collect()
    };
    let mut tracks: Vec<CatalogueTrack> = course
        .tracks
        .iter()
        .map(|track| CatalogueTrack {
            id: track.id.clone(),
            title: track.title.clone(),
            href: links.to(&track_page(&track.id)),
            entries: entries(&mut track.groups.iter().flat_map(|group| group.scenarios.iter().copied())),
        })
        .collect();
    let all = 0..course.scenarios.len();
    tracks.push(CatalogueTrack {
        id: String::new(),
        title: theme.word("catalogue-elsewhere"),
        href: String::new(),
        entries: entries(&mut all.clone().filter(|&index| course.scenarios[index].place.is_none())),
    });
    tracks.retain(|track| !track.entries.is_empty());
    let kinds = [Kind::Exercise, Kind::Challenge, Kind::Failure, Kind::CaseStudy];
    let statuses = [Status::Ready, Status::Draft, Status::Planned];
    let scenarios = || course.scenarios.iter();
    CataloguePage {
        tracks,
        count: scenarios().count(),
        ready: scenarios().filter(|scenario| is_open(scenario)).count(),
        tiers: tiers(course),
        concepts: concepts(course),
        kinds: kinds
            .into_iter()
            .filter(|kind| scenarios().any(|scenario| scenario.kind == *kind))
            .map(kind_word)
            .collect(),
        statuses: statuses
            .into_iter()
            .filter(|status| scenarios().any(|scenario| scenario.status == *status))
            .map(status_word)
            .collect(),
        minutes: lengths(scenarios().filter_map(|scenario| scenario.minutes).map(|minutes| minutes.to)),
    }
}

fn entry(index: usize, links: &Links<'_>) -> CatalogueEntry {
    let course = links.course;
    let scenario = &course.scenarios[index];
    let all = [&scenario.introduces, &scenario.deepens, &scenario.uses].into_iter().flatten();
    let ids: Vec<&str> =
        all.filter_map(|&at| course.concepts.get(at)).map(|concept| concept.id.as_str()).collect();
    CatalogueEntry {
        card: card(index, links),
        group: course.place(index).map(|(_, group)| group.name.clone()).unwrap_or_default(),
        minutes: scenario.minutes.map(|minutes| minutes.to),
        concepts: ids.join(" "),
    }
}

fn tiers(course: &Course) -> Vec<CatalogueChoice> {
    let is_used = |tier: usize| {
        let groups = course.tracks.iter().flat_map(|track| &track.groups);
        groups.filter(|group| !group.scenarios.is_empty()).any(|group| group.tier == Some(tier))
    };
    let used = course.tiers.iter().enumerate().filter(|(at, _)| is_used(*at));
    used.map(|(_, tier)| CatalogueChoice { id: tier.id.clone(), name: tier.name.clone() }).collect()
}

/// By name, since nobody looks for a concept by where it comes in the course.
fn concepts(course: &Course) -> Vec<CatalogueChoice> {
    let used = course.concepts.iter().filter(|concept| {
        let places = [&concept.introduced_in, &concept.deepened_in, &concept.used_in];
        places.into_iter().any(|places| !places.is_empty())
    });
    let mut found: Vec<CatalogueChoice> =
        used.map(|concept| CatalogueChoice { id: concept.id.clone(), name: concept.name.clone() }).collect();
    found.sort_by_cached_key(|concept| (concept.name.to_lowercase(), concept.id.clone()));
    found
}

/// Round lengths that part the entries: each lets more through than the one before.
fn lengths(minutes: impl Iterator<Item = u32>) -> Vec<u32> {
    let known: Vec<u32> = minutes.collect();
    let within = |length: u32| known.iter().filter(|&&minutes| minutes <= length).count();
    let mut before = 0;
    let steps = [15, 30, 45, 60, 90, 120, 180, 240];
    steps
        .into_iter()
        .filter(|&length| {
            let parts = within(length) > before;
            before = before.max(within(length));
            parts
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::lengths;

    #[test]
    fn only_lengths_that_part_the_entries_are_offered() {
        assert_eq!(lengths([45, 60, 60, 100].into_iter()), [45, 60, 120]);
        assert!(lengths([500].into_iter()).is_empty());
        assert!(lengths(std::iter::empty()).is_empty());
    }
}
