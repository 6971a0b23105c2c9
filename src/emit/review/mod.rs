//! What a review build adds to the course site: findings and source positions at the blocks they are
//! about, and measures of the scenarios. Owns which finding stands where; how it looks is
//! `print::html`'s and the theme's, and what is found and measured is handed in by the layer that
//! checks.

mod finding;
mod measure;
mod notes;
mod owner;
mod pin;
mod words;

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Suppressed};
use crate::model::Course;
use crate::source::{Files, Span};

pub use finding::{Accepted, Finding, FindingCounts};
pub use measure::{Measure, Readability, TimeEstimate};
pub use notes::{Note, Notes, PageNotes, Reviewing};
pub use words::NoteWords;

/// Where a review build lies.
pub const REVIEW_FOLDER: &str = "dist/review";

/// The file at the root of a review build that says what it is. Whatever publishes a site refuses a
/// folder that holds it.
pub const REVIEW_MARKER: &str = "review-build.txt";

/// The front page of the review, below the site.
pub const REVIEW_PAGE: &str = "review/";

/// The page of all findings, below the site.
pub const FINDINGS_PAGE: &str = "review/findings/";

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
        let findings = finding::collect(findings, suppressed, files);
        let pages = pin::pin(course, files, &findings, edit);
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

/// A place in the sources as people name it: `content/course.yml:12`.
fn line_of(files: &Files, span: Span) -> String {
    format!("{}:{}", files.path(span.file), files.position(span.file, span.start).line)
}
