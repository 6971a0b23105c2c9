//! The page of all findings, file by file.

use crate::emit::print::html::{Links, escape_attribute, escape_html, print_listed_finding};
use crate::emit::review::{FINDINGS_PAGE, Finding, FindingCounts, REVIEW_PAGE, Reviewing};
use crate::model::Course;

use super::super::frame::{Frame, frame_page};
use super::super::page::{Body, SitePage};
use super::super::subject::Subject;
use super::super::theme::Theme;
use super::view::{FileFindings, ReviewFindingsPage};

/// The page.
pub(in crate::emit::site) fn findings_page(
    course: &Course,
    reviewing: &Reviewing<'_>,
    theme: &Theme,
) -> SitePage {
    let links = Links::new(course, FINDINGS_PAGE);
    let all = &reviewing.review.findings;
    let mut files: Vec<FileFindings> = Vec::new();
    for (index, finding) in all.iter().enumerate() {
        let ways = ways(reviewing, index, &links);
        let html = print_listed_finding(finding, &ways, &reviewing.words, &links);
        let counts = FindingCounts::of(std::iter::once(finding));
        match files.last_mut().filter(|file| file.path == finding.path) {
            Some(file) => {
                file.counts = file.counts.plus(counts);
                file.findings.push(html);
            }
            None => files.push(new_file(finding, files.len() + 1, counts, html)),
        }
    }
    let body = ReviewFindingsPage { counts: FindingCounts::of(all.iter()), files };
    let frame = Frame {
        subject: Subject::Other,
        kind: "review-findings",
        title: theme.word("review-findings"),
        description: theme.word("review-findings-text"),
        trail: vec![(theme.word("review-title"), REVIEW_PAGE.to_owned())],
        under: String::new(),
    };
    frame_page(theme, &links, frame, Body::ReviewFindings(Box::new(body)))
}

fn new_file(finding: &Finding, number: usize, counts: FindingCounts, html: String) -> FileFindings {
    FileFindings {
        path: finding.path.clone(),
        anchor: format!("file-{number}"),
        counts,
        findings: vec![html],
    }
}

/// Links to where a finding stands on pages; nothing if it stands on none.
fn ways(reviewing: &Reviewing<'_>, finding: usize, links: &Links<'_>) -> String {
    let places = reviewing.review.places(finding);
    let link = |(page, number): (&str, usize)| {
        let name = if page.is_empty() { "index.html" } else { page };
        format!(
            "<a href=\"{}\">{} {}</a>",
            escape_attribute(&links.to(&format!("{page}#finding-{number}"))),
            escape_html(reviewing.words.get("review-on-page")),
            escape_html(name)
        )
    };
    places.map(link).collect::<Vec<_>>().join(" ")
}
