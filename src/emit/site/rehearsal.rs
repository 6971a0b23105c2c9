//! What the page of a scenario says about its recorded rehearsal. Part of the contract with themes.

use serde::Serialize;

use crate::emit::rehearsed::{Seen, rehearsed};
use crate::model::Written;

/// What a rehearsal showed.
#[derive(Clone, Debug, Serialize)]
pub struct RehearsalView {
    /// The day, `2026-11-20`.
    pub on: String,
    /// `native` or `compose`.
    pub driver: &'static str,
    pub cores: u32,
    /// All of it in one sentence, in plain text.
    pub text: String,
    pub before: SeenView,
    pub after: SeenView,
}

/// The figures of one stage.
#[derive(Clone, Debug, Serialize)]
pub struct SeenView {
    /// Percentage of the requests that were answered with success.
    pub success: f64,
    /// Such answers per second.
    pub rps: f64,
}

/// The view of a recorded run that was made with these files.
pub(super) fn rehearsal(written: &Written) -> Option<RehearsalView> {
    let found = rehearsed(written)?;
    let view = |seen: Seen| SeenView { success: seen.success, rps: seen.rps };
    let (before, after) = found.figures();
    Some(RehearsalView {
        on: found.on().to_owned(),
        driver: found.driver(),
        cores: found.cores(),
        text: found.sentence(),
        before: view(before),
        after: view(after),
    })
}
