//! The review build as pages: what is added to every page, the front page of the review with
//! coverage and measures, and the page of all findings.

mod coverage;
mod emit;
mod front;
mod listed;
mod mark;
mod scenarios;
mod view;

pub(super) use front::front_page;
pub(super) use listed::findings_page;
pub(super) use mark::mark_page;

pub use emit::emit_review;
pub use view::{
    ConceptCoverage, CoverageCell, CoverageRow, FileFindings, KindMinutes, MetScenario, MinutesView,
    PageReview, QuestionKind, ReadabilityView, ReviewFindingsPage, ReviewPage, ScenarioReview, TierReview,
};
