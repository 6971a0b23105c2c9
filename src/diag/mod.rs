//! Findings: what they are, where they are collected, how they are printed.

mod code;
mod diagnostic;
mod group;
mod repair;
mod sink;

pub mod catalog;
pub mod render;

pub use code::{CodeSpec, Example, Param, Severity, group_of};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label};
pub use group::{ABOUT_GROUPS, about_group};
pub use repair::{Repair, repair_of};
pub use sink::Sink;
