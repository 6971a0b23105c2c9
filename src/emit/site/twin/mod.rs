//! The twin of a page in Markdown, for programs that read: the page's text without its interface,
//! answers and solutions. References lead where those of the page do.

mod blocks;
mod lists;
mod page;
mod scenario;
mod tutorial;

pub(super) use page::{TWIN, print_twin};
