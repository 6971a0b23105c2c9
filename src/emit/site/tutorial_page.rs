//! What templates get about tutorials: their list, the first page of each, and the pages below.
//! Part of the contract with themes.

use serde::Serialize;

use crate::emit::print::html::Section;

use super::page::{ConceptLink, Link};

/// The list of tutorials.
#[derive(Clone, Debug, Serialize)]
pub struct TutorialsPage {
    pub tutorials: Vec<TutorialLink>,
}

/// A tutorial in a list.
#[derive(Clone, Debug, Serialize)]
pub struct TutorialLink {
    pub id: String,
    pub title: String,
    pub href: String,
    pub status: &'static str,
    /// HTML, inline.
    pub summary: String,
    pub pages: usize,
    /// How many of its pages are written.
    pub written: usize,
}

/// The first page of a tutorial.
#[derive(Clone, Debug, Serialize)]
pub struct TutorialView {
    pub link: TutorialLink,
    /// Ids it had before, with spaces between.
    pub was: String,
    /// HTML, inline, each.
    pub objectives: Vec<String>,
    pub prerequisites: Vec<String>,
    pub further: Vec<String>,
    pub uses: Vec<ConceptLink>,
    pub pages: Vec<TutorialEntry>,
    /// The first page that is written.
    pub start: Option<TutorialEntry>,
}

/// A page of a tutorial in its list.
#[derive(Clone, Debug, Serialize)]
pub struct TutorialEntry {
    pub id: String,
    pub number: usize,
    /// "Page 2".
    pub label: String,
    pub title: String,
    pub href: String,
    /// HTML, inline.
    pub summary: String,
    /// Whether it is written.
    pub written: bool,
    /// Whether it is the page that the list stands on.
    pub current: bool,
    /// How many questions it asks.
    pub questions: usize,
}

/// A page of a tutorial.
#[derive(Clone, Debug, Serialize)]
pub struct TutorialPageView {
    pub tutorial: Link,
    pub tutorial_id: String,
    /// Ids that the tutorial had before, with spaces between.
    pub was: String,
    pub id: String,
    pub number: usize,
    pub count: usize,
    /// HTML, inline.
    pub summary: String,
    pub sections: Vec<Section>,
    /// Whether there are enough sections for an outline.
    pub has_outline: bool,
    /// All pages of the tutorial.
    pub pages: Vec<TutorialEntry>,
    /// Where to read on; on the last page alone. HTML, inline, each.
    pub further: Vec<String>,
    pub previous: Option<TutorialEntry>,
    pub next: Option<TutorialEntry>,
}
