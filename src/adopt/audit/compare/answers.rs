//! Answers beside the questions that they repeat.

use super::course::{Scenario, questions, scenarios};
use super::text::{joined, likeness, words};
use crate::adopt::{Number, Repository};
use crate::source::Span;

/// Two wordings below this are two questions.
pub const ALIKE: f64 = 0.6;

/// An entry of an answer key under the number of another question.
pub struct Repeated {
    /// The number that it has.
    pub number: Number,
    /// The number of the question that it repeats; `None` if that has none.
    pub meant: Option<Number>,
}

/// The numbers of questions whose answers stand under another number.
pub fn misnumbered(repository: &Repository) -> Vec<Span> {
    let all = scenarios(repository).flat_map(|scenario| repeated_questions(repository, scenario));
    all.filter_map(|repeated| Some(repeated.meant?.span)).collect()
}

/// The entries of a key whose words are those of another question than their number says.
pub fn repeated_questions(repository: &Repository, scenario: Scenario<'_>) -> Vec<Repeated> {
    let files = &repository.files;
    let asked: Vec<(Option<Number>, String)> = questions(scenario.page)
        .map(|question| (question.number, words(&joined(files, &question.text))))
        .collect();
    let mut found = Vec::new();
    for answer in &scenario.folder.answers {
        let (Some(number), Some(repeated)) = (answer.number, &answer.question) else { continue };
        let repeated = words(&repeated.value);
        let alike = |text: &String| likeness(text, &repeated);
        let own = asked.iter().find(|(known, _)| known.is_some_and(|known| known.value == number.value));
        let own = own.map_or(0.0, |(_, text)| alike(text));
        let best = asked.iter().max_by(|(_, one), (_, other)| alike(one).total_cmp(&alike(other)));
        if let Some((meant, text)) = best.filter(|(_, text)| own < ALIKE && alike(text) > 0.85) {
            let is_own = meant.is_some_and(|meant| meant.value == number.value);
            if !is_own && !text.is_empty() {
                found.push(Repeated { number, meant: *meant });
            }
        }
    }
    found
}
