//! Findings of a hand-made repository, at places in its own files: what the rules of `check/` find in the
//! source tree that was made of it, and what only a hand-made repository can get wrong.
//!
//! `run` is the order of work. `made` keeps the files of the source tree beside those of the repository, and
//! knows the way back. `applies` says which codes mean something here, `excused`
//! which findings of them are none, `repeated` which are the same, `wording` what their help is where
//! that speaks of the source format, and `outline` what was understood. `compare/` looks at the repository
//! itself, and `pasted/` does so for rules that follow directives.

pub mod compare;

mod applies;
mod excused;
mod made;
mod outline;
mod pasted;
mod repeated;
mod run;
mod wording;

pub use applies::{NOT_HERE, applies};
pub use outline::{print_outline, print_summary};
pub use run::{Audited, audit};
pub use wording::is_of_source;
