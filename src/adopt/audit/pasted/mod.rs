//! Codes of `check/` whose question needs another look in a hand-made repository: their rules follow
//! directives and stages, and here code is pasted into pages, a solution is a whole file with all fixes,
//! and concepts stand in a table. One file for each code; findings are those of the rule.

mod change_not_shown;
mod concept_order;
mod curriculum_place;
mod figure_told;
mod fix_before_tradeoff;
mod heading_level;
mod picture_unused;
mod problem_unmarked;
mod solution_mentioned;
mod solution_not_named;
mod solution_outside;

use rayon::prelude::*;

use super::super::Repository;
use crate::diag::Sink;

/// Codes that are looked at here alone: what their rules find in a conversion is passed over.
pub const OURS: &[&str] = &[
    "code/intentional-problem-unmarked",
    "curriculum/concept-introduced-twice",
    "curriculum/concept-used-before-introduced",
    "pedagogy/solution-not-in-stuck-table",
    "solution/mentioned-early",
    "source/undeclared-change",
    "source/unused-file",
];

const ALL: &[fn(&Repository, &Sink)] = &[
    change_not_shown::check,
    concept_order::check,
    figure_told::check,
    fix_before_tradeoff::check,
    heading_level::check,
    picture_unused::check,
    problem_unmarked::check,
    solution_mentioned::check,
    solution_not_named::check,
    solution_outside::check,
];

pub use curriculum_place::point;

/// Looks at everything.
pub fn look(repository: &Repository, sink: &Sink) {
    ALL.par_iter().for_each(|check| check(repository, sink));
}
