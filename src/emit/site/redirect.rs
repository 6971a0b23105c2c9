//! Pages at addresses that moved: ids of earlier days (`was`) lead to the present ones.

use crate::emit::print::html::{Links, concept_page, scenario_page, track_page, tutorial_page};
use crate::model::Course;

use super::frame::{Frame, frame_page};
use super::page::{Body, Link, RedirectPage, SitePage};
use super::subject::Subject;
use super::theme::Theme;

/// A page for each earlier address, with the present one.
pub(super) fn redirect_pages(course: &Course, theme: &Theme) -> Vec<SitePage> {
    moved(course)
        .into_iter()
        .map(|(from, to, title)| {
            let links = Links::new(course, from);
            let frame = Frame {
                subject: Subject::Other,
                kind: "redirect",
                title: title.clone(),
                description: theme.word("moved"),
                trail: Vec::new(),
                under: String::new(),
            };
            let target = Link { label: title, href: links.to(&to) };
            let mut page = frame_page(theme, &links, frame, Body::Redirect(RedirectPage { target }));
            page.canonical = course.site.as_ref().map(|site| format!("{site}{to}"));
            page
        })
        .collect()
}

/// Earlier address, present address, title.
fn moved(course: &Course) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for track in &course.tracks {
        let to = track_page(&track.id);
        out.extend(track.was.iter().map(|was| (track_page(was), to.clone(), track.title.clone())));
    }
    for scenario in &course.scenarios {
        let to = scenario_page(&scenario.id);
        out.extend(scenario.was.iter().map(|was| (scenario_page(was), to.clone(), scenario.title.clone())));
    }
    for concept in &course.concepts {
        let to = concept_page(&concept.id);
        out.extend(concept.was.iter().map(|was| (concept_page(was), to.clone(), concept.name.clone())));
    }
    for tutorial in &course.tutorials {
        for was in &tutorial.was {
            out.push((tutorial_page(was), tutorial_page(&tutorial.id), tutorial.title.clone()));
            out.extend(tutorial.pages.iter().map(|page| {
                let [from, to] = [was, &tutorial.id].map(|id| format!("{}{}/", tutorial_page(id), page.id));
                (from, to, page.title.clone())
            }));
        }
    }
    out
}
