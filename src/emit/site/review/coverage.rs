//! The coverage matrix: how many questions of which kind stand in scenarios that are about a concept,
//! tier by tier.

use std::collections::BTreeSet;

use crate::directive::QUESTION_KINDS;
use crate::emit::print::html::{Links, concept_page};
use crate::ir::{Node, each_block};
use crate::model::{Concept, Course, Scenario};

use super::super::card::{scenario_link, tier_view};
use super::super::page::Link;
use super::view::{ConceptCoverage, CoverageCell, CoverageRow, MetScenario};

/// How many questions of each kind a scenario asks, in the order of [`QUESTION_KINDS`].
pub(super) fn count_questions(scenario: &Scenario) -> Vec<usize> {
    let mut counts = vec![0; QUESTION_KINDS.len()];
    let blocks = scenario.written.as_ref().map(|written| written.blocks.as_slice()).unwrap_or_default();
    each_block(blocks, &mut |block| {
        if let Node::Question(question) = &block.node
            && let Some(at) = QUESTION_KINDS.iter().position(|kind| *kind == question.kind)
        {
            counts[at] += 1;
        }
    });
    counts
}

/// Whether a scenario has a page.
pub(super) fn is_written(scenario: &Scenario) -> bool {
    scenario.written.as_ref().is_some_and(|written| written.page.is_some() && !written.blocks.is_empty())
}

/// The index of a scenario's tier.
pub(super) fn tier_index(course: &Course, scenario: usize) -> Option<usize> {
    let (_, group) = course.place(scenario)?;
    group.tier
}

/// All concepts: first those that scenarios introduce, in that order.
pub(super) fn coverage(course: &Course, links: &Links<'_>) -> Vec<ConceptCoverage> {
    let mut order: Vec<usize> = (0..course.concepts.len()).collect();
    let first = |at: usize| course.concepts[at].introduced_in.first().copied().unwrap_or(usize::MAX);
    order.sort_by_key(|&at| (first(at), at));
    order.into_iter().map(|at| of_concept(course, &course.concepts[at], links)).collect()
}

fn of_concept(course: &Course, concept: &Concept, links: &Links<'_>) -> ConceptCoverage {
    let met: BTreeSet<usize> = [&concept.introduced_in, &concept.deepened_in, &concept.used_in]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    // Those without a tier come last.
    let tiers: BTreeSet<usize> = met.iter().map(|&at| tier_index(course, at).unwrap_or(usize::MAX)).collect();
    let mut rows: Vec<CoverageRow> = tiers
        .into_iter()
        .map(|tier| {
            let inside = |at: usize| tier_index(course, at).unwrap_or(usize::MAX) == tier;
            row(course, concept, course.tiers.get(tier).map(|_| tier), &inside, links)
        })
        .collect();
    if rows.is_empty() {
        rows.push(row(course, concept, None, &|_| false, links));
    }
    let concept = Link { label: concept.name.clone(), href: links.to(&concept_page(&concept.id)) };
    ConceptCoverage { concept, rows }
}

fn row(
    course: &Course,
    concept: &Concept,
    tier: Option<usize>,
    inside: &dyn Fn(usize) -> bool,
    links: &Links<'_>,
) -> CoverageRow {
    let of = |indices: &[usize]| -> Vec<usize> { indices.iter().copied().filter(|&at| inside(at)).collect() };
    let (introduces, deepens, uses) =
        (of(&concept.introduced_in), of(&concept.deepened_in), of(&concept.used_in));
    let all: BTreeSet<usize> = introduces.iter().chain(&deepens).chain(&uses).copied().collect();
    let written: Vec<usize> = all.into_iter().filter(|&at| is_written(&course.scenarios[at])).collect();
    let mut counts = vec![0; QUESTION_KINDS.len()];
    for &at in &written {
        for (sum, count) in counts.iter_mut().zip(count_questions(&course.scenarios[at])) {
            *sum += count;
        }
    }
    let state = |count: usize| match count {
        _ if written.is_empty() => "unwritten",
        0 => "none",
        _ => "some",
    };
    let met = |indices: Vec<usize>| indices.into_iter().map(|at| met_scenario(course, at, links)).collect();
    CoverageRow {
        tier: tier.map(|at| tier_view(&course.tiers[at], links)),
        introduces: met(introduces),
        deepens: met(deepens),
        uses: met(uses),
        written: written.len(),
        sum: counts.iter().sum(),
        cells: QUESTION_KINDS
            .iter()
            .copied()
            .zip(counts)
            .map(|(kind, count)| CoverageCell { kind, count, state: state(count) })
            .collect(),
    }
}

fn met_scenario(course: &Course, index: usize, links: &Links<'_>) -> MetScenario {
    let scenario = &course.scenarios[index];
    let track = course.place(index).map(|(track, _)| track.number);
    let short = match (track, scenario.number) {
        (Some(track), Some(number)) if course.tracks.len() > 1 => format!("{track}.{number}"),
        (_, Some(number)) => number.to_string(),
        (_, None) => scenario.title.clone(),
    };
    MetScenario { short, link: scenario_link(index, links), written: is_written(scenario) }
}
