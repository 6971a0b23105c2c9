//! Tests of reading: outlines of whole repositories, one dialect at a time, and what holds for any text.

mod answers;
mod curriculum;
mod fixtures;
mod folders;
mod outline;
mod own;
mod pages;
mod parts;
mod properties;
