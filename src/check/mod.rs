//! Rules over the model, its pages, its manifests and the folders that learners get: one file per
//! rule in `rules/`, each with its documentation, its examples and its repair. Rules read no disk,
//! and not each other.

mod authored;
mod beginnings;
mod commands;
mod compose;
pub mod control;
mod exercise;
mod file;
mod page;
mod phrases;
mod picture;
mod prose;
mod registry;
mod scope;
mod settings;
mod shared;
mod telemetry;
mod vocabulary;
mod words;

pub mod rules;

pub use authored::{authored_span, stack_file_span, stack_port_span};
pub use commands::{LOAD_TESTERS, Placed, Typed, inline_code, page_of, placed_blocks, typed_commands};
pub use compose::{ComposeFile, compose_files, is_dockerfile};
pub use exercise::{Exercise, StageFolder};
pub use file::{ExerciseFile, is_in_folder};
pub use page::{Page, PageOwner, load_pages};
pub use picture::Picture;
pub use registry::{
    Checked, Reads, Rule, all_rules, all_specs, run, run_over_pictures, run_scenario, with_checked,
};
pub use rules::pedagogy::measure::measure_scenarios;
pub use scope::Scope;
pub use settings::Settings;
pub use shared::Shared;

pub use crate::syntax::compose::{ComposeService, default_of, inner_range};
