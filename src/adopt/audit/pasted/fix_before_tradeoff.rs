//! `pedagogy/fix-before-tradeoff`: a block that shows a fix before its options and its question.

use crate::adopt::audit::compare::scenarios;
use crate::adopt::{Page, Part, PartKind, Repository};
use crate::check::rules::pedagogy::fix_before_tradeoff::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Looks at the order of what belongs to each fix.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        for parts in fixes(scenario.page) {
            let first = |is_it: fn(&PartKind) -> bool| parts.iter().position(|part| is_it(&part.kind));
            let Some(change) = first(|kind| matches!(kind, PartKind::Change(_))) else { continue };
            let options = first(|kind| matches!(kind, PartKind::Options(_)));
            let question = first(|kind| matches!(kind, PartKind::Question(_)));
            let (Some(options), Some(question)) = (options, question) else { continue };
            if change < options && change < question {
                let span = first_line(repository, &parts[change]);
                let message = "the fix is shown before its options and its question";
                let finding = Diagnostic::new(&SPEC, span, message)
                    .also(first_line(repository, &parts[options]), "the options");
                sink.push(finding.help("move the block below the options, the question and the hints"));
            }
        }
    }
}

/// The parts from the heading of each fix to the next heading of a fix or a section.
fn fixes(page: &Page) -> impl Iterator<Item = &[Part]> {
    let ends =
        |part: &Part| matches!(part.kind, PartKind::Fix(_) | PartKind::Section(_) | PartKind::AnswerKey);
    let starts = page.parts.iter().enumerate().filter(|(_, part)| matches!(part.kind, PartKind::Fix(_)));
    starts.map(move |(at, _)| {
        let rest = &page.parts[at + 1..];
        &rest[..rest.iter().position(ends).unwrap_or(rest.len())]
    })
}

fn first_line(repository: &Repository, part: &Part) -> Span {
    let text = repository.files.slice(part.span);
    part.span.sub(0, text.find('\n').unwrap_or(text.len()))
}
