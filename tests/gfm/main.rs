//! The monorepo and course.json: from a course made in memory, and from the real one.

mod course;
mod data;
mod monorepo;
mod nodes;
mod reading;
mod real;
