//! What surrounds every page: titles, navigation, the way back.

use crate::emit::print::html::{Links, print_plain, track_page};
use crate::model::Course;

use super::catalogue::CATALOGUE;
use super::head::SharedCard;
use super::page::{Body, Crumb, NavigationItem, SiteInfo, SitePage};
use super::subject::Subject;
use super::theme::Theme;
use super::work::WORK;

/// Pages that are not found by searching: at an address without a page, at one that moved, and what a
/// learner wrote.
pub(super) const NOT_FOUND: &str = "404";
pub(super) const REDIRECT: &str = "redirect";
const WORK_KIND: &str = "work";

/// What differs from page to page.
pub(super) struct Frame {
    pub subject: Subject,
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    /// From home to the page, without both: label and address below the site.
    pub trail: Vec<(String, String)>,
    /// The entry of the navigation that the page belongs to, as an address below the site.
    pub under: String,
}

/// A page in its frame.
pub(super) fn frame_page(theme: &Theme, links: &Links<'_>, frame: Frame, body: Body) -> SitePage {
    let course = links.course;
    let mut breadcrumbs = Vec::new();
    if !links.page.is_empty() {
        breadcrumbs.push(Crumb { label: theme.word("home"), href: links.to("") });
        let steps = frame.trail.into_iter().map(|(label, target)| Crumb { label, href: links.to(&target) });
        breadcrumbs.extend(steps);
        breadcrumbs.push(Crumb { label: frame.title.clone(), href: String::new() });
    }
    SitePage {
        subject: frame.subject,
        kind: frame.kind,
        head_title: head_title(&frame.title, &course.title),
        title: frame.title,
        description: frame.description,
        language: course.language.clone(),
        path: links.page.clone(),
        root: links.root.clone(),
        canonical: course.site.as_ref().map(|site| format!("{site}{}", links.page)),
        indexed: ![NOT_FOUND, REDIRECT, WORK_KIND].contains(&frame.kind),
        card: SharedCard::default(),
        structured: None,
        markdown: None,
        edit: None,
        site: SiteInfo {
            id: course.repository.clone(),
            title: course.title.clone(),
            tagline: print_plain(&course.tagline, links),
            home: links.to(""),
            repository: format!("https://github.com/{}", course.repository),
        },
        rules: None,
        theme: links.to(theme.folder()),
        breadcrumbs,
        navigation: navigation(course, theme, links, &frame.under),
        review: None,
        body,
    }
}

/// What search engines show of a title, in characters; the rest is cut off.
const MAX_TITLE: usize = 70;

fn head_title(page: &str, course: &str) -> String {
    let long = format!("{page} · {course}");
    if page == course || long.chars().count() > MAX_TITLE { page.to_owned() } else { long }
}

fn navigation(course: &Course, theme: &Theme, links: &Links<'_>, under: &str) -> Vec<NavigationItem> {
    let tracks = course.tracks.iter().map(|track| (track.title.clone(), track_page(&track.id)));
    let mut items: Vec<(String, String)> = tracks.collect();
    if !course.scenarios.is_empty() {
        items.push((theme.word("catalogue"), CATALOGUE.to_owned()));
    }
    if !course.concepts.is_empty() {
        items.push((theme.word("concepts"), "concepts/".to_owned()));
    }
    if !course.tutorials.is_empty() {
        items.push((theme.word("tutorials"), "tutorials/".to_owned()));
    }
    items.push((theme.word("work"), WORK.to_owned()));
    items
        .into_iter()
        .map(|(label, target)| {
            let current = match () {
                () if target == links.page => "page",
                () if target == under => "true",
                () => "",
            };
            NavigationItem { label, href: links.to(&target), current }
        })
        .collect()
}
