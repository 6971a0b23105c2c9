//! The format reference, `docs/format.md`: made from the specifications that decoding uses, and
//! from statements that each name the test that holds them.

mod directives;
mod page;
mod records;
mod statements;

pub use page::reference;
pub use statements::{ALL as STATEMENTS, Statement};
