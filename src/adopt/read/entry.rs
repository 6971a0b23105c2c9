//! An entry of the curriculum, gathered fact by fact.

use super::facts::{fact_of, listed, minutes, nothing_at, status_of};
use super::marks::{code_texts, leading_bold, unmarked};
use super::numbers::{labelled, numbered, without_signs};
use super::run::Run;
use super::vocabulary::{Fact, SCENARIO};
use crate::adopt::{Entry, Number};
use crate::source::{Span, Spanned};
use crate::syntax::document::Link;

/// An entry that has nothing but a place and a title.
pub(super) fn entry_at(span: Span, title: Run<'_>) -> Entry {
    let (number, rest) = split_number(title);
    Entry {
        span,
        number,
        title: Spanned::new(unmarked(rest.text), rest.span),
        folder: None,
        link: None,
        status: None,
        summary: None,
        app: None,
        concepts: Vec::new(),
        builds_on: Vec::new(),
        minutes: None,
        other: Vec::new(),
    }
}

/// "Scenario 3: The title", "03 · The title".
fn split_number(title: Run<'_>) -> (Option<Number>, Run<'_>) {
    // `**1.** title`
    let bold = leading_bold(title).and_then(|bold| bare_number(bold.inner).map(|number| (number, bold.rest)));
    if let Some((number, rest)) = bold.filter(|(_, rest)| !rest.is_blank()) {
        return (Some(number), without_signs(rest).trim());
    }
    match labelled(title, &SCENARIO).or_else(|| numbered(title)) {
        Some(found) if !found.rest.is_blank() => (Some(found.number), found.rest.trim()),
        _ => (None, title.trim()),
    }
}

/// Puts a fact where it belongs; one without a place is kept by its name.
pub(super) fn put_fact(entry: &mut Entry, name: Run<'_>, value: Run<'_>) {
    let value = value.trim();
    if value.is_blank() {
        return;
    }
    match fact_of(name.text) {
        Some(Fact::Status) => entry.status = status_of(value).or_else(|| entry.status.take()),
        Some(Fact::Concepts) => entry.concepts = listed(value),
        Some(Fact::BuildsOn) => entry.builds_on = listed(value),
        Some(Fact::Minutes) => {
            entry.minutes = minutes(value.text).map(|found| Spanned::new(found, value.span))
        }
        Some(Fact::App) => entry.app = Some(value.span),
        Some(Fact::Summary) if entry.summary.is_none() => entry.summary = Some(value.span),
        Some(Fact::Number) => entry.number = bare_number(value).or(entry.number),
        // A column without a name often holds a mark.
        None if name.is_blank() && status_of(value).is_some() => {
            entry.status = entry.status.take().or_else(|| status_of(value));
        }
        _ => entry.other.push((Spanned::new(unmarked(name.text), name.span), value.span)),
    }
}

/// The number that a cell holds.
pub(super) fn bare_number(run: Run<'_>) -> Option<Number> {
    let digits = run.trim_matches(|c| !c.is_alphanumeric());
    let value = digits.text.parse().ok()?;
    Some(Number { value, minor: None, span: digits.span })
}

/// The title's link, and the title in it.
pub(super) fn put_link(entry: &mut Entry, links: &[&Link], text: impl Fn(Span) -> String) {
    let inside = |link: &&&Link| {
        let at = entry.title.span;
        !link.image && link.span.start >= at.start.saturating_sub(1) && link.span.end <= at.end + 1
    };
    let own = links
        .iter()
        .find(inside)
        .or_else(|| links.iter().find(|link| !link.image && !link.destination.contains("://")));
    let Some(link) = own else { return };
    entry.link = Some(link.destination.clone());
    let written = text(link.text);
    // `[03 · The title](…)`: the number is in the link.
    if link.span == entry.title.span || entry.title.span.to(link.span) == entry.title.span {
        let run = Run { text: &written, span: link.text };
        let (number, rest) = split_number(run);
        entry.number = number.or(entry.number);
        entry.title = Spanned::new(unmarked(rest.text), rest.span);
    }
}

/// A path between backticks, where an entry has no link.
pub(super) fn path_named(run: Run<'_>) -> Option<Spanned<String>> {
    code_texts(run).find(|code| code.text.contains(['/', '-'])).map(Run::spanned)
}

/// An empty place for an entry without a title.
pub(super) fn no_title(run: Run<'_>) -> Spanned<String> {
    Spanned::new(String::new(), nothing_at(run))
}
