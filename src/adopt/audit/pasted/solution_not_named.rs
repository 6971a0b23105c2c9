//! `pedagogy/solution-not-in-stuck-table`: a solution that nobody who is stuck is led to.

use crate::adopt::audit::compare::{Scenario, scenarios};
use crate::adopt::{PartKind, Repository};
use crate::check::rules::pedagogy::solution_not_in_stuck_table::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::model::Role;
use crate::source::Span;

/// Looks for each solution in the stuck tables of its page.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let Some((heading, text)) = stuck(repository, scenario) else { continue };
        for solution in &scenario.folder.solution {
            let path = repository.files.path(solution.file);
            let Ok(inside) = path.strip_prefix(&scenario.folder.path) else { continue };
            // A finished file among the learner's own has a finding of its own.
            if inside.components().count() < 2 || !inside.as_str().contains("solution") {
                continue;
            }
            let is_named =
                inside.ancestors().any(|part| !part.as_str().is_empty() && names(&text, part.as_str()));
            if !is_named {
                let message = format!("the stuck table does not lead to `{inside}`");
                let finding = Diagnostic::new(&SPEC, heading, message)
                    .also(Span::file_start(solution.file), "the solution");
                sink.push(finding.help(format!("add a row that says when to open `{inside}`")));
            }
        }
    }
}

/// The heading of the stuck section, and all that its tables say.
fn stuck(repository: &Repository, scenario: Scenario<'_>) -> Option<(Span, String)> {
    let mut text = String::new();
    let mut heading = None;
    for part in &scenario.page.parts {
        match &part.kind {
            PartKind::Section(section) if section.role == Some(Role::Stuck) => {
                heading = Some(section.title.span)
            }
            PartKind::Stuck { .. } => text.push_str(repository.files.slice(part.span)),
            _ => {}
        }
    }
    let first = scenario.page.parts.iter().find(|part| matches!(part.kind, PartKind::Stuck { .. }))?;
    Some((
        heading.unwrap_or(Span::new(first.span.file, first.span.start as usize, first.span.start as usize)),
        text,
    ))
}

/// Whether a text has a path, and not only a longer one that begins with it.
fn names(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let rest = text[at + path.len()..].trim_start_matches('/');
        !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
    })
}
