//! The title of a page: `# Scenario 3: …`.

use super::view::View;
use crate::adopt::Number;
use crate::adopt::read::marks::unmarked;
use crate::adopt::read::numbers::{Labelled, labelled, numbered};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::SCENARIO;
use crate::source::Spanned;

/// The number and the words of a title.
pub(super) fn read_title(view: &View<'_>, at: usize) -> Option<(Option<Number>, Option<Spanned<String>>)> {
    let (level, text) = view.heading(at)?;
    (level == 1).then(|| split_title(text))
}

/// "Scenario 3: The title", "03 · The title", "The title".
pub(in crate::adopt::read) fn split_title(text: Run<'_>) -> (Option<Number>, Option<Spanned<String>>) {
    let text = text.trim();
    let title = |run: Run<'_>| {
        let run = run.trim();
        (!run.is_blank()).then(|| Spanned::new(unmarked(run.text), run.span))
    };
    match labelled(text, &SCENARIO).or_else(|| numbered(text)) {
        Some(Labelled { number, rest, .. }) => (Some(number), title(rest)),
        None => (None, title(text)),
    }
}
