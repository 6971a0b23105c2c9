//! What can be found: one document for each address that a result leads to.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scenario,
    Concept,
    Question,
    Tutorial,
    Track,
}

impl Kind {
    /// Its word in the index.
    fn word(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Concept => "concept",
            Self::Question => "question",
            Self::Tutorial => "tutorial",
            Self::Track => "track",
        }
    }
}

/// A document as it is stored beside the index. What it does not have is empty.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Where it is, below the site's root.
    pub address: String,
    pub kind: Kind,
    /// "Scenario 4", "Step 1", "Q3".
    pub label: String,
    /// `planned` or `draft`; empty for what is ready and for what has no state.
    pub status: &'static str,
    /// The name of a page.
    pub title: String,
    /// The heading of a section; other names of a concept.
    pub heading: String,
    pub question: String,
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

    /// What a result shows: names and texts, without those that it does not have.
    pub fn shown(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = [("kind", self.kind.word()), ("label", &self.label), ("status", self.status)];
        let fields = FIELDS.into_iter().zip(self.fields());
        named.into_iter().chain(fields).filter(|(_, text)| !text.is_empty())
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
