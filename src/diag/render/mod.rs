//! Findings as text for people, and in the formats that programs read; the list of all codes, and
//! their examples.

mod example;
mod github;
mod human;
mod json;
mod junit;
mod report;
mod rules;
mod sarif;
mod statistics;

pub use example::print_example;
pub use github::print_github;
pub use human::{print_all, print_human, print_summary};
pub use json::{findings_schema, print_json};
pub use junit::print_junit;
pub use report::{Count, Report};
pub use rules::{
    RULES_PAGE, RulesDocument, by_group, print_rules_json, rule_address, rule_anchor, rules_schema,
};
pub use sarif::print_sarif;
pub use statistics::print_statistics;
