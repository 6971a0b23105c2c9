//! Findings: what they are, where they are collected, how they are printed.

mod code;
mod diagnostic;
mod fingerprint;
mod sink;

pub mod catalog;
pub mod render;

pub use code::{CodeSpec, Example, GROUPS, ON_REQUEST, Param, Severity, group_of};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Suppressed, SuppressedBy};
pub use fingerprint::Identity;
pub use sink::{Sink, sort_findings};
