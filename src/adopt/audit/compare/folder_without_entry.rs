//! `adopt/folder-without-entry`.

use super::course::{entries, entry_of, scenarios};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::FOLDER_WITHOUT_ENTRY;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Looks for scenarios that the curriculum does not list.
pub fn check(repository: &Repository, sink: &Sink) {
    if entries(repository).next().is_none() {
        return;
    }
    for scenario in scenarios(repository) {
        if entry_of(repository, scenario.index).is_some() {
            continue;
        }
        let span =
            scenario.page.title.as_ref().map_or(Span::file_start(scenario.page.file), |title| title.span);
        let message = format!("the curriculum does not list `{}`", scenario.folder.path);
        let help = "add a row with a link to its folder to the curriculum in README.md";
        sink.push(Diagnostic::new(&FOLDER_WITHOUT_ENTRY, span, message).help(help));
    }
}
