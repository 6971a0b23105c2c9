//! The monorepo and course.json: from a course made in memory, and from the real one.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod course;
mod data;
mod monorepo;
mod nodes;
mod reading;
mod real;
