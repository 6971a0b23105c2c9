//! `adopt/number-gap`.

use super::numbers::{Row, rows};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::NUMBER_GAP;
use crate::diag::{Diagnostic, Sink};

/// Looks at every row of numbers.
pub fn check(repository: &Repository, sink: &Sink) {
    rows(repository).iter().for_each(|row| check_row(row, sink));
}

fn follows_a_second(row: &Row, at: usize) -> bool {
    let before = row.items[at - 1].value;
    row.items[..at - 1].iter().any(|item| item.value == before) && row.items[at].value == before + 2
}

fn check_row(row: &Row, sink: &Sink) {
    let form = row.form;
    let has = |value: u32| row.items.iter().any(|item| item.value == value);
    let mut highest: Option<u32> = None;
    for (at, item) in row.items.iter().enumerate() {
        let is_second = row.items[..at].iter().any(|earlier| earlier.value == item.value);
        let finding = match highest {
            // Some count from 0: "Step 0 — Set up".
            None if row.from_start && item.value > 1 => {
                let message = format!("the first {} is `{}`", form.noun(), form.name(item.value));
                Some((message, format!("begin with `{}`", form.name(1))))
            }
            // One that comes twice took the place of the one that is missing.
            Some(_) if follows_a_second(row, at) => None,
            Some(before) if item.value > before + 1 && !(before + 1..item.value).any(has) => {
                let missing = form.name(before + 1);
                let message = format!(
                    "`{}` follows `{}`: there is no `{missing}`",
                    form.name(item.value),
                    form.name(before)
                );
                Some((message, format!("write `{missing}`, or put back what was lost")))
            }
            Some(before) if item.value < before && !is_second => {
                let message = format!("`{}` comes after `{}`", form.name(item.value), form.name(before));
                Some((message, "count up in the order of the page".to_owned()))
            }
            _ => None,
        };
        if let Some((message, help)) = finding {
            let mut finding = Diagnostic::new(&NUMBER_GAP, item.span, message).help(help);
            if let Some(before) = at.checked_sub(1).map(|before| row.items[before]) {
                finding = finding.also(before.span, "the one before");
            }
            sink.push(finding);
        }
        highest = Some(highest.map_or(item.value, |known| known.max(item.value)));
    }
}
