//! What templates get about a scenario, in whatever state. Part of the contract with themes.

use serde::Serialize;

use crate::emit::print::html::Section;

use super::measures::{MetricView, ParameterView};
use super::page::{Card, ConceptLink, Link};
use super::panel::PanelView;
use super::rehearsal::RehearsalView;

/// The page of a scenario, in whatever state.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioPage {
    pub card: Card,
    /// Ids it had before, with spaces between.
    pub was: String,
    /// "Before this: Scenarios 1–3"; HTML, inline; empty for the first.
    pub before: String,
    /// What to know before the first of a track; HTML, inline; empty for all others.
    pub prerequisites: String,
    /// Whether the page has a recap that replaces what comes before.
    pub has_recap: bool,
    pub group: Option<Link>,
    pub deepens: Vec<ConceptLink>,
    pub uses: Vec<ConceptLink>,
    /// HTML, inline: why this app.
    pub app_why: String,
    /// HTML, inline, line by line.
    pub teaches: Vec<String>,
    /// HTML, inline, line by line.
    pub goals: Vec<String>,
    /// The scenario whose app it takes further.
    pub extends: Option<Link>,
    /// The scenario that carries it out.
    pub realized_by: Option<Link>,
    /// Questions of earlier scenarios that it takes up.
    pub takes_up: Vec<OpenQuestion>,
    /// Questions that it leaves open; HTML, inline.
    pub plants: Vec<String>,
    /// The same questions, with where they are taken up.
    pub leaves_open: Vec<LeftOpen>,
    /// What runs in it, from the stack as it is rendered.
    pub services: Vec<ServiceView>,
    pub metrics: Vec<MetricView>,
    pub panels: Vec<PanelView>,
    pub parameters: Vec<ParameterView>,
    /// The folder on GitHub; only when it can be worked on.
    pub folder: Option<Link>,
    /// The name of its devcontainer, as a list of GitHub's shows it.
    pub devcontainer: String,
    /// How to open it by hand; HTML, inline.
    pub opening: Vec<String>,
    /// What the recorded rehearsal showed; only where it was made with these files.
    pub rehearsal: Option<RehearsalView>,
    /// The page's text; empty while planned.
    pub sections: Vec<Section>,
    /// Whether there are enough sections for an outline.
    pub has_outline: bool,
    pub previous: Option<Card>,
    pub next: Option<Card>,
    pub published: Option<String>,
    pub updated: Option<String>,
}

/// A question and where it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct OpenQuestion {
    pub from: Link,
    /// HTML, inline.
    pub asks: String,
}

/// A question and who takes it up.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOpen {
    /// HTML, inline.
    pub asks: String,
    /// `None` while no scenario does.
    pub by: Option<Link>,
}

/// A service that runs.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceView {
    pub id: String,
    pub title: String,
    pub port: Option<u32>,
    /// Whether the port can be reached from outside.
    pub forwarded: bool,
    /// HTML, inline: what it is.
    pub about: String,
    /// HTML, inline: how to open it; empty if it cannot be opened.
    pub open: String,
}
