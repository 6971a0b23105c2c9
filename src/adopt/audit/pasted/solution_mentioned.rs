//! `solution/mentioned-early`: a page that leads to the solution before anybody is stuck.

use crate::adopt::audit::compare::{Scenario, paragraphs_of_part, scenarios};
use crate::adopt::{PartKind, Repository};
use crate::check::rules::solution::mentioned_early::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::model::Role;

/// Looks at the texts of each page before its stuck table and its key.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let names = solution_names(repository, scenario);
        let mut is_help = false;
        for part in &scenario.page.parts {
            match &part.kind {
                PartKind::Section(section) => is_help = section.role == Some(Role::Stuck),
                PartKind::AnswerKey | PartKind::Faq { .. } | PartKind::Stuck { .. } => continue,
                _ => {}
            }
            if is_help {
                continue;
            }
            for span in paragraphs_of_part(&repository.files, part) {
                let text = repository.files.slice(span);
                if let Some(at) = names.iter().find_map(|name| mention(text, name)) {
                    let message = "learners read here where the solution lies";
                    let finding = Diagnostic::new(&SPEC, span.sub(at.start, at.end), message);
                    sink.push(finding.help("take it out, or move it to the stuck table"));
                }
            }
        }
    }
}

/// The paths of solutions and of the folders that hold them, as a page of the scenario names them.
fn solution_names(repository: &Repository, scenario: Scenario<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for solution in &scenario.folder.solution {
        let path = repository.files.path(solution.file);
        let Ok(inside) = path.strip_prefix(&scenario.folder.path) else { continue };
        names.push(inside.to_string());
        if let Some(folder) = inside.components().next().filter(|_| inside.components().count() > 1) {
            let folder = folder.as_str();
            // A finished file among the learner's own has a finding of its own.
            if folder.contains("solution") || folder.contains("fix") {
                names.push(format!("{folder}/"));
            }
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

fn mention(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let before = |at: usize| text[..at].trim_end_matches("./").chars().next_back();
    let begins =
        |at: usize| before(at).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_' | '.'));
    let found = text.match_indices(name).map(|(at, _)| at).find(|at| begins(*at))?;
    Some(found..found + name.len())
}
