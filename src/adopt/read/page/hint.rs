//! Hints: a 💡 quote, an alert, a `<details>` that says so.

use super::block::{Shape, filled, quote_lines};
use super::details::details_at;
use super::view::{Found, View};
use crate::adopt::PartKind;
use crate::adopt::read::marks::{leading_bold, unmarked};
use crate::adopt::read::numbers::{prefix_len, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{HINT, HINT_ALERTS, HINT_SIGNS};
use crate::source::Span;

/// A hint.
pub(super) fn read_hint(view: &View<'_>, at: usize) -> Option<Found> {
    let (text, blocks) = match view.shape(at)? {
        Shape::Quote => (quoted(view.text(at))?, 1),
        Shape::Paragraph => (spans(after_sign(view.text(at))?), 1),
        Shape::Html => {
            let details = details_at(view, at)?;
            let summary = without_ornament(details.summary?);
            is_hint(summary.text).then_some((details.text, details.blocks))?
        }
        _ => return None,
    };
    Some(Found::one(view, at, blocks, PartKind::Hint { text }))
}

/// Whether a text says that it is a hint: "Hint", "Hint 1 of 2", "Need a hint?".
fn is_hint(text: &str) -> bool {
    let plain = unmarked(text);
    HINT.iter().any(|word| prefix_len(&plain, word).is_some())
}

fn quoted(quote: Run<'_>) -> Option<Vec<Span>> {
    let lines = filled(quote_lines(quote));
    let (first, more) = lines.split_first()?;
    let alert = HINT_ALERTS.iter().find(|alert| first.text.eq_ignore_ascii_case(alert));
    let mut kept = match alert {
        Some(_) => Vec::new(),
        None => after_sign(*first)?,
    };
    kept.extend(more);
    Some(spans(kept))
}

fn spans(runs: Vec<Run<'_>>) -> Vec<Span> {
    runs.into_iter().filter(|run| !run.is_blank()).map(|run| run.span).collect()
}

/// What follows 💡, "**Hint:**" or both.
fn after_sign(run: Run<'_>) -> Option<Vec<Run<'_>>> {
    let run = run.trim();
    let text = without_sign(run);
    let is_signed = text.text.len() < run.text.len();
    let Some(bold) = leading_bold(text) else { return is_signed.then(|| vec![text]) };
    let inner = without_sign(bold.inner);
    if names_hint(inner) {
        return Some(vec![without_signs(bold.rest).trim()]);
    }
    // `**💡 Look there.** And then …`
    let is_signed_inside = inner.text.len() < bold.inner.text.len();
    match (is_signed, is_signed_inside) {
        (true, _) => Some(vec![text]),
        (_, true) => Some(vec![inner.trim(), bold.rest.trim()]),
        _ => None,
    }
}

fn without_sign(run: Run<'_>) -> Run<'_> {
    if !run.text.starts_with(HINT_SIGNS) {
        return run;
    }
    run.trim_start_matches(|c| HINT_SIGNS.contains(&c) || c == '\u{fe0f}' || c.is_whitespace())
}

/// Bold words that are the word "Hint" and at most a number.
fn names_hint(inner: Run<'_>) -> bool {
    let text = inner.text.trim().trim_end_matches([':', '.', '?']);
    let len = HINT.iter().filter_map(|word| prefix_len(text, word)).max();
    len.is_some_and(|len| text[len..].chars().all(|c| !c.is_alphabetic()))
}
