//! `adopt/stale-after`.

use super::changes::{Comparison, Shown, changes, compare_block};
use super::course::{Scenario, scenarios};
use super::stale_before::is_of_language;
use crate::adopt::Repository;
use crate::diag::Sink;
use crate::diag::catalog::adopt::STALE_AFTER;
use crate::source::FileId;

/// Compares what pages show as the fix with the solutions.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let all = changes(repository, scenario);
        for (at, change) in all.iter().enumerate() {
            let Some(after) = &change.after else { continue };
            let later = all[at + 1..].iter().flat_map(|change| change.before.iter().flatten().cloned());
            let comparison = Comparison {
                spec: &STALE_AFTER,
                candidates: candidates(repository, scenario, change),
                accounted: later.collect(),
                what: "the block after the fix",
                must_be_somewhere: false,
            };
            compare_block(repository, after, &comparison, sink);
        }
    }
}

/// The solutions that stand for the file that the page names, else all of its language.
fn candidates(repository: &Repository, scenario: Scenario<'_>, change: &Shown) -> Vec<FileId> {
    let solutions = &scenario.folder.solution;
    if let Some(named) = &change.file {
        let stands_for = |replaces: &camino::Utf8PathBuf| replaces == named;
        let found = solutions.iter().filter(|it| it.replaces.as_ref().is_some_and(stands_for));
        let found: Vec<FileId> = found.map(|it| it.file).collect();
        if !found.is_empty() {
            return found;
        }
    }
    let paths = solutions.iter().map(|it| it.file);
    paths.filter(|file| is_of_language(&change.language, repository.files.path(*file).as_str())).collect()
}
