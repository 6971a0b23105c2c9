//! `adopt/title-differs`.

use super::course::{Scenario, entry_of, scenarios};
use super::text::{likeness, words};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::TITLE_DIFFERS;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Compares the titles that a scenario has in different places.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        check_entry(repository, scenario, sink);
        // Where page and curriculum differ, that is said, and the README repeats one of the two.
        let is_right = entry_of(repository, scenario.index).is_none_or(|entry| {
            scenario.page.title.as_ref().is_some_and(|title| words(&title.value) == words(&entry.title.value))
        });
        if let Some(readme) = scenario.folder.readme.filter(|_| is_right) {
            check_readme(repository, scenario, readme, sink);
        }
    }
}

fn check_entry(repository: &Repository, scenario: Scenario<'_>, sink: &Sink) {
    let Some(title) = &scenario.page.title else { return };
    let Some(entry) = entry_of(repository, scenario.index) else { return };
    if words(&title.value) == words(&entry.title.value) {
        return;
    }
    let message =
        format!("the page is called \"{}\", the curriculum lists \"{}\"", title.value, entry.title.value);
    let finding =
        Diagnostic::new(&TITLE_DIFFERS, title.span, message).also(entry.title.span, "the curriculum");
    sink.push(finding.help("use one title in both places"));
}

/// The first heading of the folder's README repeats the title of the page.
fn check_readme(repository: &Repository, scenario: Scenario<'_>, readme: FileId, sink: &Sink) {
    let files = &repository.files;
    let (Some(title), Ok(text)) = (&scenario.page.title, files.text(readme)) else { return };
    let Some(line) = text.lines().find(|line| line.starts_with("# ")) else { return };
    let (heading, wanted) = (words(line), words(&title.value));
    let at = line.as_ptr() as usize - text.as_ptr() as usize;
    let span = Span::new(readme, at + 2, at + line.len());
    let tail = heading.split_once([':', '-', '·', '.']).map_or(heading.as_str(), |(_, tail)| tail.trim());
    let repeats = heading.starts_with("scenario") || likeness(tail, &wanted) > 0.5;
    if repeats && !heading.ends_with(&wanted) && heading.split_whitespace().count() > 2 {
        let message = format!("the page is called \"{}\"", title.value);
        let finding = Diagnostic::new(&TITLE_DIFFERS, span, message).also(title.span, "the page");
        sink.push(finding.help("use one title in both places"));
    }
}
