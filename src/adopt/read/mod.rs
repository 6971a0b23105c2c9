//! From the files of a hand-made monorepo to what they mean. Reading is tolerant and never fails: what is
//! not understood is kept and named.
//!
//! `repository` gives the order of work. `folders`, `devcontainers` and `solutions` say what each file is
//! for; `curriculum` and its kin read the README, `settings` what scenarist.yml says of it; `page/` reads a SCENARIO.md and the answers to it.
//! `run`, `marks`, `numbers` and `facts` cut text and know its place; `vocabulary` holds the words.

mod curriculum;
mod curriculum_list;
mod curriculum_table;
mod devcontainers;
mod entry;
mod facts;
mod folders;
mod github;
mod marks;
mod numbers;
mod page;
mod repository;
mod run;
mod settings;
mod solution_fixes;
mod solutions;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use repository::read_repository;
