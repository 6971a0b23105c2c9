//! The panels that learners see, each with what an author edits to change it.

use std::ops::Range;

use crate::check::{Checked, Exercise, ExerciseFile};
use crate::diag::{CodeSpec, Diagnostic};
use crate::manifest::measure::{Panel, Series};
use crate::source::{Files, Span, Spanned};
use crate::syntax::grafana::{BoardPanel, Dashboard, Target, place_in_json};

/// A panel of a dashboard.
#[derive(Clone, Copy)]
pub struct ShownPanel<'c> {
    pub exercise: &'c Exercise<'c>,
    pub file: &'c ExerciseFile<'c>,
    pub board: &'c Dashboard,
    pub panel: &'c BoardPanel,
    /// The panel of scenario.yml that it was made from.
    pub declared: Option<&'c Panel>,
}

/// A query of a panel.
#[derive(Clone, Copy)]
pub struct Shown<'c> {
    pub panel: ShownPanel<'c>,
    pub target: &'c Target,
    pub series: Option<&'c Series>,
}

/// Calls `visit` for every panel of every dashboard.
pub fn for_each_panel<'c>(checked: &'c Checked<'c>, mut visit: impl FnMut(ShownPanel<'c>)) {
    for exercise in checked.exercises {
        for (_, file) in exercise.each_file() {
            let Some(board) = file.dashboard() else { continue };
            for (at, panel) in board.panels.iter().enumerate() {
                let declared = exercise.scenario.panels.get(at).filter(|_| file.rendered);
                visit(ShownPanel { exercise, file, board, panel, declared });
            }
        }
    }
}

/// Calls `visit` for every query of every panel.
pub fn for_each_target<'c>(checked: &'c Checked<'c>, mut visit: impl FnMut(Shown<'c>)) {
    for_each_panel(checked, |panel| {
        for (at, target) in panel.panel.targets.iter().enumerate() {
            let series = panel.declared.and_then(|declared| declared.series.get(at));
            visit(Shown { panel, target, series });
        }
    });
}

impl ShownPanel<'_> {
    /// A finding about the panel as a whole.
    pub fn finding(&self, files: &Files, spec: &'static CodeSpec, message: String) -> Diagnostic {
        let at = self.panel.at.clone();
        match self.declared {
            Some(declared) => self.file.finding_at(spec, declared.title.span, at, message),
            None => self.file.finding(files, spec, at, message),
        }
    }
}

impl Shown<'_> {
    /// A finding at a place of the expression.
    pub fn finding(
        &self,
        files: &Files,
        spec: &'static CodeSpec,
        at: Range<usize>,
        message: String,
    ) -> Diagnostic {
        let span = self.span(files, at);
        self.panel.file.finding_at(spec, span, self.target.expr_at.clone(), message)
    }

    /// The texts of which the series is made; none for a dashboard that was written by hand.
    pub fn parts(&self) -> Vec<&Spanned<String>> {
        self.series.map_or_else(Vec::new, |series| {
            if let Some(own) = &series.promql { vec![own] } else { parts_of(series) }
        })
    }

    /// What an author edits to change a place of the expression.
    pub fn span(&self, files: &Files, at: Range<usize>) -> Span {
        let file = self.panel.file;
        let Some(series) = self.series else {
            let whole = file.span(files, self.target.expr_at.clone());
            if file.rendered {
                return whole;
            }
            let place = place_in_json(files.slice(whole), at);
            return whole.sub(place.start, place.end);
        };
        let expr = &self.target.expr;
        let needle = expr.get(at.clone()).unwrap_or("");
        if let Some(own) = &series.promql {
            let before = expr.get(..at.start).map_or(0, |before| before.matches(needle).count());
            return find_in(files, own.span, needle, before).unwrap_or(own.span);
        }
        let bare = needle.strip_suffix("_bucket").unwrap_or(needle);
        let parts = parts_of(series);
        let found = [needle, bare]
            .iter()
            .find_map(|needle| parts.iter().find_map(|part| find_in(files, part.span, needle, 0)));
        found.or_else(|| parts.first().map(|part| part.span)).unwrap_or(series.span)
    }
}

/// The texts of which a series is made, those with selectors first.
fn parts_of(series: &Series) -> Vec<&Spanned<String>> {
    let mut parts: Vec<&Spanned<String>> = Vec::new();
    parts.extend(series.rate.iter().chain(&series.gauge).chain(series.ratio.iter().flatten()));
    parts.extend(series.quantile.iter().map(|quantile| &quantile.of));
    let by = series.quantile.as_ref().and_then(|quantile| quantile.by.as_ref()).into_iter().chain(&series.by);
    parts.extend(by.flat_map(|by| &by.0));
    parts
}

/// Where a word stands in the text under a span, passing over some.
fn find_in(files: &Files, span: Span, needle: &str, skip: usize) -> Option<Span> {
    let text = files.slice(span);
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
    let whole = |at: usize| {
        let goes_on_before = is_word(text[..at].chars().next_back()) && is_word(needle.chars().next());
        let behind = text[at + needle.len()..].chars().next();
        let goes_on_behind = is_word(behind) && is_word(needle.chars().next_back());
        !goes_on_before && !goes_on_behind
    };
    if needle.is_empty() {
        return None;
    }
    let mut found = text.match_indices(needle).map(|(at, _)| at);
    let at = if skip == 0 { found.find(|at| whole(*at)) } else { found.nth(skip) };
    at.map(|at| span.sub(at, at + needle.len()))
}
