//! Findings: what they are, where they are collected, how they are printed.

mod code;
mod diagnostic;
mod fingerprint;
mod group;
mod repair;
mod sink;

pub mod catalog;
pub mod render;

pub use code::{CodeSpec, Example, ON_REQUEST, Param, Severity, group_of};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Suppressed, SuppressedBy};
pub use fingerprint::Identity;
pub use group::{ABOUT_GROUPS, about_group, is_group};
pub use repair::{Repair, repair_of};
pub use sink::{Sink, sort_findings};
