//! Scenarios, tiers, tracks and concepts as pages list them.

use crate::emit::print::html::{
    Links, concept_page, group_anchor, print_inline_html, print_plain, scenario_page, track_page,
};
use crate::emit::print::words;
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::{Kind, Status};
use crate::model::{Group, Scenario, Tier, Viewpoint, label, short_label};

use super::page::{Card, ConceptLink, GroupView, Link, TierView, TrackView};

/// Whether learners can work on it now.
pub(super) fn is_open(scenario: &Scenario) -> bool {
    scenario.status == Status::Ready && scenario.written.is_some()
}

/// A scenario as an entry of a list.
pub(super) fn card(index: usize, links: &Links<'_>) -> Card {
    let course = links.course;
    let scenario = &course.scenarios[index];
    let has_machine =
        is_open(scenario) && scenario.written.as_ref().is_some_and(|found| found.devcontainer.is_some());
    Card {
        id: scenario.id.clone(),
        href: links.to(&scenario_page(&scenario.id)),
        label: short_label(course, scenario, links.from),
        number: scenario.number,
        title: scenario.title.clone(),
        status: status_word(scenario.status),
        kind: kind_word(scenario.kind),
        minutes: scenario.minutes.map(words::minutes).unwrap_or_default(),
        about: print_inline_html(&scenario.about, links),
        summary: print_inline_html(&scenario.summary, links),
        why: print_inline_html(&scenario.why, links),
        introduces: concepts(&scenario.introduces, links),
        tier: course.tier_of(index).map(|tier| tier_view(tier, links)),
        codespaces: has_machine.then(|| course.codespaces_link(&scenario.folder)),
        rehearsed: scenario.written.as_ref().is_some_and(|found| found.rehearsed().is_some()),
    }
}

/// The same page where it tells of what a scenario belongs to.
pub(super) fn beside<'a>(index: usize, links: &Links<'a>) -> Links<'a> {
    Links { from: Viewpoint::beside(&links.course.scenarios[index]), ..links.clone() }
}

/// A link with a scenario's full name.
pub(super) fn scenario_link(index: usize, links: &Links<'_>) -> Link {
    let scenario = &links.course.scenarios[index];
    Link { label: label(links.course, scenario, links.from), href: links.to(&scenario_page(&scenario.id)) }
}

/// Concepts as entries of a list.
pub(super) fn concepts(indices: &[usize], links: &Links<'_>) -> Vec<ConceptLink> {
    let found = indices.iter().filter_map(|&index| links.course.concepts.get(index));
    found
        .map(|concept| ConceptLink {
            id: concept.id.clone(),
            name: concept.name.clone(),
            href: links.to(&concept_page(&concept.id)),
            summary: print_plain(&concept.summary, links),
        })
        .collect()
}

/// A tier.
pub(super) fn tier_view(tier: &Tier, links: &Links<'_>) -> TierView {
    TierView {
        id: tier.id.clone(),
        name: tier.name.clone(),
        emoji: tier.emoji.clone().unwrap_or_default(),
        scaffolding: match tier.scaffolding {
            Scaffolding::High => "high",
            Scaffolding::Medium => "medium",
            Scaffolding::Low => "low",
            Scaffolding::None => "none",
        },
        summary: print_inline_html(&tier.summary, links),
    }
}

/// The most groups that can stand beside each other as the steps of a climb.
const STEPS: usize = 4;

/// A track with everything in it.
pub(super) fn track_view(index: usize, links: &Links<'_>) -> TrackView {
    let track = &links.course.tracks[index];
    let links = &links.clone().inside(index);
    let groups: Vec<GroupView> = track.groups.iter().map(|group| group_view(group, links)).collect();
    let counted = || groups.iter().filter(|group| !group.bonus);
    let climbs = counted().count() <= STEPS && groups.iter().all(|group| group.tier.is_some());
    TrackView {
        id: track.id.clone(),
        number: track.number,
        title: track.title.clone(),
        href: links.to(&track_page(&track.id)),
        noun: track.noun.clone(),
        summary: print_inline_html(&track.summary, links),
        audience: print_inline_html(&track.audience, links),
        before: print_inline_html(&track.before, links),
        change: print_inline_html(&track.change, links),
        count: counted().map(|group| group.scenarios.len()).sum(),
        ready: groups.iter().map(|group| group.ready).sum(),
        drafts: groups.iter().map(|group| group.drafts).sum(),
        planned: groups.iter().map(|group| group.planned).sum(),
        climbs,
        groups,
    }
}

fn group_view(group: &Group, links: &Links<'_>) -> GroupView {
    let entries = || group.scenarios.iter().map(|&index| &links.course.scenarios[index]);
    let ready = entries().filter(|scenario| is_open(scenario)).count();
    let planned = entries().filter(|scenario| scenario.status == Status::Planned).count();
    GroupView {
        id: group.id.clone(),
        anchor: group_anchor(&group.id),
        name: group.name.clone(),
        tier: group.tier.map(|tier| tier_view(&links.course.tiers[tier], links)),
        goal: print_inline_html(&group.goal, links),
        why: print_inline_html(&group.why, links),
        guidance: print_inline_html(&group.guidance, links),
        bonus: group.bonus,
        ready,
        drafts: group.scenarios.len() - ready - planned,
        planned,
        scenarios: group.scenarios.iter().map(|&index| card(index, links)).collect(),
    }
}

pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Draft => "draft",
        Status::Ready => "ready",
    }
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Exercise => "exercise",
        Kind::Challenge => "challenge",
        Kind::Failure => "failure",
        Kind::CaseStudy => "case-study",
    }
}
