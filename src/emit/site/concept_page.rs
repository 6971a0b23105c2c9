//! What templates get about concepts: their list with the map of all, and the page of each. Part of
//! the contract with themes.

use serde::Serialize;

use super::graph::ConceptMap;
use super::page::{Card, ConceptLink, Link, TierView};

/// The list of concepts.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptsPage {
    pub groups: Vec<ConceptGroup>,
    pub count: usize,
    /// How they build on each other.
    pub map: ConceptMap,
    /// The tiers that the map has colors for.
    pub tiers: Vec<TierView>,
}

/// Concepts that a group of a track introduces.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptGroup {
    /// The group's name, with its track.
    pub title: String,
    pub href: String,
    pub tier: Option<TierView>,
    pub concepts: Vec<ConceptLink>,
}

/// The page of a concept.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptPage {
    pub id: String,
    pub name: String,
    /// The tier of the scenario that introduces it.
    pub tier: Option<TierView>,
    /// HTML, inline.
    pub summary: String,
    /// What to know first.
    pub requires: Vec<ConceptLink>,
    /// What builds on it.
    pub leads_to: Vec<ConceptLink>,
    /// The figure of the page that explains it.
    pub diagram: Option<ConceptDiagram>,
    /// It and its neighbors as SVG; `None` if it has none.
    pub graph: Option<String>,
    /// Where a page explains it: the section's address.
    pub explained_in: Vec<Link>,
    pub introduced_in: Vec<Card>,
    pub deepened_in: Vec<Card>,
    pub used_in: Vec<Card>,
}

/// A figure of a scenario's page.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptDiagram {
    /// HTML, a block.
    pub figure: String,
    /// The section that it stands in.
    pub from: Link,
}
