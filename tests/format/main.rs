//! The statements of the format reference (`docs/format.md`), each held by a test: the reference
//! names the test behind every statement, and `tests/docs.rs` checks that it exists.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod course;
mod manifests;
mod order;
mod pages;
#[path = "../support/parity.rs"]
mod parity;
mod references;
mod stages;
