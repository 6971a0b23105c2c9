//! The solution: which fix has which files, the versions of each file between them, and the regions that
//! show what each fix changes.
//!
//! Before and after on the page are looked for in the app's files. If applying them one after another gives
//! the solution's file, each fix gets its own version: that is proven, not guessed. `lines` are files as
//! lines, `steps` finds changes in them, `regions` puts the marks, `files` says which file belongs to which fix.

mod files;
mod lines;
mod plan;
mod regions;
mod steps;
mod versions;

pub(super) use plan::{Place, Solution, plan_solution};
