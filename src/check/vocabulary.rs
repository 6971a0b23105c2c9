//! The phrases that rules look for in running text, made once for a run, and what any of them begins with.

use super::beginnings::Openings;
use super::phrases::Phrases;

/// The phrases that rules look for.
pub struct Vocabulary {
    /// What no text should say, by `prose/banned-phrase`.
    pub banned: Phrases,
    /// Spellings that the course avoids, by `prose/inconsistent-term`.
    pub avoided: Phrases,
    /// The terms of concepts.
    pub terms: Phrases,
    pub(super) openings: Openings,
}

impl Vocabulary {
    pub(super) fn new(banned: Phrases, avoided: Phrases, terms: Phrases) -> Self {
        let mut openings = banned.openings().clone();
        [&avoided, &terms].into_iter().for_each(|phrases| openings.extend(phrases.openings()));
        Self { banned, avoided, terms, openings }
    }
}
