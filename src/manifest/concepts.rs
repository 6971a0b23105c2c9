//! `content/concepts.yml`: the concept registry.

use crate::source::Spanned;
use crate::syntax::yaml::{Id, Text, record};

record! {
    /// Every concept that the course teaches, in the order of introduction.
    pub struct Concepts as "the concept registry" {
        /// The concepts.
        concepts: Vec<Concept>,
    }
}

record! {
    /// A concept: something a learner knows after the scenario that introduces it.
    pub struct Concept as "a concept" {
        /// Its id.
        id: Id,
        /// Its name as it stands in a sentence.
        name: Spanned<String>,
        /// One line in plain words.
        summary: Text,
        /// Words that betray its use in prose.
        terms: Vec<Spanned<String>>,
        /// Concepts to know first.
        requires: Vec<Id>,
        /// Ids it had before.
        was: Vec<Id>,
    }
}
