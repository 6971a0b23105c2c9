//! `adopt/unknown-number`.

use std::collections::BTreeSet;

use super::course::{Scenario, entries, number_of, scenarios};
use super::mentions::{Mention, MentionForm, mentions_in};
use super::numbers::{Form, Row, page_rows};
use super::text::{Paragraph, paragraphs, paragraphs_of_file, without_code};
use crate::adopt::{PartKind, Repository};
use crate::diag::catalog::adopt::UNKNOWN_NUMBER;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Follows what the texts of a repository refer to by number.
pub fn check(repository: &Repository, sink: &Sink) {
    let rows: Vec<Vec<Row>> = scenarios(repository).map(|scenario| page_rows(scenario.page)).collect();
    let known = Known { scenarios: scenario_numbers(repository), figures: all_figures(&rows) };
    for (scenario, rows) in scenarios(repository).zip(&rows) {
        for paragraph in paragraphs(&repository.files, scenario.page) {
            check_paragraph(repository, scenario, rows, &known, paragraph, sink);
        }
    }
    let readmes = repository.folders.iter().filter_map(|folder| folder.readme);
    let loose = repository.loose.iter().copied();
    let markdown = loose.filter(|file| repository.files.path(*file).extension() == Some("md"));
    for file in readmes.chain(markdown).chain(repository.readme) {
        for paragraph in paragraphs_of_file(&repository.files, file) {
            for mention in mentions(repository, paragraph.span) {
                if mention.form == MentionForm::Scenario && known.lacks(mention.value) {
                    report(&mention, paragraph.span, None, sink);
                }
            }
        }
    }
}

struct Known {
    scenarios: BTreeSet<u32>,
    /// Both numbers of each figure of any page.
    figures: BTreeSet<(Option<u32>, u32)>,
}

impl Known {
    fn lacks(&self, scenario: u32) -> bool {
        !self.scenarios.is_empty() && !self.scenarios.contains(&scenario)
    }
}

fn scenario_numbers(repository: &Repository) -> BTreeSet<u32> {
    let listed = entries(repository).filter_map(|entry| Some(entry.number?.value));
    let here = (0..repository.folders.len()).filter_map(|index| number_of(repository, index));
    listed.chain(here).collect()
}

fn all_figures(rows: &[Vec<Row>]) -> BTreeSet<(Option<u32>, u32)> {
    let figures = rows.iter().flatten().filter_map(|row| match row.form {
        Form::Figure(major) => Some(row.items.iter().map(move |item| (major, item.value))),
        _ => None,
    });
    figures.flatten().collect()
}

fn mentions(repository: &Repository, span: Span) -> Vec<Mention> {
    mentions_in(&without_code(repository.files.slice(span)))
}

fn check_paragraph(
    repository: &Repository,
    scenario: Scenario<'_>,
    rows: &[Row],
    known: &Known,
    paragraph: Paragraph,
    sink: &Sink,
) {
    let all = mentions(repository, paragraph.span);
    // "Step 2 of Scenario 1" speaks of another page.
    let own = number_of(repository, scenario.index);
    let elsewhere = all.iter().any(|it| it.form == MentionForm::Scenario && Some(it.value) != own);
    for mention in all {
        let span = paragraph.span.sub(mention.at.start, mention.at.end);
        if is_declaration(scenario, span) {
            continue;
        }
        let is_unknown = match mention.form {
            MentionForm::Scenario => known.lacks(mention.value),
            MentionForm::Figure(major) => {
                !known.figures.is_empty() && !known.figures.contains(&(major, mention.value))
            }
            _ if elsewhere => false,
            form => {
                let mut of_form = rows.iter().filter(|row| row.form == form.row()).peekable();
                of_form.peek().is_some_and(|row| !row.items.is_empty())
                    && !of_form.any(|row| row.items.iter().any(|item| item.value == mention.value))
            }
        };
        if is_unknown {
            report(&mention, paragraph.span, Some(rows), sink);
        }
    }
}

/// Whether a number stands where it is given, or where other comparisons look at it.
fn is_declaration(scenario: Scenario<'_>, at: Span) -> bool {
    let touches = |span: Span| span.start < at.end && at.start < span.end;
    let answers = scenario.folder.answers.iter().filter_map(|answer| answer.number);
    let next = scenario.page.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Next(next) => next.number,
        PartKind::Title => scenario.page.number,
        _ => None,
    });
    answers.chain(next).any(|number| touches(number.span))
}

fn report(mention: &Mention, paragraph: Span, rows: Option<&[Row]>, sink: &Sink) {
    let form = mention.form.row();
    let message = format!("there is no `{}`", form.name(mention.value));
    let last = rows.into_iter().flatten().filter(|row| row.form == form).flat_map(|row| &row.items);
    let help = match last.max_by_key(|item| item.value) {
        Some(last) => {
            format!("the last {} is `{}`; write the one that you mean", form.noun(), form.name(last.value))
        }
        None => format!("write the {} that you mean", form.noun()),
    };
    let span = paragraph.sub(mention.at.start, mention.at.end);
    sink.push(Diagnostic::new(&UNKNOWN_NUMBER, span, message).help(help));
}
