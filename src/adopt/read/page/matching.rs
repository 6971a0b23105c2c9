//! Which question an answer is for: by number first, then by words.

use std::collections::{BTreeMap, BTreeSet};

use crate::adopt::read::marks::words;
use crate::adopt::{Answer, Page, PartKind};
use crate::source::{Files, Span};

/// How much of two questions' words has to be the same, in percent.
const LIKE: usize = 60;
/// Above so many questions, only the same words count.
const MAX_COMPARED: usize = 200;

struct Known {
    value: Option<u32>,
    said: String,
}

/// Finds the question of each answer. One that has its question already, since it stands right below it,
/// keeps it.
pub(in crate::adopt::read) fn match_answers(files: &Files, page: &Page, answers: &mut [Answer]) {
    let questions = questions_of(files, page);
    let mut by_number: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut by_words: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        by_number.entry(question.value.unwrap_or(u32::MAX)).or_default().push(at);
        by_words.entry(&question.said).or_insert(at);
    }
    for answer in answers.iter_mut().filter(|answer| answer.answers.is_none()) {
        let said = answer.question.as_ref().map(|question| words(question)).unwrap_or_default();
        let numbered = answer.number.and_then(|number| by_number.get(&number.value));
        let same_words = by_words.get(said.as_str()).copied().filter(|_| !said.is_empty());
        answer.answers = match numbered.map(Vec::as_slice) {
            Some([one]) => Some(*one),
            // A number that was given twice: the words decide.
            Some(several) => same_words.filter(|at| several.contains(at)).or(several.first().copied()),
            None => same_words.or_else(|| like(&questions, &said)),
        };
    }
}

fn questions_of(files: &Files, page: &Page) -> Vec<Known> {
    let questions = page.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Question(question) => Some(question),
        _ => None,
    });
    questions
        .map(|question| {
            let text: Vec<&str> = question.text.iter().map(|span: &Span| files.slice(*span)).collect();
            Known { value: question.number.map(|number| number.value), said: words(&text.join(" ")) }
        })
        .collect()
}

/// The question that has most words in common with a text, if that is enough.
fn like(questions: &[Known], said: &str) -> Option<usize> {
    if said.is_empty() || questions.len() > MAX_COMPARED {
        return None;
    }
    let wanted: BTreeSet<&str> = said.split(' ').collect();
    let shares = questions.iter().enumerate().map(|(at, question)| {
        let known: BTreeSet<&str> = question.said.split(' ').collect();
        let both = wanted.intersection(&known).count();
        (both * 100 / wanted.union(&known).count().max(1), at)
    });
    shares
        .max_by_key(|(share, at)| (*share, usize::MAX - at))
        .filter(|(share, _)| *share >= LIKE)
        .map(|(_, at)| at)
}
