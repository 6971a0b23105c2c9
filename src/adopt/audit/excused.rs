//! Findings of rules that are no faults here: what a page shows on purpose, what the layout of a hand-made
//! repository says in another way, and what is reported in another place.

use super::super::{Entry, Folder, Part, PartKind, Repository};
use crate::diag::{Diagnostic, group_of};
use crate::source::Span;

/// Whether a finding is none. `misnumbered` are the numbers of questions whose answers stand under others.
pub fn is_excused(finding: &Diagnostic, repository: &Repository, misnumbered: &[Span]) -> bool {
    let path = repository.files.path(finding.span.file);
    match repository.folders.iter().find(|folder| path.starts_with(&folder.path)) {
        Some(folder) => in_folder(finding, repository, folder, misnumbered),
        None => in_curriculum(finding, repository),
    }
}

/// The README says of planned scenarios what it has columns for.
fn in_curriculum(finding: &Diagnostic, repository: &Repository) -> bool {
    let entries = || repository.curriculum.groups.iter().flat_map(|group| &group.entries);
    let holds = |entry: &&Entry| {
        entry.span.file == finding.span.file && entry.span.range().contains(&(finding.span.start as usize))
    };
    match finding.spec.code {
        "curriculum/planned-without-summary" => entries().all(|entry| entry.summary.is_none()),
        "curriculum/introduces-nothing" => entries().find(holds).is_some_and(|entry| entry.folder.is_none()),
        _ => false,
    }
}

fn in_folder(finding: &Diagnostic, repository: &Repository, folder: &Folder, misnumbered: &[Span]) -> bool {
    let at = finding.span;
    let page = folder.page.as_ref().filter(|page| page.file == at.file);
    let part = page.and_then(|page| {
        page.parts.iter().find(|part| part.span.start <= at.start && at.start < part.span.end)
    });
    let is = |test: &dyn Fn(&Part) -> bool| part.is_some_and(test);
    match finding.spec.code {
        // A block before or after a fix is where its lines belong.
        "pedagogy/answer-leak" => is(&|part| matches!(part.kind, PartKind::Change(_))),
        // Its answer is there, under a number that is reported; or the page has no key at all.
        "pedagogy/question-without-answer" => {
            let holds = |span: &Span| {
                span.file == at.file && is(&|part| part.span.range().contains(&(span.start as usize)))
            };
            folder.answers.is_empty() || misnumbered.iter().any(holds)
        }
        // "Think: …" asks for a thought, not for something that can be seen.
        "pedagogy/observation-without-observable" => is(&|part| {
            let PartKind::Question(question) = &part.kind else { return false };
            question.label.is_some() || repository.files.slice(part.span).to_lowercase().contains(" would ")
        }),
        // A list with room for figures is as good as a table.
        "pedagogy/missing-results-table" => folder
            .page
            .as_ref()
            .is_some_and(|page| page.parts.iter().any(|part| matches!(part.kind, PartKind::Results))),
        // The caption stands below the picture, whether that is there or not.
        "diagram/no-caption" => {
            is(&|part| matches!(&part.kind, PartKind::Figure(figure) if figure.caption.is_some()))
        }
        // A heading need not have the words of the curriculum.
        "curriculum/concept-without-diagram" => finding.message.contains("no heading explains it"),
        // The title of another scenario names what that is about.
        "curriculum/concept-named-before-introduced" => is_in_title(repository, at),
        // What was tried is taken away again.
        "solution/fix-not-in-solution" => {
            repository.files.slice(at).trim_start().to_uppercase().starts_with("DROP ")
        }
        // The file with comments is compared with its twin, and that is looked at.
        code => {
            let of_code = ["code", "metrics"].contains(&group_of(code));
            of_code && folder.twins.iter().any(|twin| twin.commented == at.file)
        }
    }
}

fn is_in_title(repository: &Repository, at: Span) -> bool {
    let Ok(text) = repository.files.text(at.file) else { return false };
    let entries = repository.curriculum.groups.iter().flat_map(|group| &group.entries);
    let titles = entries.map(|entry| entry.title.value.as_str()).filter(|title| !title.is_empty());
    titles.into_iter().any(|title| {
        let from = text.floor_char_boundary((at.start as usize).saturating_sub(title.len() + 16));
        let until = text.floor_char_boundary((at.end as usize + title.len()).min(text.len()));
        let found = text[from..until].match_indices(title).any(|(start, _)| {
            from + start <= at.start as usize && at.end as usize <= from + start + title.len()
        });
        let is_part = title.len() > (at.end - at.start) as usize;
        found && (is_part || text[from..at.start as usize].contains("Scenario"))
    })
}
