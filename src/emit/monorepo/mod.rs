//! The learner monorepo, `dist/monorepo/`: its README with the curriculum, one folder for each
//! scenario that learners can open, and the devcontainers that open them. What is in a stage was
//! decided by the loader; here it is only put into its place.

mod emit;
mod folder;
mod insert;
mod readme;
mod scenario_readme;
mod solution;
mod twin;

pub use emit::{emit_monorepo, emit_readme, emit_scenario};
pub use readme::print_course_readme;
pub use scenario_readme::print_scenario_readme;

/// Where the monorepo lies in the output.
pub const ROOT: &str = "dist/monorepo";
