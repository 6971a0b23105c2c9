//! Findings as text for people and as JSON for programs.

mod human;
mod json;

pub use human::{print_human, print_summary};
pub use json::print_json;
