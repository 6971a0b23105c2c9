//! `adopt/number-twice`.

use super::answers::repeated_questions;
use super::course::scenarios;
use super::numbers::{Form, Item, rows};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::NUMBER_TWICE;
use crate::diag::{Diagnostic, Sink};

/// Looks at every row of numbers, and at the answer keys.
pub fn check(repository: &Repository, sink: &Sink) {
    for row in rows(repository) {
        check_items(row.form, &row.items, sink);
    }
    for scenario in scenarios(repository) {
        // An entry that repeats another question than its number says is reported as such.
        let wrong = repeated_questions(repository, scenario);
        let numbers = scenario.folder.answers.iter().filter_map(|answer| answer.number);
        let right = numbers.filter(|number| wrong.iter().all(|it| it.number.span != number.span));
        let items: Vec<Item> = right.map(|it| Item { value: it.value, span: it.span }).collect();
        check_items(Form::Question, &items, sink);
    }
}

fn check_items(form: Form, items: &[Item], sink: &Sink) {
    for (at, item) in items.iter().enumerate() {
        let Some(first) = items[..at].iter().find(|earlier| earlier.value == item.value) else { continue };
        let message = format!("`{}` was there already", form.name(item.value));
        let next = items.iter().map(|item| item.value).max().unwrap_or(0) + 1;
        let help = format!("give each {} a number of its own; `{}` is free", form.noun(), form.name(next));
        sink.push(
            Diagnostic::new(&NUMBER_TWICE, item.span, message).also(first.span, "the first").help(help),
        );
    }
}
