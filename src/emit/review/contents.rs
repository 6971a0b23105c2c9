//! Everything that a review build knows, page by page.

use std::collections::BTreeMap;

use super::finding::{Finding, FindingCounts, collect};
use super::measure::Measure;
use super::notes::PageNotes;
use super::pin::pin;
use crate::diag::{Diagnostic, Suppressed};
use crate::model::Course;
use crate::source::Files;

/// Everything that a review build knows beside the course.
#[derive(Debug)]
pub struct Review {
    /// By file, then by place; those that somebody accepted, too.
    pub findings: Vec<Finding>,
    /// Of every scenario that has a page, by its index.
    pub measures: BTreeMap<usize, Measure>,
    /// By the page's address below the site; only pages that have something to say.
    pages: BTreeMap<String, PageNotes>,
}

impl Review {
    /// Puts everything in its place. `edit` is the address below which the sources can be edited,
    /// ending with `/`, if there is one.
    #[must_use]
    pub fn new(
        course: &Course,
        files: &Files,
        (findings, suppressed): (&[Diagnostic], &[Suppressed]),
        measures: impl IntoIterator<Item = (usize, Measure)>,
        edit: Option<&str>,
    ) -> Self {
        let findings = collect(findings, suppressed, files);
        let pages = pin(course, files, &findings, edit);
        Self { findings, measures: measures.into_iter().collect(), pages }
    }

    /// What stands on a page.
    #[must_use]
    pub fn page(&self, page: &str) -> Option<&PageNotes> {
        self.pages.get(page)
    }

    /// The pages on which a finding stands, by address, with its number there.
    pub fn places(&self, finding: usize) -> impl Iterator<Item = (&str, usize)> {
        self.pages.iter().filter_map(move |(page, notes)| {
            let at = notes.order.iter().position(|&other| other == finding)?;
            Some((page.as_str(), at + 1))
        })
    }

    /// What the findings of a page weigh.
    #[must_use]
    pub fn count(&self, page: &str) -> FindingCounts {
        let of_page = self.pages.get(page).map_or(&[][..], |notes| notes.order.as_slice());
        FindingCounts::of(of_page.iter().filter_map(|&at| self.findings.get(at)))
    }
}
