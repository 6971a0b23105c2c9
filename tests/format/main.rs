//! The statements of the format reference (`docs/format.md`), each held by a test: the reference
//! names the test behind every statement, and `tests/docs.rs` checks that it exists.

mod course;
mod manifests;
mod order;
mod pages;
mod references;
mod stages;
