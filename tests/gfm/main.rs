//! The monorepo and course.json, from a course made in memory.

mod course;
mod data;
mod monorepo;
mod nodes;
mod reading;
