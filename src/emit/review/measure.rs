//! How long a scenario takes and how hard it reads. The numbers are made by the layer that checks,
//! whose rules judge the same.

use std::collections::BTreeMap;

/// The measures of a scenario's page.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    pub time: TimeEstimate,
    pub readability: Readability,
}

/// How many minutes a page takes, and with what.
#[derive(Clone, Debug, Default)]
pub struct TimeEstimate {
    /// Words that are read on the way through: without answers, common questions and stuck tables.
    pub words: f64,
    pub words_per_minute: f64,
    /// Until everything runs and is open.
    pub start: f64,
    pub reading: f64,
    /// Figures and code.
    pub looking: f64,
    pub commands: f64,
    /// Of code.
    pub changes: f64,
    /// With what they print, and the tables they are written into.
    pub loadtests: f64,
    /// By the question's kind.
    pub questions: BTreeMap<String, f64>,
}

impl TimeEstimate {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.start + self.reading + self.work() + self.questions()
    }

    /// What is neither reading nor answering, without the start.
    #[must_use]
    pub fn work(&self) -> f64 {
        self.looking + self.commands + self.changes + self.loadtests
    }

    /// Thinking and writing.
    #[must_use]
    pub fn questions(&self) -> f64 {
        self.questions.values().sum()
    }
}

/// How hard a page reads: all of its running text, answers too.
#[derive(Clone, Debug, Default)]
pub struct Readability {
    pub words: f64,
    pub sentences: usize,
    /// The Flesch-Kincaid grade.
    pub grade: f64,
    /// The highest grade that a paragraph of its tier may have.
    pub highest_grade: f64,
}

impl Readability {
    /// How long sentences are, in words.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pages are short")]
    pub fn words_per_sentence(&self) -> f64 {
        self.words / self.sentences.max(1) as f64
    }
}
