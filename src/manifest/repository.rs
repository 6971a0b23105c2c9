//! `scenarist.yml` at the top of a monorepo that is edited by hand: how it is looked at, and what its
//! README leaves open.

use super::course::Lint;
use crate::source::Spanned;
use crate::syntax::yaml::{RelPath, Text, record};

record! {
    /// What is said about a monorepo that is edited by hand, for `scenarist audit` and `scenarist import`.
    pub struct Settings as "the settings of a repository" {
        /// The course's title, if the README has none.
        title: Option<Spanned<String>>,
        /// The repository on GitHub, `owner/name`, if no link names it.
        repository: Option<Spanned<String>>,
        /// The folders of the scenarios in order. What is not listed follows as the README has it.
        order: Vec<RelPath>,
        /// What the README does not say about a scenario.
        scenarios: Vec<Folder>,
        /// Concepts with what the pages do not say about them.
        concepts: Vec<Concept>,
        /// What the linter does here, as in course.yml.
        lint: Option<Lint>,
    }
}

record! {
    /// What is said about the scenario in one folder.
    pub struct Folder as "a scenario's folder" {
        /// Its path.
        folder: RelPath,
        /// The word for how much help it gives: the tier that it belongs to.
        tier: Option<Spanned<String>>,
        /// Names of concepts that it introduces.
        introduces: Vec<Spanned<String>>,
        /// Names of concepts that it needs.
        uses: Vec<Spanned<String>>,
    }
}

record! {
    /// A concept by its name.
    pub struct Concept as "a concept of the repository" {
        /// Its name as it stands in a sentence.
        name: Spanned<String>,
        /// One line in plain words.
        summary: Option<Text>,
        /// Words that betray its use in prose.
        terms: Vec<Spanned<String>>,
    }
}
