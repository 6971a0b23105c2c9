//! From a repository to a source tree in which every byte knows where it comes from. Nothing here judges:
//! what is wrong in the repository stays wrong, and what is not understood stays as it is and is reported.
//!
//! `places` puts scenarios in order, `concepts` collects what they teach, `plan` decides what a page
//! becomes, `solution` takes the fixes apart, `page/` writes the page, `scenario` its folder.

mod beside;
mod concepts;
mod course;
mod environment;
mod ids;
mod measure;
mod page;
mod pieces;
mod places;
mod plan;
mod prose;
mod report;
mod scenario;
mod settings;
mod solution;
#[cfg(test)]
mod testing;
mod tree;
mod yaml;

pub use tree::convert;
