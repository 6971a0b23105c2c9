//! What only a hand-made repository can get wrong: numbers that were typed, text that was pasted twice,
//! files that repeat each other. One file for each code of the group `adopt`; what several of them read
//! stands beside them. None looks at a source tree, and none repeats what a rule of `check/` finds.

mod answers;
mod blocks;
mod changes;
mod course;
mod fields;
mod mentions;
mod numbers;
mod quantities;
mod text;

mod answer_differs;
mod answer_without_question;
mod concepts_differ;
mod entry_without_folder;
mod folder_without_entry;
mod level_differs;
mod next_differs;
mod number_gap;
mod number_twice;
mod outline_differs;
mod stale_after;
mod stale_before;
mod stale_comments;
mod stale_number;
mod stale_status;
mod time_differs;
mod title_differs;
mod unknown_number;
mod unknown_script;
mod wrong_database;
mod wrong_link;
mod wrong_number;
mod wrong_port;

pub use answers::misnumbered;
pub use blocks::{Line, find, lines_of_file};
pub use changes::{Shown, changes};
pub use course::{Scenario, entries, entry_of, scenarios};
pub use fields::builds_on;
pub use text::{for_each_line, paragraphs_of_part, words};

use rayon::prelude::*;

use super::super::Repository;
use crate::diag::Sink;

/// Every comparison.
const ALL: &[fn(&Repository, &Sink)] = &[
    answer_differs::check,
    answer_without_question::check,
    concepts_differ::check,
    entry_without_folder::check,
    folder_without_entry::check,
    level_differs::check,
    next_differs::check,
    number_gap::check,
    number_twice::check,
    outline_differs::check,
    stale_after::check,
    stale_before::check,
    stale_comments::check,
    stale_number::check,
    stale_status::check,
    time_differs::check,
    title_differs::check,
    unknown_number::check,
    unknown_script::check,
    wrong_database::check,
    wrong_link::check,
    wrong_number::check,
    wrong_port::check,
];

/// Compares everything with everything that it repeats.
pub fn compare(repository: &Repository, sink: &Sink) {
    ALL.par_iter().for_each(|check| check(repository, sink));
}
