//! One folder per group, one file per rule: its code with documentation and examples, and the
//! function that looks. A new rule is a file and a line in its group's table.

/// Declares the rules of a group: one module each, and the table `RULES`.
macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(pub mod $name;)*

        /// The rules of this group.
        pub static RULES: &[$crate::check::Rule] =
            &[$($crate::check::Rule { spec: &$name::SPEC, check: $name::check }),*];
    };
}

#[macro_use]
mod example;

pub mod code;
pub mod compose;
pub mod curriculum;
pub mod devcontainer;
pub mod diagram;
pub mod grafana;
pub mod image;
pub mod link;
pub mod metrics;
pub mod pedagogy;
pub mod prometheus;
pub mod prose;
pub mod rehearsal;
pub mod solution;
pub mod source;
