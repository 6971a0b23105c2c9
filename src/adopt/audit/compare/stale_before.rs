//! `adopt/stale-before`.

use super::changes::{Comparison, Shown, changes, compare_block};
use super::course::{Scenario, scenarios};
use crate::adopt::Repository;
use crate::diag::Sink;
use crate::diag::catalog::adopt::STALE_BEFORE;
use crate::source::FileId;

/// Compares what pages show as the problem with the files that learners have.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let all = changes(repository, scenario);
        for (at, change) in all.iter().enumerate() {
            let Some(before) = &change.before else { continue };
            let earlier = all[..at].iter().flat_map(|change| change.after.iter().flatten().cloned());
            let comparison = Comparison {
                spec: &STALE_BEFORE,
                candidates: candidates(repository, scenario, change),
                accounted: earlier.collect(),
                what: "the block before the fix",
                must_be_somewhere: change.file.is_some(),
            };
            compare_block(repository, before, &comparison, sink);
        }
    }
}

/// The file that the page names, else every file of its language.
fn candidates(repository: &Repository, scenario: Scenario<'_>, change: &Shown) -> Vec<FileId> {
    let files = &repository.files;
    let app = scenario.folder.app.iter().copied().chain(scenario.folder.compose);
    if let Some(named) = &change.file {
        let wanted = scenario.folder.path.join(named);
        let found: Vec<FileId> = app.clone().filter(|file| *files.path(*file) == wanted).take(1).collect();
        if !found.is_empty() {
            return found;
        }
    }
    let mut found: Vec<FileId> =
        app.filter(|file| is_of_language(&change.language, files.path(*file).as_str())).collect();
    found.dedup();
    found
}

/// Whether a file may hold code of a fence's language.
pub fn is_of_language(language: &str, path: &str) -> bool {
    let endings: &[&str] = match language {
        "js" | "javascript" | "node" => &[".js", ".mjs", ".cjs"],
        "sql" => &[".sql"],
        "yaml" | "yml" => &[".yml", ".yaml"],
        "json" => &[".json"],
        "sh" | "bash" | "shell" => &[".sh"],
        "dockerfile" => &["Dockerfile"],
        "nginx" | "conf" => &[".conf"],
        _ => &[".js", ".yml", ".yaml", ".conf", ".json", ".sql"],
    };
    endings.iter().any(|ending| path.ends_with(ending))
}
