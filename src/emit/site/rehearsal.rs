//! What the page of a scenario says about its recorded rehearsal. Part of the contract with themes.

use serde::Serialize;

use crate::emit::rehearsed::{Seen, rehearsed};
use crate::manifest::run::Figures;
use crate::model::Written;

use super::fill::fill_word;
use super::measures::{grouped, with_unit};
use super::theme::Theme;

/// What a rehearsal showed.
#[derive(Clone, Debug, Serialize)]
pub struct RehearsalView {
    /// The day, `2026-11-20`.
    pub on: String,
    /// `native` or `compose`.
    pub driver: &'static str,
    pub cores: u32,
    /// How many times all stages were gone through; figures are medians.
    pub rounds: u32,
    /// "Medians of 3 rounds, as processes of one machine with 2 CPU cores."
    pub how: String,
    /// All of it in one sentence, in plain text. It gives away how the exercise ends.
    pub text: String,
    pub before: SeenView,
    pub after: SeenView,
    /// What each stage showed, in the order of the run. It gives away how the exercise ends.
    pub stages: Vec<StageView>,
}

/// The figures of one stage.
#[derive(Clone, Debug, Serialize)]
pub struct SeenView {
    /// Percentage of the requests that were answered with success.
    pub success: f64,
    /// Such answers per second.
    pub rps: f64,
}

/// The figures of one stage and one load test, as they are printed: with units, and empty where
/// nothing was measured.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// "As you find it", "After Fix 1".
    pub label: String,
    /// The load test's id; empty if there is only one.
    pub test: String,
    pub success: String,
    pub rps: String,
    pub p50: String,
    pub p99: String,
}

/// The view of a recorded run that was made with these files.
pub(super) fn rehearsal(written: &Written, theme: &Theme) -> Option<RehearsalView> {
    let found = rehearsed(written)?;
    let run = written.rehearsed()?;
    let view = |seen: Seen| SeenView { success: seen.success, rps: seen.rps };
    let (before, after) = found.figures();
    let mut stages = Vec::new();
    for (stage, shown) in run.stages.iter() {
        let several = shown.loadtests.0.len() > 1;
        for (test, figures) in shown.loadtests.iter() {
            let test = if several { test.value.clone() } else { String::new() };
            stages.push(stage_view(stage_label(written, &stage.value, theme), test, figures));
        }
    }
    Some(RehearsalView {
        on: found.on().to_owned(),
        driver: found.driver(),
        cores: found.cores(),
        rounds: run.recorded.rounds,
        how: how(found.driver(), found.cores(), run.recorded.rounds, theme),
        text: found.sentence(),
        before: view(before),
        after: view(after),
        stages,
    })
}

fn how(driver: &str, cores: u32, rounds: u32, theme: &Theme) -> String {
    let driver = theme.word(&format!("rehearsed-{driver}"));
    let cores = match cores {
        1 => theme.word("rehearsed-core"),
        cores => fill_word(&theme.word("rehearsed-cores"), &[("cores", &cores.to_string())]),
    };
    let key = if rounds == 1 { "rehearsed-round" } else { "rehearsed-rounds" };
    let values = [("rounds", rounds.to_string()), ("driver", driver), ("cores", cores)];
    fill_word(&theme.word(key), &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn stage_view(label: String, test: String, figures: &Figures) -> StageView {
    let text = |value: Option<f64>, unit: &str| {
        value.map(|value| with_unit(&grouped(value), unit)).unwrap_or_default()
    };
    StageView {
        label,
        test,
        success: text(figures.success, "%"),
        rps: text(figures.rps, ""),
        p50: text(figures.p50, "ms"),
        p99: text(figures.p99, "ms"),
    }
}

/// A stage without the words of its fix, for those are part of the answer.
fn stage_label(written: &Written, stage: &str, theme: &Theme) -> String {
    let Some(fix) = written.fixes.iter().find(|fix| fix.id == stage) else {
        return theme.word("stage-broken");
    };
    let key = match (written.fixes.len(), fix.kept) {
        (1, _) => "stage-after-only",
        (_, true) => "stage-after",
        (_, false) => "stage-tried",
    };
    fill_word(&theme.word(key), &[("fix", &fix.label)])
}
