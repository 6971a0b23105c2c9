//! `adopt/concepts-differ`.

use super::course::{entries, entry_of, scenarios};
use super::fields;
use super::text::words;
use crate::adopt::{Field, Repository};
use crate::diag::catalog::adopt::CONCEPTS_DIFFER;
use crate::diag::{Diagnostic, Sink};
use crate::source::Spanned;

/// Compares the concepts of each page with those of the curriculum.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let Some(entry) = entry_of(repository, scenario.index) else { continue };
        if let Some((field, concepts)) = fields::concepts(scenario.page) {
            // What another one introduces is listed again where it is needed.
            let of_others = entries(repository).filter(|other| !std::ptr::eq(*other, entry));
            let known: Vec<String> =
                of_others.flat_map(|other| &other.concepts).map(|concept| words(&concept.value)).collect();
            let is_listed = |name: &String| entry.concepts.iter().any(|listed| words(&listed.value) == *name);
            let own = concepts.iter().filter(|concept| {
                let name = words(&concept.value);
                is_listed(&name) || !known.contains(&name)
            });
            let own: Vec<Spanned<String>> = own.cloned().collect();
            compare(field, &own, &entry.concepts, sink);
        }
        if let Some((field, concepts)) = fields::builds_on(scenario.page) {
            compare(field, concepts, &entry.builds_on, sink);
        }
    }
}

fn compare(field: &Field, here: &[Spanned<String>], listed: &[Spanned<String>], sink: &Sink) {
    if here.is_empty() || listed.is_empty() {
        return;
    }
    let missing = |from: &[Spanned<String>], of: &[Spanned<String>]| -> Vec<Spanned<String>> {
        let known: Vec<String> = from.iter().map(|it| words(&it.value)).collect();
        of.iter().filter(|it| !known.contains(&words(&it.value))).cloned().collect()
    };
    let (left_out, added) = (missing(here, listed), missing(listed, here));
    let names = |list: &[Spanned<String>]| {
        list.iter().map(|it| format!("`{}`", it.value)).collect::<Vec<_>>().join(", ")
    };
    let name = &field.name.value;
    let (message, span) = match (left_out.as_slice(), added.as_slice()) {
        ([], []) => return,
        (left_out, []) => {
            (format!("`{name}` leaves out {}, which the curriculum lists", names(left_out)), field.value.span)
        }
        // The place is where something is missing.
        ([], added) => {
            let list = listed[0].span.to(listed[listed.len() - 1].span);
            let message = format!("this leaves out {}, which the page lists", names(added));
            let finding = Diagnostic::new(&CONCEPTS_DIFFER, list, message).also(added[0].span, "the page");
            sink.push(finding.help("list the same in both places"));
            return;
        }
        (left_out, added) => {
            let message = format!("the curriculum lists {}, the page {}", names(left_out), names(added));
            (message, added[0].span)
        }
    };
    let theirs = left_out.first().or(listed.first()).map(|it| it.span);
    let mut finding = Diagnostic::new(&CONCEPTS_DIFFER, span, message);
    if let Some(theirs) = theirs {
        finding = finding.also(theirs, "the curriculum");
    }
    sink.push(finding.help("list the same in both places"));
}
