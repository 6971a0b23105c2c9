//! The format reference, `docs/format.md`: made from the specifications that decoding uses, and
//! from statements that each name the test that holds them. The page of all rules, `docs/rules.md`.

mod directives;
mod page;
mod records;
mod rules;
mod statements;

pub use page::reference;
pub use rules::rules_page;
pub use statements::{ALL as STATEMENTS, Statement};
