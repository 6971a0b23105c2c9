//! `adopt/answer-differs`.

use super::answers::{ALIKE, repeated_questions};
use super::course::{Scenario, questions, scenarios};
use super::text::{first_other_word, joined, likeness, words};
use crate::adopt::{Answer, Repository};
use crate::diag::catalog::adopt::ANSWER_DIFFERS;
use crate::diag::{Diagnostic, Sink};

/// Compares what answer keys repeat with what the pages ask.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let wrong = repeated_questions(repository, scenario);
        for repeated in &wrong {
            let number = repeated.number.value;
            let finding = match repeated.meant {
                Some(meant) => {
                    let message =
                        format!("the answer is under `Q{number}` and repeats question `Q{}`", meant.value);
                    Diagnostic::new(&ANSWER_DIFFERS, repeated.number.span, message)
                        .also(meant.span, "the question")
                        .help(format!("number it `Q{}`", meant.value))
                }
                None => {
                    let message =
                        format!("the answer is under `Q{number}` and repeats a question without a number");
                    Diagnostic::new(&ANSWER_DIFFERS, repeated.number.span, message)
                        .help("take the number away, or give it to the question as well")
                }
            };
            sink.push(finding);
        }
        let is_wrong = |answer: &Answer| {
            answer.number.is_some_and(|number| wrong.iter().any(|it| it.number.span == number.span))
        };
        let rest = scenario.folder.answers.iter().filter(|answer| !is_wrong(answer));
        rest.for_each(|answer| check_words(repository, scenario, answer, sink));
    }
}

fn check_words(repository: &Repository, scenario: Scenario<'_>, answer: &Answer, sink: &Sink) {
    let files = &repository.files;
    let Some(repeated) = &answer.question else { return };
    let by_number = answer.number.and_then(|number| {
        questions(scenario.page).find(|it| it.number.is_some_and(|known| known.value == number.value))
    });
    let by_place = answer.answers.and_then(|at| questions(scenario.page).nth(at));
    let Some(question) = by_number.or(by_place) else { return };
    let asked = joined(files, &question.text);
    let (theirs, ours) = (words(&asked), words(&repeated.value));
    if theirs == ours || theirs.is_empty() || ours.is_empty() || is_short_form(&ours, &theirs) {
        return;
    }
    let written = files.slice(repeated.span);
    let at =
        if likeness(&theirs, &ours) > ALIKE { first_other_word(written, &asked) } else { 0..written.len() };
    let name =
        question.number.map_or_else(|| "the question".to_owned(), |it| format!("question Q{}", it.value));
    let message = format!("the answer key repeats {name} in other words than the page asks it");
    let mut finding = Diagnostic::new(&ANSWER_DIFFERS, repeated.span.sub(at.start, at.end), message);
    if let Some(first) = question.text.first() {
        finding = finding.also(*first, "the question");
    }
    sink.push(finding.help("copy the words of the question, or see whether the answer belongs to it"));
}

/// Keys that only name the question ("p99", "Your guess") repeat nothing.
fn is_short_form(ours: &str, theirs: &str) -> bool {
    let count = |text: &str| text.split_whitespace().count();
    theirs.starts_with(ours.trim_end_matches(['…', '.', '?'])) || (count(ours) <= 3 && count(theirs) > 5)
}
