//! Numbers that a text mentions: "Step 7", "see Q9", "Fig 2.5", "Option D", "Scenario 9".

use std::ops::Range;

use super::numbers::{Form, value_of_letter};

/// A mention.
#[derive(Debug)]
pub struct Mention {
    pub form: MentionForm,
    pub value: u32,
    pub at: Range<usize>,
}

/// What a mention is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionForm {
    Step,
    Question,
    Figure(Option<u32>),
    Fix,
    Option,
    Scenario,
}

impl MentionForm {
    /// The form of the row that it should be in.
    pub fn row(self) -> Form {
        match self {
            Self::Step => Form::Step,
            Self::Question => Form::Question,
            Self::Figure(major) => Form::Figure(major),
            Self::Fix => Form::Fix,
            Self::Option => Form::Option,
            Self::Scenario => Form::Scenario,
        }
    }
}

/// Words before a number, and whether they may be in lower case.
const NOUNS: [(&str, MentionForm, bool); 9] = [
    ("Step", MentionForm::Step, true),
    ("Question", MentionForm::Question, true),
    ("Figure", MentionForm::Figure(None), true),
    ("Fig.", MentionForm::Figure(None), true),
    ("Fig", MentionForm::Figure(None), true),
    ("Fix", MentionForm::Fix, false),
    ("Option", MentionForm::Option, false),
    ("Scenario", MentionForm::Scenario, false),
    ("Exercise", MentionForm::Scenario, false),
];

/// The mentions of a text whose code was taken out.
pub fn mentions_in(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, _) in text.char_indices().filter(|(at, _)| is_word_start(text, *at)) {
        let rest = &text[at..];
        if let Some(value) = rest.strip_prefix('Q').and_then(leading_number) {
            let end = at + 1 + digits(&rest[1..]);
            found.push(Mention { form: MentionForm::Question, value, at: at..end });
        } else if let Some(mention) = NOUNS.iter().find_map(|noun| mention_after(rest, at, *noun)) {
            found.push(mention);
        }
    }
    found
}

fn mention_after(rest: &str, at: usize, noun: (&str, MentionForm, bool)) -> Option<Mention> {
    let (word, form, any_case) = noun;
    let written = rest.get(..word.len())?;
    let fits = written == word || (any_case && written.eq_ignore_ascii_case(word));
    let after = &rest[word.len()..];
    let number = after.trim_start_matches([' ', '\u{a0}', '#', '*']);
    let gap = after.len() - number.len();
    if !fits || gap == 0 || gap > 3 {
        return None;
    }
    let start = at + word.len() + gap;
    if form == MentionForm::Option {
        let letter = number.chars().next().filter(char::is_ascii_uppercase)?;
        let ends = !number[1..].starts_with(|c: char| c.is_alphanumeric() || c == '\'');
        return ends
            .then_some(())
            .and_then(|()| Some(Mention { form, value: value_of_letter(letter)?, at: start..start + 1 }));
    }
    let value = leading_number(number)?;
    let length = digits(number);
    let minor = number[length..].strip_prefix('.').and_then(leading_number);
    match (form, minor) {
        (MentionForm::Figure(_), Some(minor)) => {
            let end = start + length + 1 + digits(&number[length + 1..]);
            Some(Mention { form: MentionForm::Figure(Some(value)), value: minor, at: start..end })
        }
        // "step 1.5" is no step of a page.
        (_, Some(_)) => None,
        _ => Some(Mention { form, value, at: start..start + length }),
    }
}

fn is_word_start(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.'))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The number that a text begins with, if no word goes on behind it.
fn leading_number(text: &str) -> Option<u32> {
    let length = digits(text);
    let ends = !text[length..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '%' | '_'));
    (ends && length > 0 && length < 4).then(|| text[..length].parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_with_their_place() {
        let text = "Run step 3 again (see Q12, Fig 2.5 and **Option B**), then Fix 1 of Scenario 9.";
        let found: Vec<_> = mentions_in(text).iter().map(|it| (it.form, &text[it.at.clone()])).collect();
        assert_eq!(
            found,
            [
                (MentionForm::Step, "3"),
                (MentionForm::Question, "Q12"),
                (MentionForm::Figure(Some(2)), "2.5"),
                (MentionForm::Option, "B"),
                (MentionForm::Fix, "1"),
                (MentionForm::Scenario, "9"),
            ]
        );
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in
            ["fix 3 bugs", "Q1234", "a stepstone 3", "step 5s", "Option Alpha", "config.Q4", "Step 1.5"]
        {
            assert!(mentions_in(text).is_empty(), "{text}");
        }
    }
}
