//! Rules over the model, its pages and its manifests: one file per rule in `rules/`, each with its
//! documentation, its examples and its repair. Rules read no disk, and not each other.

mod page;
mod prose;
mod registry;

pub mod rules;

pub use page::{Page, PageOwner};
pub use registry::{Checked, RULES, Rule, all_specs, run};
