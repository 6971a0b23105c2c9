//! The front page of the review.

use crate::directive::QUESTION_KINDS;
use crate::emit::print::html::{Links, question_kind};
use crate::emit::review::{FindingCounts, REVIEW_PAGE, Reviewing};
use crate::model::Course;

use super::super::frame::{Frame, frame_page};
use super::super::page::{Body, SitePage};
use super::super::subject::Subject;
use super::super::theme::Theme;
use super::coverage::coverage;
use super::scenarios::{scenarios, short, tiers};
use super::view::{QuestionKind, ReviewPage};

/// The page.
pub(in crate::emit::site) fn front_page(
    course: &Course,
    reviewing: &Reviewing<'_>,
    theme: &Theme,
) -> SitePage {
    let links = Links::new(course, REVIEW_PAGE);
    let review = reviewing.review;
    let scenarios = scenarios(course, review, &links);
    let (covered, uncovered) = coverage(course, &links)
        .into_iter()
        .partition(|concept| concept.rows.iter().any(|row| row.written > 0));
    let first = review.measures.values().next().map(|measure| &measure.time);
    let body = ReviewPage {
        counts: FindingCounts::of(review.findings.iter()),
        kinds: QUESTION_KINDS
            .iter()
            .copied()
            .map(|id| QuestionKind { id, name: question_kind(id).to_owned() })
            .collect(),
        unwritten: course.scenarios.len() - scenarios.len(),
        scenarios,
        tiers: tiers(course, review, &links),
        coverage: covered,
        uncovered,
        words_per_minute: first.map(|time| short(time.words_per_minute)),
        start: first.map(|time| short(time.start)).unwrap_or_default(),
    };
    let frame = Frame {
        subject: Subject::Other,
        kind: "review",
        title: theme.word("review-title"),
        description: theme.word("review-text"),
        trail: Vec::new(),
        under: String::new(),
    };
    frame_page(theme, &links, frame, Body::Review(Box::new(body)))
}
