//! Turning text into trees with positions. Parsing never fails: it reports and goes on.

pub mod attributes;
pub mod code;
pub mod dockerfile;
pub mod document;
mod fixed_text;
pub mod json;
pub mod script_calls;
pub mod shell;
pub mod sql_tokens;
pub mod svg;
pub mod yaml;
