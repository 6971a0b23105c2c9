//! The output tree against the disk: [`plan_write`] says what differs and changes nothing,
//! [`apply_plan`] makes it so. A run that is cut off leaves every file old or new, and the next one
//! still knows which files are ours, because the [`Manifest`] is written before the first change.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod apply;
mod cards;
pub(crate) mod disk;
mod error;
mod manifest;
mod plan;
mod staging;
mod stamp;

pub use apply::{Written, apply_plan};
pub use cards::{load_cards, store_cards};
pub use error::WriteError;
pub use manifest::{CACHE_FOLDER, Manifest, OUTPUT_FOLDER};
pub(crate) use plan::folders_of;
pub use plan::{Plan, plan_write};
pub use staging::Staging;
pub use stamp::Stamp;
