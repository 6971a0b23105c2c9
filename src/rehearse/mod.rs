//! A rehearsal: the stages of a scenario run for real, one after the other, on containers or as
//! processes of this machine; what they showed; whether that is what the author declared. Printing
//! is for `cli/`.

pub mod driver;
pub mod fault;
pub mod figure;
#[cfg(test)]
mod fixture;
pub mod judge;
pub mod measured;
pub mod plan;
pub mod record;
pub mod verdict;
