//! An answer in other words: sentences that are made of what answers say.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::Checked;
use crate::check::rules::pedagogy::reading::ExercisePage;
use crate::check::rules::pedagogy::text::{content_stems, sentences};
use crate::source::Span;

use super::secret::texts_of;

/// How many words with a meaning a sentence has to share with one answer.
const SHARED: usize = 6;

/// The share of a sentence's words that come from one answer where it retells that answer.
const ONE: f64 = 0.75;

/// The share of its words that come from all answers together where it sums them up.
const ALL: f64 = 0.9;

/// The answers of a page, each as the stems of its words.
pub struct Answers {
    all: Vec<(Span, BTreeSet<String>)>,
    together: BTreeSet<String>,
}

impl Answers {
    /// The answers that are kept apart from their questions.
    pub fn of(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Self {
        let mut all = Vec::new();
        for question in page.questions() {
            let answer = question.part("answer").filter(|answer| answer.attributes.get("show").is_none());
            let Some(answer) = answer else { continue };
            let stems = texts_of(checked, answer).iter().flat_map(|text| content_stems(text)).collect();
            all.push((answer.opener, stems));
        }
        let together =
            all.iter().flat_map(|(_, stems): &(Span, BTreeSet<String>)| stems.iter().cloned()).collect();
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
        let stems: BTreeSet<String> = content_stems(statement).into_iter().collect();
        let shared = |known: &BTreeSet<String>| stems.intersection(known).count();
        let (most, span) =
            self.all.iter().map(|(span, known)| (shared(known), *span)).max_by_key(|(most, _)| *most)?;
        let (all, count) = (shared(&self.together) as f64, stems.len() as f64);
        let tells = most as f64 >= ONE * count || all >= ALL * count;
        (most >= SHARED && tells).then_some(span)
    }
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
