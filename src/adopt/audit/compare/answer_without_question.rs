//! `adopt/answer-without-question`.

use super::answers::repeated_questions;
use super::course::{questions, scenarios};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::ANSWER_WITHOUT_QUESTION;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Looks for entries of answer keys that no question asks for.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let wrong = repeated_questions(repository, scenario);
        for answer in &scenario.folder.answers {
            let is_asked = answer.number.map_or(answer.answers.is_some(), |number| {
                questions(scenario.page).any(|it| it.number.is_some_and(|known| known.value == number.value))
                    || wrong.iter().any(|it| it.number.span == number.span)
            });
            if is_asked {
                continue;
            }
            let repeated = answer.question.as_ref().map(|question| question.span);
            let first =
                || Span::new(answer.span.file, answer.span.start as usize, answer.span.start as usize + 1);
            let span = answer.number.map(|number| number.span).or(repeated).unwrap_or_else(first);
            let message = match answer.number {
                Some(number) => format!("there is no question `Q{}` on the page", number.value),
                None => "the page does not ask this".to_owned(),
            };
            let help = "remove the answer, or put the question back";
            sink.push(Diagnostic::new(&ANSWER_WITHOUT_QUESTION, span, message).help(help));
        }
    }
}
