//! Whether what is built from a source tree still says what the repository said: visible words of each page
//! with its answers, and the files of the learner's folder byte for byte.
//!
//! `words` finds what a reader sees, `page` compares two texts and says of what kind each difference is,
//! `files` compares folders, `difference` is what comes out.

mod difference;
mod files;
mod page;
mod words;

pub use difference::{Difference, DifferenceKind, verify};
pub use words::{Word, visible_words};
