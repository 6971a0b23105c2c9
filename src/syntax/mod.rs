//! Turning text into trees with positions. Parsing never fails: it reports and goes on.

pub mod attributes;
pub mod code;
pub mod document;
pub mod grafana;
pub mod json;
pub mod promql;
pub mod script;
pub mod sql;
pub mod svg;
pub mod yaml;
