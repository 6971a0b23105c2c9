//! The words that give concepts away, and where they stand in a text. Nothing shorter than a term
//! counts: "pool" is no connection pool.

use crate::check::Checked;
use crate::check::phrases::{Forms, Hit, Phrases};
use crate::check::prose::Prose;
use crate::check::words::Words;
use crate::model::{Concept, Course};

/// The terms of all concepts as phrases.
pub fn terms(course: &Course) -> Phrases {
    let concepts = course.concepts.iter().enumerate();
    let terms = concepts.flat_map(|(index, concept)| terms_of(concept).map(move |term| (index, term)));
    Phrases::new(Forms::Bent, terms)
}

/// The terms of a course; hits name concepts by their indices.
pub struct Terms<'a>(&'a Phrases);

impl<'a> Terms<'a> {
    /// The terms of all concepts.
    pub fn of(checked: &'a Checked<'_>) -> Self {
        Self(&checked.vocabulary().terms)
    }

    /// All terms of a text, without those that are part of a proper name.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let hits = self.0.find(&Words::of(text));
        hits.into_iter().filter(|hit| !is_in_name(text, hit)).collect()
    }

    /// Those of running text.
    pub fn find_in(&self, checked: &Checked<'_>, prose: &Prose) -> Vec<Hit> {
        let words = prose.words(checked.files);
        let hits = self.0.find_at(&words, checked.beginnings(prose));
        hits.into_iter().filter(|hit| !is_in_name(words.text(), hit)).collect()
    }
}

/// The words that give a concept away: its terms, else its name. A name of one everyday word
/// ("topic", "pool") means too much else; those who want it looked for list it as a term.
pub fn terms_of(concept: &Concept) -> impl Iterator<Item = &str> {
    let is_everyday = concept.name.chars().all(char::is_lowercase);
    let name = (concept.terms.is_empty() && !is_everyday).then_some(concept.name.as_str());
    concept.terms.iter().map(String::as_str).chain(name)
}

/// Whether a single word is part of a proper name: "Redis Labs", "Index Ventures". A sentence begins
/// with a capital, too, so that a word before it counts only inside of one.
fn is_in_name(text: &str, hit: &Hit) -> bool {
    let (before, found, after) = (&text[..hit.range.start], &text[hit.range.clone()], &text[hit.range.end..]);
    if !is_name(found) || !found.chars().all(char::is_alphanumeric) {
        return false;
    }
    let next = || {
        let rest = after.strip_prefix(' ')?;
        Some(&rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())])
    };
    let earlier = || {
        let rest = before.strip_suffix(' ')?;
        let start = rest.rfind(|c: char| !c.is_alphanumeric())?;
        let word = &rest[start..];
        let is_inside = rest[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        word.strip_prefix(' ').filter(|_| is_inside)
    };
    next().is_some_and(is_name) || earlier().is_some_and(is_name)
}

fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proper_names_are_told_apart() {
        let phrases = Phrases::new(Forms::Bent, [(0, "redis"), (1, "load balancer")]);
        let found = |text| Terms(&phrases).find(text).len();
        assert_eq!(found("Redis Labs"), 0);
        assert_eq!(found("ask the Acme Redis"), 0);
        assert_eq!(found("Ask. With Redis it works, with redis Labs too."), 2);
        assert_eq!(found("Two Load Balancers"), 1);
    }
}
