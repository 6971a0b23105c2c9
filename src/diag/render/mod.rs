//! Findings as text for people, and in the formats that programs read.

mod github;
mod human;
mod json;
mod junit;
mod report;
mod sarif;
mod statistics;

pub use github::print_github;
pub use human::{print_all, print_human, print_summary};
pub use json::{findings_schema, print_json};
pub use junit::print_junit;
pub use report::{Count, Report};
pub use sarif::print_sarif;
pub use statistics::print_statistics;
