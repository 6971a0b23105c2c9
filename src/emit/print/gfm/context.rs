//! Where a piece of Markdown will stand: references are written relative to it.

use crate::emit::print::html::Links;
use crate::ir::Output;
use crate::manifest::scenario::Status;
use crate::model::{Course, Scenario, Viewpoint};

/// The file that is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The monorepo's README; inside its section of a track, that track's index.
    Root { track: Option<usize> },
    /// A scenario's SCENARIO.md.
    Scenario(usize),
    /// A scenario's ANSWERS.md.
    Answers(usize),
    /// A scenario's README.md.
    Readme(usize),
    /// No file: references become text, since the reader's addresses are not known.
    Data(Viewpoint),
}

/// What printing needs to know beside the nodes.
#[derive(Clone, Copy, Debug)]
pub struct GfmContext<'a> {
    pub course: &'a Course,
    pub page: Page,
    /// Whether drafts have a folder in this monorepo.
    pub drafts: bool,
    /// Whether the text stands where GitHub shows no alerts: inside `<details>` or a quote.
    pub enclosed: bool,
    /// On the site: the page that the text is a twin of. References lead where those of the page do;
    /// answers and solutions stay on the page.
    pub site: Option<&'a Links<'a>>,
    /// Whether what learners type is a solution here.
    pub solves: bool,
}

impl<'a> GfmContext<'a> {
    /// The context of a file.
    #[must_use]
    pub fn new(course: &'a Course, page: Page, drafts: bool) -> Self {
        Self { course, page, drafts, enclosed: false, site: None, solves: false }
    }

    /// The context of the twin of a page of the site.
    #[must_use]
    pub fn of_site(links: &'a Links<'a>) -> Self {
        let page = Page::Data(links.from);
        Self { course: links.course, page, drafts: false, enclosed: false, site: Some(links), solves: false }
    }

    /// The same file, inside something that is closed or quoted.
    #[must_use]
    pub fn enclosed(self) -> Self {
        Self { enclosed: true, ..self }
    }

    /// The same file read from another page.
    #[must_use]
    pub fn on(self, page: Page) -> Self {
        Self { page, ..self }
    }

    /// The scenario in whose folder the file lies.
    #[must_use]
    pub fn scenario(&self) -> Option<usize> {
        match self.page {
            Page::Scenario(index) | Page::Answers(index) | Page::Readme(index) => Some(index),
            Page::Data(from) => from.scenario(),
            Page::Root { .. } => None,
        }
    }

    /// Whether references can be links.
    #[must_use]
    pub fn has_links(&self) -> bool {
        self.site.is_some() || !matches!(self.page, Page::Data(_))
    }

    /// The way from the file's folder to the monorepo's root.
    #[must_use]
    pub fn root(&self) -> &'static str {
        if matches!(self.page, Page::Root { .. }) { "" } else { "../" }
    }

    /// Whether what is printed in one output only belongs here.
    #[must_use]
    pub fn shows(&self, output: Output) -> bool {
        match output {
            Output::Site => self.site.is_some(),
            Output::Monorepo => self.site.is_none(),
        }
    }

    /// Where the page's pictures lie, seen from the file; ends with `/`.
    #[must_use]
    pub fn assets(&self) -> String {
        self.site.map_or_else(|| "assets/".to_owned(), |links| links.to(&links.assets))
    }

    /// Whether a scenario has a folder in this monorepo.
    #[must_use]
    pub fn has_folder(&self, scenario: &Scenario) -> bool {
        let shown = match scenario.status {
            Status::Ready => true,
            Status::Draft => self.drafts,
            Status::Planned => false,
        };
        shown && scenario.written.is_some()
    }

    /// Where the reader of the file stands.
    #[must_use]
    pub fn viewpoint(&self) -> Viewpoint {
        match self.page {
            Page::Scenario(index) | Page::Answers(index) | Page::Readme(index) => Viewpoint::Scenario(index),
            Page::Root { track } => track.map_or(Viewpoint::Elsewhere, Viewpoint::Track),
            Page::Data(from) => from,
        }
    }
}
