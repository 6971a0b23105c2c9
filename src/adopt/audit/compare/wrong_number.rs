//! `adopt/wrong-number`.

use super::course::{Scenario, entry_of, number_of, scenarios};
use super::numbers::{Form, page_rows};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::WRONG_NUMBER;
use crate::diag::{Diagnostic, Sink};

/// Compares the numbers that a scenario has in different places.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        check_title(repository, scenario, sink);
        check_figures(repository, scenario, sink);
    }
}

/// The title's number with the curriculum's, or with that of the folder.
fn check_title(repository: &Repository, scenario: Scenario<'_>, sink: &Sink) {
    let Some(title) = scenario.page.number else { return };
    let entry = entry_of(repository, scenario.index).and_then(|entry| entry.number);
    if let Some(entry) = entry.filter(|entry| entry.value != title.value) {
        let message = format!("the title says Scenario {}, the curriculum {}", title.value, entry.value);
        let finding = Diagnostic::new(&WRONG_NUMBER, title.span, message).also(entry.span, "the curriculum");
        sink.push(finding.help(format!("write {}, or correct the curriculum", entry.value)));
    }
    let of_folder = scenario.folder.number.filter(|number| *number != title.value && entry.is_none());
    if let Some(number) = of_folder {
        let message = format!("the title says Scenario {}, the folder's name {number}", title.value);
        let help = format!("write {number}, or rename the folder");
        sink.push(Diagnostic::new(&WRONG_NUMBER, title.span, message).help(help));
    }
}

/// The first number of a figure is its scenario's, if most of them are.
fn check_figures(repository: &Repository, scenario: Scenario<'_>, sink: &Sink) {
    let Some(own) = number_of(repository, scenario.index) else { return };
    let rows = page_rows(scenario.page);
    let figures = rows.iter().filter_map(|row| match row.form {
        Form::Figure(Some(major)) => Some((major, row)),
        _ => None,
    });
    let (right, wrong): (Vec<_>, Vec<_>) = figures.partition(|(major, _)| *major == own);
    if right.is_empty() {
        return;
    }
    for (major, row) in wrong {
        for item in &row.items {
            let message = format!("`Fig {major}.{}` is a figure of Scenario {own}", item.value);
            let help = format!("begin its number with `{own}.`");
            sink.push(Diagnostic::new(&WRONG_NUMBER, item.span, message).help(help));
        }
    }
}
