//! `source/undeclared-change`: what a solution changes, and no block of the page shows.

use std::collections::HashSet;

use similar::{DiffTag, capture_diff_slices};

use crate::adopt::audit::compare::{Line, Scenario, changes, lines_of_file, scenarios};
use crate::adopt::{PartKind, Repository, SolutionFile};
use crate::diag::catalog::document::UNDECLARED_CHANGE;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Compares each solution with the file that it stands for.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        // A page without any block shows its changes in other ways.
        if changes(repository, scenario).is_empty() {
            continue;
        }
        let shown = shown_lines(repository, scenario);
        // A finished file among the learner's own has a finding of its own.
        let is_apart = |it: &&SolutionFile| repository.files.path(it.file).as_str().contains("solution");
        for solution in scenario.folder.solution.iter().filter(is_apart) {
            check_solution(repository, scenario, solution, &shown, sink);
        }
    }
}

/// Every line of code that the page shows, in a change or in another fence.
fn shown_lines(repository: &Repository, scenario: Scenario<'_>) -> HashSet<String> {
    let mut shown = HashSet::new();
    for change in changes(repository, scenario) {
        let lines = change.before.into_iter().chain(change.after).flatten();
        shown.extend(lines.map(|line| line.text));
    }
    // Other fences, and code in the text: a command may say what to write.
    for part in scenario.page.parts.iter().filter(|part| !matches!(part.kind, PartKind::AnswerKey)) {
        let lines = repository.files.slice(part.span).lines();
        shown.extend(lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    shown
}

fn check_solution(
    repository: &Repository,
    scenario: Scenario<'_>,
    solution: &SolutionFile,
    shown: &HashSet<String>,
    sink: &Sink,
) {
    let Some(original) = solution.replaces.as_ref().and_then(|path| {
        let wanted = scenario.folder.path.join(path);
        let app = scenario.folder.app.iter().copied().chain(scenario.folder.compose);
        app.into_iter().find(|file| *repository.files.path(*file) == wanted)
    }) else {
        return;
    };
    let before = lines_of_file(&repository.files, original);
    let after = lines_of_file(&repository.files, solution.file);
    let Some((here, was)) = first_unshown(&before, &after, shown) else { return };
    let inside = repository.files.path(original).strip_prefix(&scenario.folder.path);
    let name = inside.map_or("the file", |path| path.as_str());
    let message = format!("the solution changes `{name}` here, and no block of the page shows it");
    let span = here.or(was).map_or(Span::file_start(solution.file), |line| line.span);
    let mut finding = Diagnostic::new(&UNDECLARED_CHANGE, span, message);
    if let (Some(was), Some(_)) = (was, here) {
        finding = finding.also(was.span, "as learners have it");
    }
    sink.push(finding.help("show it in a block of its fix, or take it out of the solution"));
}

/// The first line that the solution adds or takes away and nothing shows: in the solution, and in the
/// learner's file.
fn first_unshown<'l>(
    before: &'l [Line],
    after: &'l [Line],
    shown: &HashSet<String>,
) -> Option<(Option<&'l Line>, Option<&'l Line>)> {
    let texts = |lines: &[Line]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    let (old, new) = (texts(before), texts(after));
    for operation in capture_diff_slices(similar::Algorithm::Patience, &old, &new) {
        if operation.tag() == DiffTag::Equal {
            continue;
        }
        let (taken, added) = (&before[operation.old_range()], &after[operation.new_range()]);
        let unshown = |line: &&Line| !shown.contains(&line.text) && line.text.len() > 3;
        let here = added.iter().find(unshown);
        let was = taken.iter().find(unshown);
        if here.is_some() || (was.is_some() && added.is_empty()) {
            return Some((here, was.or(taken.first())));
        }
    }
    None
}
