//! The numbers that somebody typed, in rows that count up: steps, questions, figures, fixes, options,
//! entries of the curriculum.

use super::course::scenarios;
use crate::adopt::{Number, Page, PartKind, Repository};
use crate::source::Span;

/// A row of numbers that should count up by one.
pub struct Row {
    /// What is counted, with a place for the number: "Step {}".
    pub form: Form,
    pub items: Vec<Item>,
    /// Whether it has to begin with its first number.
    pub from_start: bool,
}

/// One number of a row.
#[derive(Clone, Copy)]
pub struct Item {
    pub value: u32,
    pub span: Span,
}

/// How a number of a row is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Step,
    Question,
    /// With the number before the dot, if there is one.
    Figure(Option<u32>),
    Fix,
    Option,
    Scenario,
}

impl Form {
    /// The name of a thing with a number: "Step 3", "Q4", "Fig 1.2", "Option B".
    pub fn name(self, value: u32) -> String {
        match self {
            Self::Step => format!("Step {value}"),
            Self::Question => format!("Q{value}"),
            Self::Figure(Some(major)) => format!("Fig {major}.{value}"),
            Self::Figure(None) => format!("Fig {value}"),
            Self::Fix => format!("Fix {value}"),
            Self::Option => format!("Option {}", letter_of(value)),
            Self::Scenario => format!("Scenario {value}"),
        }
    }

    /// What it counts, in a word.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Question => "question",
            Self::Figure(_) => "figure",
            Self::Fix => "fix",
            Self::Option => "option",
            Self::Scenario => "scenario",
        }
    }
}

/// A for 1, B for 2.
pub fn letter_of(value: u32) -> char {
    u8::try_from(value.saturating_sub(1)).ok().filter(|at| *at < 26).map_or('?', |at| char::from(b'A' + at))
}

/// 1 for A, 2 for B.
pub fn value_of_letter(letter: char) -> Option<u32> {
    let letter = letter.to_ascii_uppercase();
    letter.is_ascii_uppercase().then(|| u32::from(letter) - u32::from('A') + 1)
}

/// Every row of a repository: those of each page, and the curriculum's.
pub fn rows(repository: &Repository) -> Vec<Row> {
    let mut found = curriculum_rows(repository);
    scenarios(repository).for_each(|scenario| found.extend(page_rows(scenario.page)));
    found.retain(|row| !row.items.is_empty());
    found
}

/// The rows of a page.
pub fn page_rows(page: &Page) -> Vec<Row> {
    let row = |form, from_start| Row { form, items: Vec::new(), from_start };
    let mut steps = row(Form::Step, true);
    let mut questions = row(Form::Question, true);
    let mut fixes = row(Form::Fix, true);
    let mut figures: Vec<Row> = Vec::new();
    let mut options = Vec::new();
    for part in &page.parts {
        match &part.kind {
            PartKind::Section(section) => {
                steps.items.extend(section.step.map(|step| plain(step.number)));
            }
            PartKind::Question(question) => questions.items.extend(question.number.map(plain)),
            PartKind::Fix(fix) => fixes.items.extend(fix.number.map(plain)),
            PartKind::Figure(figure) => {
                let Some(number) = figure.number else { continue };
                let (form, value) = match number.minor {
                    Some(minor) => (Form::Figure(Some(number.value)), minor),
                    None => (Form::Figure(None), number.value),
                };
                let item = Item { value, span: number.span };
                match figures.iter_mut().find(|row| row.form == form) {
                    Some(row) => row.items.push(item),
                    None => {
                        figures.push(Row { form, items: vec![item], from_start: number.minor.is_some() });
                    }
                }
            }
            PartKind::Options(list) => {
                let items = list.iter().filter_map(|option| {
                    let letter = option.letter?;
                    Some(Item { value: value_of_letter(letter.value)?, span: letter.span })
                });
                options.push(Row { form: Form::Option, items: items.collect(), from_start: false });
            }
            _ => {}
        }
    }
    let mut found = vec![steps, questions, fixes];
    found.append(&mut figures);
    found.append(&mut options);
    found
}

fn plain(number: Number) -> Item {
    Item { value: number.value, span: number.span }
}

/// Numbers run through all groups, or begin anew in each.
fn curriculum_rows(repository: &Repository) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for group in &repository.curriculum.groups {
        let items: Vec<Item> = group.entries.iter().filter_map(|entry| entry.number.map(plain)).collect();
        let begins_anew = items.first().is_some_and(|first| first.value <= 1);
        match found.last_mut().filter(|_| !begins_anew) {
            Some(row) => row.items.extend(items),
            None => found.push(Row { form: Form::Scenario, items, from_start: true }),
        }
    }
    found
}
