//! From files to the model: layout, manifests, order, concepts, stages, pages, cross-checks.

mod changes;
mod concepts;
mod course;
mod inputs;
mod locals;
mod manifests;
mod numbering;
mod order;
mod overlay;
mod pages;
mod rehearsal;
mod reload;
mod rendering;
mod skeleton;
mod stages;
mod structure;
mod texts;
mod tree;
mod tutorials;

pub use course::{load_course, load_with_pages};
pub use reload::{differs_in_shown_texts_alone, reload_page, reload_scenario};
pub use stages::vary_stage;
pub use tree::{ensure_file, report_faults};
