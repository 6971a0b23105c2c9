//! Turning text into trees with positions. Parsing never fails: it reports and goes on.

mod fixed_text;

pub mod attributes;
pub mod code;
pub mod code_spans;
pub mod compose;
pub mod dockerfile;
pub mod document;
pub mod grafana;
pub mod html;
pub mod json;
pub mod letters;
pub mod promql;
pub mod query_plan;
pub mod raw_html;
pub mod script;
pub mod script_calls;
pub mod shell;
pub mod sql;
pub mod sql_tokens;
pub mod suppression;
pub mod svg;
pub mod yaml;
