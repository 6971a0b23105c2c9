//! Rules over the model, its pages, its manifests and the folders that learners get: one file per
//! rule in `rules/`, each with its documentation, its examples and its repair. Rules read no disk,
//! and not each other.

pub mod control;
mod exercise;
mod file;
mod page;
mod prose;
mod registry;
mod settings;

pub mod rules;

pub use exercise::{Exercise, StageFolder};
pub use file::{ExerciseFile, is_in_folder};
pub use page::{Page, PageOwner};
pub use registry::{Checked, Rule, all_rules, all_specs, run};
pub use settings::Settings;
