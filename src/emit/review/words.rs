//! The theme's words that stand beside blocks.

use std::collections::BTreeMap;

/// Their keys.
const KEYS: [&str; 21] = [
    "of",
    "repair-safe",
    "repair-unsafe",
    "review-accepted-baseline",
    "review-accepted-comment",
    "review-accepted-course",
    "review-also",
    "review-edit",
    "review-emitted",
    "review-finding",
    "review-next",
    "review-on-page",
    "review-only-monorepo",
    "review-place",
    "review-previous",
    "review-reason",
    "review-source",
    "severity-error",
    "severity-info",
    "severity-warning",
    "what-to-do",
];

/// Words by their keys.
#[derive(Clone, Debug)]
pub struct NoteWords(BTreeMap<&'static str, String>);

impl NoteWords {
    /// Looks all of them up.
    #[must_use]
    pub fn new(word: impl Fn(&str) -> String) -> Self {
        Self(KEYS.into_iter().map(|key| (key, word(key))).collect())
    }

    /// A word; its key where there is none.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}
