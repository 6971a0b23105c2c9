//! How long scenarios take and how hard they read, for reviewers: with the functions of the rules that
//! judge the same, so that both say one thing.

use super::hard_reading::{Count, counts, grade, highest_grade};
use super::length_out_of_range::estimate;
use super::reading::{Kind, scenario_pages};
use crate::check::{Scope, with_checked};
use crate::emit::review::{Measure, Readability};
use crate::model::Course;
use crate::source::Files;

/// The measures of every scenario that has a page, by its index.
#[must_use]
pub fn measure_scenarios(course: &Course, files: &Files) -> Vec<(usize, Measure)> {
    with_checked(course, files, None, Scope::Whole, |checked| {
        let mut found: Vec<(usize, Measure)> = scenario_pages(checked)
            .map(|page| {
                let texts = page.events.iter().filter(|event| matches!(event.kind, Kind::Prose));
                let sentences: Vec<Count> = texts.flat_map(|event| counts(checked, event)).collect();
                let readability = Readability {
                    words: sentences.iter().map(|sentence| sentence.words).sum(),
                    sentences: sentences.len(),
                    grade: if sentences.is_empty() { 0.0 } else { grade(&sentences) },
                    highest_grade: highest_grade(checked, page.scaffolding),
                };
                (page.index, Measure { time: estimate(checked, &page), readability })
            })
            .collect();
        found.sort_by_key(|(index, _)| *index);
        found
    })
}
