//! The words that printers add to what authors wrote. Words that belong to a directive ("Hint 2 of
//! 3") are in the nodes already; these belong to the page around them. One place, so that the
//! monorepo and the site say the same.

use crate::manifest::measure::Minutes;
use crate::manifest::scenario::Status;

/// Before the tier's name.
pub const LEVEL: &str = "Level";
/// Before the minutes.
pub const TIME: &str = "Time";
/// Before the names of the concepts.
pub const CONCEPTS: &str = "Concepts";
/// Before the scenarios that come first.
pub const BEFORE_THIS: &str = "Before this";
/// After them, where a recap makes it possible to start here.
pub const OR_RECAP: &str = ", or the recap below";
/// Before the name of the following scenario.
pub const NEXT: &str = "Next";
/// Above an answer that stands openly below its question.
pub const ANSWER: &str = "Answer";
/// Above a model answer that is closed until asked for.
pub const MODEL_ANSWER: &str = "Model answer";
/// The same where there is no answer, but what answers are judged by.
pub const HOW_JUDGED: &str = "How to judge your answer";
/// Above a rubric's criteria.
pub const GOOD_ANSWER: &str = "A good answer …";
/// On top of a page that is not finished.
pub const DRAFT_NOTE: &str = "This is a draft. Its text and its figures may still change.";
/// Where the model answers are: said once, when all questions of the steps have been asked.
pub const ANSWERS_POINTER: &str = "Written down what you think? Then compare it with the model answers in \
    [ANSWERS.md](ANSWERS.md). Yours need not use the same words.";
/// At the top of ANSWERS.md.
pub const ANSWERS_INTRODUCTION: &str = "Write your own answers first. A guess that turns out wrong teaches \
    more than a model answer that you have only read. The questions themselves are in \
    [SCENARIO.md](SCENARIO.md).";

/// In the Markdown twin of a page of the site, in place of code that solves something.
pub const ON_THE_PAGE: &str = "*(The code stands on [the page](./).)*";

/// "45–60 minutes".
#[must_use]
pub fn minutes(minutes: Minutes) -> String {
    match (minutes.from, minutes.to) {
        (1, 1) => "1 minute".to_owned(),
        (from, to) if from == to => [&*from.to_string(), " minutes"].concat(),
        (from, to) => [&*from.to_string(), "–", &to.to_string(), " minutes"].concat(),
    }
}

/// What learners are told about a scenario's state.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Ready => "Ready",
        Status::Draft => "Draft",
        Status::Planned => "Planned",
    }
}

/// What stands in place of an answer to a question that a later scenario takes up.
#[must_use]
pub fn taken_up(by: Option<&str>) -> String {
    match by {
        Some(label) => {
            format!("This question stays open on purpose. {label} takes it up, so keep what you wrote.")
        }
        None => "This question stays open on purpose. Keep what you wrote.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_a_number_or_a_range() {
        assert_eq!(minutes(Minutes { from: 45, to: 60 }), "45–60 minutes");
        assert_eq!(minutes(Minutes { from: 30, to: 30 }), "30 minutes");
        assert_eq!(minutes(Minutes { from: 1, to: 1 }), "1 minute");
    }
}
