//! What a review build changes on every page.

use crate::emit::print::html::{Links, print_top_findings};
use crate::emit::review::{FINDINGS_PAGE, REVIEW_PAGE, Reviewing};
use crate::model::Course;

use super::super::page::SitePage;
use super::view::PageReview;

/// Makes a page one of a review build: it says so, and nothing invites search engines and networks.
pub(in crate::emit::site) fn mark_page(course: &Course, reviewing: &Reviewing<'_>, page: &mut SitePage) {
    page.canonical = None;
    page.preview = None;
    let mut links = Links::new(course, page.path.clone());
    links.root.clone_from(&page.root);
    links.review = reviewing.notes(&page.path);
    let counts = reviewing.review.count(&page.path);
    page.review = Some(PageReview {
        front: links.to(REVIEW_PAGE),
        all: links.to(FINDINGS_PAGE),
        counts,
        first: (counts.total > 0).then(|| "#finding-1".to_owned()),
        on_top: print_top_findings(&links),
        top_count: links.review.map_or(0, |notes| notes.page.on_top),
    });
}
