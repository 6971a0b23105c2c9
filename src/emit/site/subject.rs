//! What a page is about, told from its address: the way back from a page to the model.

use super::page::SitePage;
use crate::emit::print::html::{concept_page, scenario_page, track_page, tutorial_page};
use crate::model::Course;

/// What a page is about, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Home,
    Track(usize),
    Scenario(usize),
    Catalogue,
    Concepts,
    Concept(usize),
    Tutorials,
    Tutorial(usize),
    /// A tutorial and one of its pages.
    TutorialPage(usize, usize),
    Rules,
    /// A page about nothing of the course, or a page of lists.
    Other,
}

impl Subject {
    /// What a page is about.
    pub(super) fn of(course: &Course, page: &SitePage) -> Self {
        let path = page.path.as_str();
        let found = match page.kind {
            "home" => Some(Self::Home),
            "track" => course.tracks.iter().position(|it| track_page(&it.id) == path).map(Self::Track),
            "scenario" => {
                course.scenarios.iter().position(|it| scenario_page(&it.id) == path).map(Self::Scenario)
            }
            "catalogue" => Some(Self::Catalogue),
            "concepts" => Some(Self::Concepts),
            "concept" => {
                course.concepts.iter().position(|it| concept_page(&it.id) == path).map(Self::Concept)
            }
            "tutorials" => Some(Self::Tutorials),
            "tutorial" => {
                course.tutorials.iter().position(|it| tutorial_page(&it.id) == path).map(Self::Tutorial)
            }
            "tutorial-page" => tutorial_page_at(course, path),
            "rules" => Some(Self::Rules),
            _ => None,
        };
        found.unwrap_or(Self::Other)
    }
}

fn tutorial_page_at(course: &Course, path: &str) -> Option<Subject> {
    course.tutorials.iter().enumerate().find_map(|(index, tutorial)| {
        let inside = path.strip_prefix(&tutorial_page(&tutorial.id))?.strip_suffix('/')?;
        let page = tutorial.pages.iter().position(|page| page.id == inside)?;
        Some(Subject::TutorialPage(index, page))
    })
}
