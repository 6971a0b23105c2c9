//! A rehearsal: the stages of a scenario run for real, one after the other, on containers or as
//! processes of this machine; what they showed; whether that is what the author declared. Printing
//! is for `cli/`.

#[cfg(test)]
mod fixture;

pub mod calibrate;
pub mod change;
pub mod compose;
pub mod driver;
pub mod errors;
pub mod fault;
pub mod figure;
pub mod folder;
pub mod gallery;
pub mod interrupt;
pub mod janitor;
pub mod judge;
pub mod machine;
pub mod measured;
pub mod native;
pub mod nodemon;
pub mod packages;
pub mod panel_checks;
pub mod panels;
pub mod plan;
pub mod process;
pub mod processes;
pub mod record;
pub mod report;
pub mod session;
pub mod stack;
pub mod text;
pub mod verdict;
