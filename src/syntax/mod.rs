//! Turning text into trees with positions. Parsing never fails: it reports and goes on.

pub mod attributes;
pub mod code;
pub mod document;
pub mod json;
pub mod suppression;
pub mod svg;
pub mod yaml;
