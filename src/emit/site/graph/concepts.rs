//! Concepts as graphs: the map of all of them, cut into families that hang together, and the
//! neighborhood of one.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::emit::print::html::{Links, concept_page};
use crate::emit::site::card::{concepts, tier_view};
use crate::emit::site::fill::fill_word;
use crate::emit::site::page::ConceptLink;
use crate::emit::site::theme::Theme;
use crate::model::Course;

use super::draw::{NodeView, box_widths, draw_graph};
use super::layout::lay_out;

/// How wide each concept's box is; measured once for all pages.
pub struct ConceptWidths(Vec<f64>);

impl ConceptWidths {
    pub fn of(course: &Course) -> Self {
        let names: Vec<String> = course.concepts.iter().map(|concept| concept.name.clone()).collect();
        Self(box_widths(&names))
    }
}

/// All concepts: drawn where they hang together, and a list of the others.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConceptMap {
    pub families: Vec<Family>,
    /// Concepts that need no other, and that no other needs.
    pub alone: Vec<ConceptLink>,
}

/// Concepts that hang together.
#[derive(Clone, Debug, Serialize)]
pub struct Family {
    /// What it is called: after the concept that most of it builds on. Plain text.
    pub title: String,
    /// SVG.
    pub drawing: String,
}

/// The map of all concepts.
pub fn concept_map(course: &Course, widths: &ConceptWidths, links: &Links<'_>, theme: &Theme) -> ConceptMap {
    let mut map = ConceptMap::default();
    let mut alone = Vec::new();
    for members in families(course) {
        if let [only] = members[..] {
            alone.push(only);
            continue;
        }
        let name = &course.concepts[head_of(course, &members)].name;
        let title = fill_word(&theme.word("graph-title"), &[("name", name)]);
        let drawing = draw(course, &members, None, &title, (widths, links, theme));
        map.families.push(Family { title, drawing });
    }
    map.alone = concepts(&alone, links);
    map
}

/// A concept with what comes right before and right after it; `None` if there is nothing.
pub fn neighbourhood(
    course: &Course,
    index: usize,
    widths: &ConceptWidths,
    links: &Links<'_>,
    theme: &Theme,
) -> Option<String> {
    let mut members: BTreeSet<usize> = course.concepts[index].requires.iter().copied().collect();
    members.extend((0..course.concepts.len()).filter(|&at| course.concepts[at].requires.contains(&index)));
    members.insert(index);
    if members.len() < 2 {
        return None;
    }
    let members: Vec<usize> = members.into_iter().collect();
    let title = fill_word(&theme.word("graph-title"), &[("name", &course.concepts[index].name)]);
    Some(draw(course, &members, Some(index), &title, (widths, links, theme)))
}

/// Concepts that hang together, family by family, in the course's order.
fn families(course: &Course) -> Vec<Vec<usize>> {
    let mut family: Vec<usize> = (0..course.concepts.len()).collect();
    for (index, concept) in course.concepts.iter().enumerate() {
        for &needed in concept.requires.iter().filter(|&&needed| needed < course.concepts.len()) {
            let (one, other) = (family[index], family[needed]);
            let (kept, gone) = (one.min(other), one.max(other));
            family.iter_mut().filter(|of| **of == gone).for_each(|of| *of = kept);
        }
    }
    let heads: BTreeSet<usize> = family.iter().copied().collect();
    let members = |head| (0..family.len()).filter(|&at| family[at] == head).collect();
    heads.into_iter().map(members).collect()
}

/// The member that most others build on, directly or not; the first of several.
fn head_of(course: &Course, members: &[usize]) -> usize {
    let builds_on = |base: usize| {
        let mut found = BTreeSet::from([base]);
        // Each round reaches one step further; there are no more steps than members.
        for _ in members {
            let further = members
                .iter()
                .filter(|&&at| course.concepts[at].requires.iter().any(|needed| found.contains(needed)));
            let further: Vec<usize> = further.copied().collect();
            found.extend(further);
        }
        found.len()
    };
    let best = members.iter().copied().min_by_key(|&member| std::cmp::Reverse(builds_on(member)));
    best.unwrap_or_default()
}

fn draw(
    course: &Course,
    members: &[usize],
    here: Option<usize>,
    title: &str,
    (widths, links, theme): (&ConceptWidths, &Links<'_>, &Theme),
) -> String {
    let place_of = |concept: usize| members.iter().position(|&member| member == concept);
    let mut edges = Vec::new();
    for (to, &member) in members.iter().enumerate() {
        for from in course.concepts[member].requires.iter().filter_map(|&needed| place_of(needed)) {
            edges.push((from, to));
        }
    }
    let nodes: Vec<NodeView> = members
        .iter()
        .map(|&member| {
            let concept = &course.concepts[member];
            let tier = concept.introduced_in.first().and_then(|&scenario| course.tier_of(scenario));
            NodeView {
                name: concept.name.clone(),
                href: links.to(&concept_page(&concept.id)),
                tier: tier.map(|tier| tier_view(tier, links).scaffolding).unwrap_or_default(),
                here: here == Some(member),
            }
        })
        .collect();
    let widths: Vec<f64> = members.iter().map(|&member| widths.0[member]).collect();
    let description = describe(&nodes, &edges, theme);
    draw_graph(&lay_out(&widths, &edges), &nodes, title, &description)
}

/// All edges in words, what comes first first.
fn describe(nodes: &[NodeView], edges: &[(usize, usize)], theme: &Theme) -> String {
    let word = theme.word("graph-leads");
    let mut sentences = vec![theme.word("graph-description")];
    for (from, node) in nodes.iter().enumerate() {
        let names: Vec<&str> =
            edges.iter().filter(|edge| edge.0 == from).map(|edge| nodes[edge.1].name.as_str()).collect();
        if !names.is_empty() {
            sentences.push(fill_word(&word, &[("from", &node.name), ("to", &names.join(", "))]));
        }
    }
    sentences.join(" ")
}
