//! The shape of a scenario in course.json.

use schemars::JsonSchema;
use serde::Serialize;

use super::course::QuestionData;
use super::measure::{LoadTestData, MetricData, PanelData, ParameterData, RunData};

/// A scenario, planned or written. What only a written one has is empty for the others.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioData {
    /// Stays the same when the scenario moves.
    pub id: String,
    /// Its number in its track; bonus scenarios have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// "Scenario 4 — Horizontal scaling".
    pub label: String,
    pub title: String,
    /// Id of its track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// Id of its group in the track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Id of its tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// `exercise`, `challenge`, `failure` or `case-study`.
    pub kind: String,
    /// `planned`, `draft` or `ready`.
    pub status: String,
    /// Its folder in the learner monorepo; changes with its number.
    pub folder: String,
    /// Its page on the site.
    pub url: String,
    /// Opens it in a Codespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<MinutesData>,
    /// The app it is about.
    pub about: String,
    pub summary: String,
    /// Why it stands in this place.
    pub why: String,
    /// Why this app.
    pub app_why: String,
    pub teaches: Vec<String>,
    pub concepts: ConceptsData,
    /// Open questions that it takes up from earlier scenarios.
    pub takes_up: Vec<TakenUpData>,
    /// Questions that it leaves open.
    pub plants: Vec<PlantData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<ExtendsData>,
    /// Id of the scenario that carries it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realized_by: Option<String>,
    pub goals: Vec<String>,
    pub steps: Vec<StepData>,
    pub questions: Vec<QuestionData>,
    pub options: Vec<OptionData>,
    pub figures: Vec<FigureData>,
    pub fixes: Vec<FixData>,
    pub services: Vec<ServiceData>,
    pub metrics: Vec<MetricData>,
    pub panels: Vec<PanelData>,
    pub parameters: Vec<ParameterData>,
    pub loadtests: Vec<LoadTestData>,
    /// Hash over what a rehearsal depends on: stages, load tests, environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<RunData>,
    /// Ids it had before.
    pub was: Vec<String>,
}

/// How long it takes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MinutesData {
    pub from: u32,
    pub to: u32,
}

/// Ids of concepts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConceptsData {
    pub introduces: Vec<String>,
    pub deepens: Vec<String>,
    pub uses: Vec<String>,
}

/// An open question of an earlier scenario.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakenUpData {
    /// Id of the scenario that planted it.
    pub scenario: String,
    /// The question's id among its `plants`.
    pub id: String,
}

/// A question left open.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlantData {
    pub id: String,
    pub asks: String,
}

/// The stage of another scenario that this one starts from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExtendsData {
    /// Id of the scenario.
    pub scenario: String,
    /// Id of a fix; the last stage if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// A section of the page; a step when it has a number.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepData {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    pub title: String,
    /// What it is for, such as `observe` or `fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Ids it had before.
    pub was: Vec<String>,
}

/// An option before a fix.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OptionData {
    pub id: String,
    /// "Option A".
    pub label: String,
    pub text: String,
}

/// A picture.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FigureData {
    pub id: String,
    /// "Fig 1.2".
    pub label: String,
    /// Plain text.
    pub alt: String,
    pub caption: String,
    /// Its address on the site.
    pub url: String,
}

/// A fix.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FixData {
    pub id: String,
    /// "Fix 1".
    pub label: String,
    pub title: String,
    /// Whether it stays; else it is tried and dropped.
    pub kept: bool,
}

/// A service of the environment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceData {
    pub id: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u32>,
}
