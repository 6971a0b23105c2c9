//! A rehearsal: the stages of a scenario run for real, one after the other, on containers or as
//! processes of this machine; what they showed; whether that is what the author declared. Printing
//! is for `cli/`.

pub mod compose;
pub mod driver;
pub mod fault;
pub mod interrupt;
pub mod janitor;
pub mod machine;
pub mod measured;
pub mod plan;
pub mod process;
pub mod verdict;
