//! What a review build adds to the course site: findings and source positions at the blocks they are
//! about, and measures of the scenarios. Owns which finding stands where; how it looks is
//! `print::html`'s and the theme's, and what is found and measured is handed in by the layer that
//! checks.

mod contents;
mod finding;
mod measure;
mod notes;
mod owner;
mod pin;
mod words;

pub use contents::Review;
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
