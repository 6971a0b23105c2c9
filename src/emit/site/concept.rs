//! The list of concepts and the page of each.

use crate::emit::print::html::{
    Links, concept_page, group_anchor, print_inline_html, print_plain, scenario_page, track_page,
};
use crate::ir::Node;
use crate::model::{Concept, Course};

use super::card::{card, concepts, scenario_link, tier_view};
use super::frame::{Frame, frame_page};
use super::page::{Body, Card, ConceptGroup, ConceptPage, ConceptsPage, Link, SitePage};
use super::theme::Theme;

const CONCEPTS: &str = "concepts/";

/// All concepts, grouped by where they are introduced.
pub(super) fn concepts_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, CONCEPTS);
    let mut groups = Vec::new();
    for (track_index, track) in course.tracks.iter().enumerate() {
        for (group_index, group) in track.groups.iter().enumerate() {
            let found = introduced_by(course, Some((track_index, group_index)));
            if !found.is_empty() {
                groups.push(ConceptGroup {
                    title: format!("{} · {}", track.title, group.name),
                    href: links.to(&format!("{}#{}", track_page(&track.id), group_anchor(&group.id))),
                    tier: group.tier.map(|tier| tier_view(&course.tiers[tier], &links)),
                    concepts: concepts(&found, &links),
                });
            }
        }
    }
    let elsewhere = introduced_by(course, None);
    if !elsewhere.is_empty() {
        let concepts = concepts(&elsewhere, &links);
        groups.push(ConceptGroup {
            title: theme.word("more-concepts"),
            href: String::new(),
            tier: None,
            concepts,
        });
    }
    let frame = Frame {
        kind: "concepts",
        title: theme.word("concepts"),
        description: theme.word("concepts-text"),
        trail: Vec::new(),
        under: CONCEPTS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Concepts(ConceptsPage { groups, count: course.concepts.len() }))
}

/// The concepts whose first scenario stands in this group, or in none.
fn introduced_by(course: &Course, place: Option<(usize, usize)>) -> Vec<usize> {
    let found = course.concepts.iter().enumerate().filter(|(_, concept)| {
        concept.introduced_in.first().and_then(|&index| course.scenarios[index].place) == place
    });
    found.map(|(index, _)| index).collect()
}

/// The page of a concept.
pub(super) fn page_of_concept(course: &Course, index: usize, theme: &Theme) -> SitePage {
    let concept = &course.concepts[index];
    let links = Links::new(course, concept_page(&concept.id));
    let builds_on = course.concepts.iter().enumerate().filter(|(_, other)| other.requires.contains(&index));
    let leads_to: Vec<usize> = builds_on.map(|(at, _)| at).collect();
    let cards = |found: &[usize]| found.iter().map(|&at| placed_card(at, &links)).collect();
    let body = ConceptPage {
        id: concept.id.clone(),
        name: concept.name.clone(),
        summary: print_inline_html(&concept.summary, &links),
        requires: concepts(&concept.requires, &links),
        leads_to: concepts(&leads_to, &links),
        explained_in: explained_in(course, concept, &links),
        introduced_in: cards(&concept.introduced_in),
        deepened_in: cards(&concept.deepened_in),
        used_in: cards(&concept.used_in),
    };
    let frame = Frame {
        kind: "concept",
        title: capitalised(&concept.name),
        description: print_plain(&concept.summary, &links),
        trail: vec![(theme.word("concepts"), CONCEPTS.to_owned())],
        under: CONCEPTS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Concept(Box::new(body)))
}

/// A card that names its track: a concept's page belongs to none, and each track has a number 1.
fn placed_card(index: usize, links: &Links<'_>) -> Card {
    let mut card = card(index, links);
    if let Some((track, _)) = links.course.place(index).filter(|_| links.course.tracks.len() > 1) {
        card.label = format!("Track {} · {}", track.number, card.label);
    }
    card
}

/// Pages with a heading whose id is the concept (format.md: an H3 under `.concepts`).
fn explained_in(course: &Course, concept: &Concept, links: &Links<'_>) -> Vec<Link> {
    let mut found = Vec::new();
    for (index, scenario) in course.scenarios.iter().enumerate() {
        let Some(written) = &scenario.written else { continue };
        let explains = written.blocks.iter().any(|block| match &block.node {
            Node::Heading(heading) => heading.id == concept.id,
            _ => false,
        });
        if explains {
            let label = scenario_link(index, links).label;
            let href = links.to(&format!("{}#{}", scenario_page(&scenario.id), concept.id));
            found.push(Link { label, href });
        }
    }
    found
}

/// The name as a title: with a capital letter.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
