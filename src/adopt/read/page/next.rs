//! The line that says what comes next.

use super::block::Shape;
use super::title::split_title;
use super::view::{Found, View};
use crate::adopt::read::marks::{emphasised, unmarked};
use crate::adopt::read::numbers::{prefix_len, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::NEXT;
use crate::adopt::{Next, PartKind};

/// "Next: …" at the end of a page, with the rule above it.
pub(super) fn read_next(view: &View<'_>, at: usize) -> Option<Found> {
    let line = at + usize::from(matches!(view.shape(at)?, Shape::Break));
    // Only what closes the page: the end, another rule, a comment, a new chapter for teachers.
    let is_last = (line + 1..view.blocks.len())
        .take(3)
        .all(|after| !matches!(view.shape(after), Some(Shape::Paragraph | Shape::Fence { .. })));
    let text = view.paragraph(line).filter(|_| is_last)?;
    let rest = after_next(text)?;
    let link = view.blocks[line].links.iter().find(|link| !link.image);
    // A link is the name of what comes next, but for the word itself: `[Next: …](…)`.
    let named = match link.map(|link| view.run(link.text)) {
        Some(text) => after_next(text).unwrap_or(text),
        None => rest,
    };
    let named = named.trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '_' | '→' | '➡' | '.'));
    let (number, title) = split_title(named);
    let link = link.map(|link| link.destination.clone());
    let next = PartKind::Next(Next { number, title, link });
    Some(Found::one(view, at, line - at + 1, next))
}

fn after_next(text: Run<'_>) -> Option<Run<'_>> {
    if text.text.trim().contains('\n') {
        return None;
    }
    let text = without_ornament(text.trim());
    let text = emphasised(text).unwrap_or(text);
    let text = text.trim_matches(|c| matches!(c, '*' | '_' | '[') || c.is_whitespace());
    let text = without_ornament(text);
    let len = NEXT.iter().filter_map(|word| prefix_len(text.text, word)).max()?;
    let rest = text.from(len);
    let is_marked = rest
        .text
        .trim_start_matches(['*', '_'])
        .trim_start()
        .starts_with([':', '–', '—', '-', '→', '·', '[']);
    let says_more = !unmarked(rest.text).is_empty();
    (is_marked && says_more).then(|| {
        without_signs(rest.trim_start_matches(|c| matches!(c, '*' | '_')))
            .trim_start_matches(|c| matches!(c, '*' | '_' | ' '))
    })
}
