//! Graphs drawn at build time: boxes in layers from left to right, curves between them. Owns the
//! layout, the SVG, and how a course's concepts become graphs; the list of the same links in plain
//! HTML is the page's.

mod concepts;
mod draw;
mod layers;
mod layout;
mod order;
mod place;

pub use concepts::{ConceptMap, Family};
pub(super) use concepts::{ConceptWidths, concept_map, neighbourhood};
