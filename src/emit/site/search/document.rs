//! What can be found: one document for each address that a result leads to.

use serde::Serialize;

/// The fields that are searched, in the order of their numbers in the index.
pub(super) const FIELDS: [&str; 4] = ["title", "heading", "question", "text"];

/// What a word of a text weighs in the index: its document's place and a share of the word itself.
const WORD: usize = 5;

/// English words have five letters and a space.
const LETTERS: usize = 6;

/// What a document weighs beside its texts.
const FRAME: usize = 60;

/// About what a text of so many bytes weighs in a shard, in bytes of JSON.
pub(super) const fn weight_of_text(length: usize) -> usize {
    length + WORD * (length / LETTERS + 1)
}

/// What a document is about: results are grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Scenario,
    Concept,
    Question,
    Tutorial,
    Track,
}

/// A document as it is stored beside the index: what a result shows.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Document {
    /// Where it is, below the site's root.
    #[serde(skip)]
    pub address: String,
    pub kind: Kind,
    /// "Scenario 4", "Step 1", "Q3".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// `planned` or `draft`; empty for what is ready and for what has no state.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub status: &'static str,
    /// The name of a page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The heading of a section; other names of a concept.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub heading: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub question: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Document {
    /// A document without any words yet.
    pub fn new(kind: Kind, address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            kind,
            label: String::new(),
            status: "",
            title: String::new(),
            heading: String::new(),
            question: String::new(),
            text: String::new(),
        }
    }

    /// The texts that a result shows.
    pub fn shown(&self) -> Vec<String> {
        let stored = serde_json::to_value(self).unwrap_or_default();
        let fields = stored.as_object().into_iter().flat_map(|fields| fields.values());
        fields.filter_map(|field| field.as_str().map(str::to_owned)).collect()
    }

    /// Whether it is a question with words.
    pub fn is_question(&self) -> bool {
        !self.question.is_empty()
    }

    /// About what it weighs in a shard, in bytes of JSON.
    pub fn weight(&self) -> usize {
        let texts = self.fields().into_iter().map(|text| weight_of_text(text.len()));
        texts.sum::<usize>() + self.address.len() + FRAME
    }

    /// The texts of [`FIELDS`]. What a document does not have, it has no field for.
    pub fn fields(&self) -> [&str; FIELDS.len()] {
        [&self.title, &self.heading, &self.question, &self.text]
    }
}
