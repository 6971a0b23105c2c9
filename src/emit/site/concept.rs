//! The list of concepts and the page of each.

use crate::emit::print::html::{
    Links, concept_page, group_anchor, print_html, print_inline_html, print_plain, scenario_page, track_page,
};
use crate::ir::{Block, Node};
use crate::model::{Concept, Course};
use crate::source::Files;

use super::card::{card, concepts, scenario_link, tier_view};
use super::concept_page::{ConceptDiagram, ConceptGroup, ConceptPage, ConceptsPage};
use super::frame::{Frame, frame_page};
use super::graph::{ConceptWidths, concept_map, neighbourhood};
use super::page::{Body, Link, SitePage};
use super::picture::picture_sizes;
use super::subject::Subject;
use super::theme::Theme;

const CONCEPTS: &str = "concepts/";

/// The list of concepts and the page of each; none for a course without concepts.
pub(super) fn concept_pages(course: &Course, files: &Files, theme: &Theme) -> Vec<SitePage> {
    if course.concepts.is_empty() {
        return Vec::new();
    }
    let widths = ConceptWidths::of(course);
    let mut out = vec![list_page(course, &widths, theme)];
    out.extend((0..course.concepts.len()).map(|index| page_of_concept(course, index, files, &widths, theme)));
    out
}

/// All concepts, grouped by where they are introduced.
fn list_page(course: &Course, widths: &ConceptWidths, theme: &Theme) -> SitePage {
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
        subject: Subject::Concepts,
        kind: "concepts",
        title: theme.word("concepts"),
        description: theme.word("concepts-text"),
        trail: Vec::new(),
        under: CONCEPTS.to_owned(),
    };
    let body = ConceptsPage {
        groups,
        count: course.concepts.len(),
        map: concept_map(course, widths, &links, theme),
        tiers: course.tiers.iter().map(|tier| tier_view(tier, &links)).collect(),
    };
    frame_page(theme, &links, frame, Body::Concepts(Box::new(body)))
}

/// The concepts whose first scenario stands in this group, or in none.
fn introduced_by(course: &Course, place: Option<(usize, usize)>) -> Vec<usize> {
    let found = course.concepts.iter().enumerate().filter(|(_, concept)| {
        concept.introduced_in.first().and_then(|&index| course.scenarios[index].place) == place
    });
    found.map(|(index, _)| index).collect()
}

/// The page of a concept.
pub(super) fn page_of_concept(
    course: &Course,
    index: usize,
    files: &Files,
    widths: &ConceptWidths,
    theme: &Theme,
) -> SitePage {
    let concept = &course.concepts[index];
    let links = Links::new(course, concept_page(&concept.id));
    let builds_on = course.concepts.iter().enumerate().filter(|(_, other)| other.requires.contains(&index));
    let leads_to: Vec<usize> = builds_on.map(|(at, _)| at).collect();
    let cards = |found: &[usize]| found.iter().map(|&at| card(at, &links)).collect();
    let tier = concept.introduced_in.first().and_then(|&scenario| course.tier_of(scenario));
    let body = ConceptPage {
        id: concept.id.clone(),
        name: concept.name.clone(),
        tier: tier.map(|tier| tier_view(tier, &links)),
        summary: print_inline_html(&concept.summary, &links),
        requires: concepts(&concept.requires, &links),
        leads_to: concepts(&leads_to, &links),
        diagram: diagram(course, concept, files, &links),
        graph: neighbourhood(course, index, widths, &links, theme),
        explained_in: explained_in(course, concept, &links),
        introduced_in: cards(&concept.introduced_in),
        deepened_in: cards(&concept.deepened_in),
        used_in: cards(&concept.used_in),
    };
    let frame = Frame {
        subject: Subject::Concept(index),
        kind: "concept",
        title: capitalised(&concept.name),
        description: print_plain(&concept.summary, &links),
        trail: vec![(theme.word("concepts"), CONCEPTS.to_owned())],
        under: CONCEPTS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Concept(Box::new(body)))
}

/// Scenarios with a heading whose id is the concept (format.md: an H3 under `.concepts`), and what
/// stands below that heading. Those that introduce it come first.
fn explanations<'a>(course: &'a Course, concept: &Concept) -> Vec<(usize, &'a [Block])> {
    let others = (0..course.scenarios.len()).filter(|index| !concept.introduced_in.contains(index));
    let mut found = Vec::new();
    for index in concept.introduced_in.iter().copied().chain(others) {
        let Some(written) = &course.scenarios[index].written else { continue };
        let heading = written.blocks.iter().enumerate().find_map(|(at, block)| match &block.node {
            Node::Heading(heading) if heading.id == concept.id => Some((at, heading.level)),
            _ => None,
        });
        let Some((at, level)) = heading else { continue };
        let below = &written.blocks[at + 1..];
        let ends = |block: &Block| matches!(&block.node, Node::Heading(next) if next.level <= level);
        let end = below.iter().position(ends).unwrap_or(below.len());
        found.push((index, &below[..end]));
    }
    found
}

fn explained_in(course: &Course, concept: &Concept, links: &Links<'_>) -> Vec<Link> {
    explanations(course, concept).into_iter().map(|(index, _)| section_link(index, concept, links)).collect()
}

/// The section of a scenario that explains a concept.
fn section_link(index: usize, concept: &Concept, links: &Links<'_>) -> Link {
    let page = scenario_page(&links.course.scenarios[index].id);
    Link { label: scenario_link(index, links).label, href: links.to(&format!("{page}#{}", concept.id)) }
}

/// The first figure of the section that explains it.
fn diagram(course: &Course, concept: &Concept, files: &Files, links: &Links<'_>) -> Option<ConceptDiagram> {
    let (index, block) = explanations(course, concept).into_iter().find_map(|(index, blocks)| {
        let figure = blocks.iter().find(|block| matches!(block.node, Node::Figure(_)))?;
        Some((index, figure))
    })?;
    let scenario = &course.scenarios[index];
    let written = scenario.written.as_ref()?;
    let mut there = links.clone();
    there.assets = format!("{}assets/", scenario_page(&scenario.id));
    there.sizes = picture_sizes(&written.assets, files);
    there.definitions = written.definitions.join("\n\n");
    Some(ConceptDiagram {
        figure: print_html(std::slice::from_ref(block), &there),
        from: section_link(index, concept, links),
    })
}

/// The name as a title: with a capital letter.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
