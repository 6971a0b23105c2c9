//! A rehearsal as it is told: a table for people, JSON for programs. Printing is for `cli/`.

mod grid;
mod json;
mod table;

pub use json::{Ending, Reported, report_json, report_schema};
pub use table::table;

#[cfg(test)]
mod tests;
