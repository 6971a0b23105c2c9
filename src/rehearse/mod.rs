//! A rehearsal: the stages of a scenario run for real, one after the other, on containers or as
//! processes of this machine; what they showed; whether that is what the author declared. Printing
//! is for `cli/`.

pub mod driver;
pub mod fault;
pub mod gallery;
pub mod measured;
pub mod panel_checks;
pub mod panels;
pub mod plan;
pub mod verdict;
