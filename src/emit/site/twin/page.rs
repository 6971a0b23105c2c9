//! Which page has a twin, and what stands at its beginning and its end.

use super::blocks::Blocks;
use super::{lists, scenario, tutorial};
use crate::diag::CodeSpec;
use crate::emit::print::gfm::escape_text;
use crate::emit::print::html::Links;
use crate::emit::site::page::SitePage;
use crate::emit::site::subject::Subject;
use crate::emit::site::theme::Theme;
use crate::model::Course;

/// The name of a twin, beside its page.
pub(in crate::emit::site) const TWIN: &str = "index.md";

/// The twin of a page, if pages of its kind have one.
pub(in crate::emit::site) fn print_twin(
    course: &Course,
    page: &SitePage,
    rules: &[&CodeSpec],
    theme: &Theme,
) -> Option<String> {
    if !page.indexed {
        return None;
    }
    let subject = page.subject;
    let links = match subject {
        Subject::Scenario(index) => Links::for_scenario(course, index),
        Subject::Track(index) => Links::for_track(course, index),
        Subject::TutorialPage(index, at) => tutorial::links(course, index, at),
        _ => Links::new(course, page.path.clone()),
    };
    let mut out = Blocks::new(&links);
    out.heading(1, &page.title);
    match subject {
        Subject::Home => lists::home(course, theme, &mut out),
        Subject::Track(index) => lists::track(course, index, theme, &mut out),
        Subject::Scenario(index) => scenario::print(course, index, theme, &mut out),
        Subject::Catalogue => lists::catalogue(course, &page.description, &mut out),
        Subject::Concepts => lists::concepts(course, &mut out),
        Subject::Concept(index) => lists::concept(course, index, theme, &mut out),
        Subject::Tutorials => lists::tutorials(course, &mut out),
        Subject::Tutorial(index) => tutorial::print(course, index, theme, &mut out),
        Subject::TutorialPage(index, at) => tutorial::print_page(course, index, at, theme, &mut out),
        Subject::Rules => lists::rules(rules, &mut out),
        Subject::Other => out.push(escape_text(&page.description)),
    }
    out.push("---");
    out.push(format!("[{}](./)", escape_text(&theme.word("markdown-page"))));
    Some(out.finish())
}
