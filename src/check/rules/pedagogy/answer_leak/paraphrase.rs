//! An answer in other words: sentences that are made of what answers say.

use std::ops::Range;

use crate::check::Checked;
use crate::check::rules::pedagogy::reading::ExercisePage;
use crate::check::rules::pedagogy::text::{content_stems, sentences};
use crate::source::Span;

use super::secret::{Hashes, hash_of, texts_of};

/// How many words with a meaning a sentence has to share with one answer.
const SHARED: usize = 6;

/// The share of a sentence's words that come from one answer where it retells that answer.
const ONE: f64 = 0.75;

/// The share of its words that come from all answers together where it sums them up.
const ALL: f64 = 0.9;

/// The answers of a page, each as the stems of its words.
pub struct Answers {
    all: Vec<(Span, Hashes)>,
    together: Hashes,
}

impl Answers {
    /// The answers that are kept apart from their questions.
    pub fn of(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Self {
        let mut all = Vec::new();
        for question in page.questions() {
            let answer = question.part("answer").filter(|answer| answer.attributes.get("show").is_none());
            let Some(answer) = answer else { continue };
            let stems: Hashes = texts_of(checked, answer).iter().flat_map(|text| hashed(text)).collect();
            all.push((answer.opener, stems));
        }
        let together = all.iter().flat_map(|(_, stems)| stems).copied().collect();
        Self { all, together }
    }

    /// The first sentence that retells an answer, and where that answer is.
    pub fn find(&self, text: &str) -> Option<(Range<usize>, Span)> {
        if self.all.is_empty() {
            return None;
        }
        statements(text).into_iter().find_map(|range| Some((range.clone(), self.retold(&text[range])?)))
    }

    #[expect(clippy::cast_precision_loss, reason = "sentences are short")]
    fn retold(&self, statement: &str) -> Option<Span> {
        // Whoever asks does not tell.
        if statement.ends_with('?') {
            return None;
        }
        let stems: Hashes = hashed(statement).collect();
        let shared = |known: &Hashes| stems.intersection(known).count();
        // No answer can share more than all of them do.
        let in_all = shared(&self.together);
        if in_all < SHARED {
            return None;
        }
        let (most, span) =
            self.all.iter().map(|(span, known)| (shared(known), *span)).max_by_key(|(most, _)| *most)?;
        let (all, count) = (in_all as f64, stems.len() as f64);
        let tells = most as f64 >= ONE * count || all >= ALL * count;
        (most >= SHARED && tells).then_some(span)
    }
}

fn hashed(text: &str) -> impl Iterator<Item = u64> {
    content_stems(text).into_iter().map(|stem| hash_of(&stem))
}

/// Sentences; what leads in with a colon stands by itself.
fn statements(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let mut start = sentence.start;
        while let Some(at) = text[start..sentence.end].find(": ") {
            found.push(start..start + at + 1);
            start += at + 2;
        }
        found.push(start..sentence.end);
    }
    found
}
