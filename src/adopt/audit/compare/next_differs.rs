//! `adopt/next-differs`.

use super::course::{Scenario, entries, scenarios};
use super::text::words;
use crate::adopt::{Entry, Next, PartKind, Repository};
use crate::diag::catalog::adopt::NEXT_DIFFERS;
use crate::diag::{Diagnostic, Sink};

/// Compares the closing line of each page with the curriculum.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        for part in &scenario.page.parts {
            if let PartKind::Next(next) = &part.kind {
                check_next(repository, scenario, next, sink);
            }
        }
    }
}

fn check_next(repository: &Repository, scenario: Scenario<'_>, next: &Next, sink: &Sink) {
    let all: Vec<&Entry> = entries(repository).collect();
    let Some(own) = all.iter().position(|entry| entry.folder == Some(scenario.index)) else { return };
    let Some(follows) = all.get(own + 1) else { return };
    let wanted = || match follows.number {
        Some(number) => format!("Scenario {} is \"{}\"", number.value, follows.title.value),
        None => format!("\"{}\" comes next", follows.title.value),
    };
    let place = match (next.number, follows.number, &next.title) {
        (Some(here), Some(listed), _) if here.value != listed.value => here.span,
        (_, _, Some(title)) if words(&title.value) != words(&follows.title.value) => title.span,
        _ => return,
    };
    let message = format!("the curriculum goes on with something else: {}", wanted());
    let finding = Diagnostic::new(&NEXT_DIFFERS, place, message).also(follows.title.span, "the curriculum");
    sink.push(finding.help(format!("write \"{}\"", follows.title.value)));
}
