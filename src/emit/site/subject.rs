//! What a page is about: the way back from a page to the model.

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
