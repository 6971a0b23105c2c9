//! `solution/outside-solution-folder`: a finished file among those that learners work on.

use crate::adopt::Repository;
use crate::adopt::audit::compare::scenarios;
use crate::check::rules::solution::outside_solution_folder::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Looks where each solution lies.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        for solution in &scenario.folder.solution {
            let path = repository.files.path(solution.file);
            let Ok(inside) = path.strip_prefix(&scenario.folder.path) else { continue };
            let folder = inside.parent().map_or("", |folder| folder.as_str());
            if folder.contains("solution") || folder.contains("fixed") || folder.contains("answer") {
                continue;
            }
            let message = format!("`{inside}` is a solution among the files that learners work on");
            let help = "move it into `solution/`";
            let text = repository.files.text(solution.file).unwrap_or("");
            let line = text.find('\n').unwrap_or(text.len());
            let span = Span::new(solution.file, 0, line);
            sink.push(Diagnostic::new(&SPEC, span, message).help(help));
        }
    }
}
