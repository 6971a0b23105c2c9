//! The shape of course.json: the course, its tracks and concepts, questions and answers. Key order
//! is the order of the fields.

use schemars::JsonSchema;
use serde::Serialize;

use super::scenario::ScenarioData;

/// A course. Texts are Markdown unless a field says otherwise; lists keep the course's order.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "course.json")]
pub struct CourseData {
    /// Version of this format.
    pub version: u32,
    pub title: String,
    pub tagline: String,
    pub about: String,
    /// BCP 47 tag of all texts.
    pub language: String,
    /// `owner/name` of the learner monorepo on GitHub.
    pub repository: String,
    pub branch: String,
    /// Address of the course site; `url` fields are relative to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub tiers: Vec<TierData>,
    pub tracks: Vec<TrackData>,
    pub scenarios: Vec<ScenarioData>,
    pub concepts: Vec<ConceptData>,
    pub tutorials: Vec<TutorialData>,
    /// Model answers to the questions above.
    pub answers: Vec<AnswerData>,
}

/// A tier: a stretch of the course with one amount of help.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TierData {
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
    /// How much its scenarios help: `high`, `medium`, `low` or `none`.
    pub scaffolding: String,
    pub summary: String,
}

/// A track: an ordered way through the course.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrackData {
    pub id: String,
    pub number: u32,
    pub title: String,
    pub url: String,
    /// What one of its entries is called, such as "Scenario".
    pub noun: String,
    pub summary: String,
    pub audience: String,
    /// What to know before.
    pub before: String,
    /// What changes for those who finish it.
    pub change: String,
    pub groups: Vec<GroupData>,
}

/// A group of a track.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupData {
    pub id: String,
    pub name: String,
    /// Id of a tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    pub goal: String,
    /// Why its scenarios stand in this order.
    pub why: String,
    pub guidance: String,
    /// Whether its scenarios are extra, and so not numbered.
    pub bonus: bool,
    /// Ids of scenarios.
    pub scenarios: Vec<String>,
}

/// A concept and where it is met.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConceptData {
    pub id: String,
    pub name: String,
    pub url: String,
    pub summary: String,
    /// Ids of concepts to know first.
    pub requires: Vec<String>,
    /// Ids of scenarios.
    pub introduced_in: Vec<String>,
    /// Ids of scenarios.
    pub deepened_in: Vec<String>,
    /// Ids of scenarios.
    pub used_in: Vec<String>,
}

/// A tutorial.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TutorialData {
    pub id: String,
    pub title: String,
    pub url: String,
    /// `planned`, `draft` or `ready`.
    pub status: String,
    pub summary: String,
    pub objectives: Vec<String>,
    pub prerequisites: Vec<String>,
    /// Ids of concepts.
    pub uses: Vec<String>,
    pub pages: Vec<TutorialPageData>,
    /// Where to read on.
    pub further: Vec<String>,
}

/// A page of a tutorial.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TutorialPageData {
    pub id: String,
    pub title: String,
    pub url: String,
    pub summary: String,
    pub questions: Vec<QuestionData>,
}

/// A question without its answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionData {
    /// Unique in its scenario or tutorial page.
    pub id: String,
    pub number: u32,
    /// `prediction`, `comprehension`, `observation`, `reflection`, `choice` or `design`.
    pub kind: String,
    /// Id of the section it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    pub prompt: String,
    #[serde(rename = "box")]
    pub answer_box: BoxData,
    /// The open question that it plants for a later scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planted: Option<String>,
    /// Ids it had before.
    pub was: Vec<String>,
}

/// Where the learner writes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum BoxData {
    /// An empty field below a label.
    Free { label: String },
    /// A table whose empty cells are filled in.
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
    /// An empty list of so many items.
    List { items: usize, ordered: bool },
    /// Lines that begin with a label.
    Lines { labels: Vec<String> },
    /// Choices to tick.
    Choices { items: Vec<String> },
}

/// The model answer to a question: of a scenario, or of a tutorial's page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerData {
    /// Id of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Id of the tutorial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tutorial: Option<String>,
    /// Id of the tutorial's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Id of the question.
    pub question: String,
    /// The answer's text; empty where a rubric says it all.
    pub text: String,
    /// Whether it stands openly below its question.
    pub inline: bool,
    /// Indices of the right choices, from 0.
    pub right: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rubric: Option<RubricData>,
}

/// How an answer is judged.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum RubricData {
    /// What a good answer does.
    Criteria { items: Vec<String> },
    /// A criterion in each row, then its levels from low to high.
    Levels { head: Vec<String>, rows: Vec<Vec<String>> },
}
