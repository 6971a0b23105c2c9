//! Hints: a 💡 quote, an alert, a `<details>` that says so.

use super::block::{Shape, filled, quote_lines};
use super::details::details_at;
use super::view::{Found, View};
use crate::adopt::PartKind;
use crate::adopt::read::marks::{leading_bold, unmarked};
use crate::adopt::read::numbers::{prefix_len, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{HINT, HINT_ALERTS, HINT_SIGNS};

/// A hint.
pub(super) fn read_hint(view: &View<'_>, at: usize) -> Option<Found> {
    let (text, blocks) = match view.shape(at)? {
        Shape::Quote => (quoted(view.text(at))?, 1),
        Shape::Paragraph => (after_sign(view.text(at)).map(|run| vec![run.span])?, 1),
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

fn quoted(quote: Run<'_>) -> Option<Vec<crate::source::Span>> {
    let lines = filled(quote_lines(quote));
    let (first, more) = lines.split_first()?;
    let alert = HINT_ALERTS.iter().find(|alert| first.text.eq_ignore_ascii_case(alert));
    let head = match alert {
        Some(_) => None,
        None => Some(after_sign(*first)?),
    };
    let kept = head.into_iter().filter(|run| !run.is_blank()).chain(more.iter().copied());
    Some(kept.map(|run| run.span).collect())
}

/// What follows 💡, "**Hint:**" or both.
fn after_sign(run: Run<'_>) -> Option<Run<'_>> {
    let run = run.trim();
    let bare = run.trim_start_matches(|c| matches!(c, '*' | '_') || c.is_whitespace());
    let signed = bare.text.starts_with(HINT_SIGNS);
    let text = if signed {
        let cut =
            bare.trim_start_matches(|c| HINT_SIGNS.contains(&c) || c == '\u{fe0f}' || c.is_whitespace());
        // `**💡 Hint:** …` was opened before the sign.
        if bare.text.len() < run.text.len() { cut.trim_start_matches(|c| c == '*') } else { cut }
    } else {
        run
    };
    if let Some(bold) = leading_bold(text).filter(|bold| names_hint(bold.inner)) {
        let rest = without_signs(bold.rest).trim();
        return Some(rest);
    }
    signed.then_some(text)
}

/// Bold words that are the word "Hint" and at most a number.
fn names_hint(inner: Run<'_>) -> bool {
    let text = inner.text.trim().trim_end_matches([':', '.', '?']);
    let len = HINT.iter().filter_map(|word| prefix_len(text, word)).max();
    len.is_some_and(|len| text[len..].chars().all(|c| !c.is_alphabetic()))
}
