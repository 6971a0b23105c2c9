//! Findings as text for people and as JSON for programs; the list of all codes, and their examples.

mod example;
mod human;
mod json;
mod rules;

pub use example::print_example;
pub use human::{print_human, print_summary};
pub use json::print_json;
pub use rules::{RulesDocument, by_group, print_rules_json, rule_anchor, rules_schema};
