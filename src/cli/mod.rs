//! The command line: one file for each verb. The only layer that prints, reads arguments and
//! decides how the program ends.

mod arguments;
mod audit;
mod build;
mod completions;
mod disk;
mod error;
mod explain;
mod fix;
mod import;
mod janitor;
mod lint;
mod lock;
mod narrowing;
mod new;
mod project;
mod publish;
pub mod reference;
mod rehearse;
mod rules;
mod run;
mod schema;
mod serve;
mod terminal;
mod view;

pub use arguments::command;
pub use run::run;
pub use schema::{SCHEMAS, print_schema};
