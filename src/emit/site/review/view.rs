//! What templates get of a review build. Part of the contract with themes.

use serde::Serialize;

use crate::emit::review::FindingCounts;

use super::super::page::{Link, TierView};

/// What a review build says on every page: `page.review`. Without it a page is for learners.
#[derive(Clone, Debug, Serialize)]
pub struct PageReview {
    /// The front page of the review.
    pub front: String,
    /// The page of all findings.
    pub all: String,
    /// The findings of this page.
    pub counts: FindingCounts,
    /// The address of the first of them.
    pub first: Option<String>,
    /// Those about files of which no block was made; HTML, blocks.
    pub on_top: String,
    /// How many those are.
    pub top_count: usize,
}

/// The front page of the review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewPage {
    pub counts: FindingCounts,
    /// The kinds of questions, in the order of all cells below.
    pub kinds: Vec<QuestionKind>,
    /// Scenarios that have a page, in course order.
    pub scenarios: Vec<ScenarioReview>,
    /// Scenarios that have none yet.
    pub unwritten: usize,
    pub tiers: Vec<TierReview>,
    /// Concepts that a scenario with a page is about, in the order in which the course introduces them.
    pub coverage: Vec<ConceptCoverage>,
    /// The others.
    pub uncovered: Vec<ConceptCoverage>,
    /// How many words are read in a minute; `None` if no scenario has a page.
    pub words_per_minute: Option<String>,
    /// Minutes until everything runs, which every estimate begins with.
    pub start: String,
}

/// A kind of questions.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionKind {
    /// `prediction`, `comprehension`, …
    pub id: &'static str,
    /// "Predict".
    pub name: String,
}

/// A scenario in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioReview {
    pub scenario: Link,
    pub tier: Option<TierView>,
    /// `planned`, `draft`, `ready`.
    pub status: &'static str,
    pub minutes: MinutesView,
    /// Of each kind of questions.
    pub questions: Vec<KindMinutes>,
    pub readability: ReadabilityView,
    pub figures: usize,
    pub hints: usize,
    pub options: usize,
    pub changes: usize,
    pub findings: FindingCounts,
}

/// How long a scenario takes. All are minutes in words, such as `4.5`.
#[derive(Clone, Debug, Serialize)]
pub struct MinutesView {
    /// `45–60`; empty if it declares none.
    pub declared: String,
    pub estimate: String,
    /// `within`, `below` or `above` what is declared; empty if that is nothing.
    pub verdict: &'static str,
    /// How many words are read on the way.
    pub words: usize,
    pub reading: String,
    pub questions: String,
    /// Figures and code.
    pub looking: String,
    pub commands: String,
    pub changes: String,
    pub loadtests: String,
}

/// How many questions of a kind, and how long they take.
#[derive(Clone, Debug, Serialize)]
pub struct KindMinutes {
    pub kind: &'static str,
    pub count: usize,
    /// Minutes, such as `4.5`; `0` where there is no question.
    pub minutes: String,
}

/// How hard a page reads.
#[derive(Clone, Debug, Serialize)]
pub struct ReadabilityView {
    pub sentences: usize,
    pub words: usize,
    pub words_per_sentence: String,
    /// The Flesch-Kincaid grade.
    pub grade: String,
    /// The highest grade that a paragraph of this tier may have.
    pub highest_grade: String,
    /// Whether the whole page is above that.
    pub is_hard: bool,
}

/// A tier in numbers. The last may be of scenarios without a tier.
#[derive(Clone, Debug, Serialize)]
pub struct TierReview {
    /// `None`: of those without a tier.
    pub tier: Option<TierView>,
    pub ready: usize,
    pub draft: usize,
    pub planned: usize,
    pub words: usize,
    /// Minutes over all scenarios that have a page.
    pub estimate: String,
    /// What those declare, `90–120`; empty if nothing.
    pub declared: String,
    /// Over all their sentences; empty if there are none.
    pub words_per_sentence: String,
    /// Mean of the grades, each by its words; empty if there are none.
    pub grade: String,
    pub questions: Vec<KindMinutes>,
    pub figures: usize,
    pub hints: usize,
    pub options: usize,
    pub changes: usize,
    pub findings: FindingCounts,
}

/// A concept and the questions in scenarios that are about it.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptCoverage {
    pub concept: Link,
    /// By tier. One without a tier if no scenario is about it.
    pub rows: Vec<CoverageRow>,
}

/// A concept in a tier.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow {
    pub tier: Option<TierView>,
    /// Scenarios, each with its short number as label.
    pub introduces: Vec<MetScenario>,
    pub deepens: Vec<MetScenario>,
    pub uses: Vec<MetScenario>,
    /// How many of them have a page.
    pub written: usize,
    pub cells: Vec<CoverageCell>,
    pub sum: usize,
}

/// A scenario by its number.
#[derive(Clone, Debug, Serialize)]
pub struct MetScenario {
    /// "1.4": the fourth scenario of the first track; its title where it has no number.
    pub short: String,
    pub link: Link,
    pub written: bool,
}

/// Questions of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageCell {
    pub kind: &'static str,
    pub count: usize,
    /// `some`, `none`, or `unwritten` where no scenario has a page that could ask.
    pub state: &'static str,
}

/// The page of all findings.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewFindingsPage {
    pub counts: FindingCounts,
    pub files: Vec<FileFindings>,
}

/// The findings in a file.
#[derive(Clone, Debug, Serialize)]
pub struct FileFindings {
    pub path: String,
    /// Its anchor.
    pub anchor: String,
    pub counts: FindingCounts,
    /// Each as HTML, blocks.
    pub findings: Vec<String>,
}
