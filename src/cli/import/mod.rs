//! `scenarist import`: a monorepo that is edited by hand becomes a source tree. `verb` is the order of work,
//! `place` writes all or nothing, `report` says what became of each block.

mod place;
mod report;
mod verb;

pub use verb::Import;
