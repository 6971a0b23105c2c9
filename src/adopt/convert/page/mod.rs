//! scenario.md: the parts of a page one after the other, each as a source tree has it.

mod options;
mod parts;
mod question;
mod references;
mod text;
mod writer;

pub(super) use text::Pictures;
pub(super) use writer::{Extra, Facts, write_page};
