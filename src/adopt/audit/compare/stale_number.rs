//! `adopt/stale-number`.

use super::course::scenarios;
use super::quantities::{Quantities, Quantity, is_noun, quantities_of};
use super::text::{Paragraph, Told, paragraphs, paragraphs_of_file, without_code};
use crate::adopt::Repository;
use crate::check::rules::code::prose_disagrees_with_code::{
    Number, is_hypothetical, numbers_of, sentence_around,
};
use crate::diag::catalog::adopt::STALE_NUMBER;
use crate::diag::{Diagnostic, Sink};

/// Compares the numbers in what learners read with those of the files.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let known = quantities_of(repository, scenario.folder);
        let of_page = paragraphs(&repository.files, scenario.page);
        let readme = scenario.folder.readme.into_iter();
        let of_readme = readme.flat_map(|file| paragraphs_of_file(&repository.files, file));
        // Options and hints speak of what could be; answers of what was measured.
        let told = of_page.into_iter().filter(|it| it.told != Told::Key).chain(of_readme);
        for paragraph in told {
            check_paragraph(repository, &known, paragraph, sink);
        }
    }
}

fn check_paragraph(repository: &Repository, known: &Quantities, paragraph: Paragraph, sink: &Sink) {
    let span = paragraph.span;
    let written = repository.files.slice(span);
    let text = without_code(written);
    for number in numbers_of(&text) {
        // A cell of a table knows what it is about from the cells beside it.
        let sentence = match written.trim_start().starts_with('|') {
            true => written,
            false => sentence_around(written, number.at.start),
        };
        let sentence = sentence.to_lowercase();
        // "These 15 seconds" are those of the test, whatever else the sentence weighs.
        if is_hypothetical(&sentence) && !number.before.ends_with("these") {
            continue;
        }
        let Some((what, right)) = compare(known, &number, &text, &sentence) else { continue };
        // What a part of the system takes is the same in each option.
        if paragraph.told == Told::Weighing && !["ms", "milliseconds"].contains(&number.noun.as_str()) {
            continue;
        }
        let value = &text[number.at.clone()];
        let message = format!("the text says {value} {}, {what} {}", noun_in(&number), right.value);
        let at = number.at.start..number.at.start + value.trim_end_matches(',').len();
        let finding = Diagnostic::new(&STALE_NUMBER, span.sub(at.start, at.end), message);
        sink.push(
            finding
                .also(right.span, "the number")
                .help(format!("write {}, or change what the files say", right.value)),
        );
    }
}

fn noun_in(number: &Number) -> String {
    if number.adjective.is_empty() {
        number.noun.clone()
    } else {
        format!("{} {}", number.adjective, number.noun)
    }
}

/// What a number should be, and what says so.
fn compare(known: &Quantities, number: &Number, text: &str, sentence: &str) -> Option<(String, Quantity)> {
    let value = number.value;
    let noun = number.noun.as_str();
    let next = text[number.at.end..].split_whitespace().nth(1).unwrap_or("");
    let next = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if is_unit(noun) {
        return match noun {
            "ms" | "milliseconds" => delay(known, value, sentence),
            "seconds" if number.before.ends_with("these") => {
                let is_right = known.seconds.iter().any(|right| right.value == value);
                let right = known.seconds.first().filter(|_| !is_right)?;
                Some(("the load test lasts".to_owned(), *right))
            }
            "seconds" if !known.all.contains(&value) => scrape(known, number, sentence),
            _ => None,
        };
    }
    let mut counted = known.counts.iter().filter(|(what, _)| is_noun(what, noun) || is_noun(what, &next));
    if counted.clone().any(|(_, quantity)| quantity.value == value) {
        return None;
    }
    let counted = counted.next();
    if let Some((what, quantity)) = counted.filter(|_| value >= 100 && !known.in_seed.contains(&value)) {
        return Some((format!("the files have {what}:"), *quantity));
    }
    crowd(known, number, sentence)
}

const UNITS: [&str; 21] = [
    "ms",
    "milliseconds",
    "seconds",
    "second",
    "minutes",
    "minute",
    "hours",
    "days",
    "times",
    "percent",
    "%",
    "per",
    "of",
    "to",
    "and",
    "or",
    "mb",
    "kb",
    "gb",
    "bytes",
    "rows",
];

/// Whether a word is no thing that could ask a server something.
fn is_unit(noun: &str) -> bool {
    noun.is_empty() || UNITS.contains(&noun) || noun.starts_with(|c: char| !c.is_alphabetic())
}

/// Things that are sent or come back, and so are measured, not chosen.
const MEASURED: [&str; 6] = ["request", "answer", "response", "error", "query", "question"];

/// How many ask at once.
fn crowd(known: &Quantities, number: &Number, sentence: &str) -> Option<(String, Quantity)> {
    const AT_ONCE: [&str; 8] = [
        "at once",
        "at the same time",
        "same moment",
        "load test plays",
        "load test sends in",
        "concurrent",
        "simultaneous",
        "in parallel",
    ];
    let right = known.connections.first()?;
    let is_crowd = AT_ONCE.iter().any(|words| sentence.contains(words)) || number.before.ends_with("plays");
    if is_unit(&number.noun) || known.in_play.contains(&number.value) {
        return None;
    }
    let is_measured = MEASURED.iter().any(|noun| is_noun(noun, &number.noun));
    (is_crowd && !is_measured && number.value >= 10).then(|| ("the load test".to_owned(), *right))
}

/// How long a part of the system takes.
fn delay(known: &Quantities, value: u64, sentence: &str) -> Option<(String, Quantity)> {
    const TAKES: [&str; 7] = ["needs", "take", "waits", "sleeps", "delay", "answers after", "pause"];
    let is_known = known.delays.iter().any(|(_, right)| right.value == value);
    if is_known || !TAKES.iter().any(|verb| sentence.contains(verb)) {
        return None;
    }
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).collect();
    // `pay` is what a payment takes.
    let names =
        |part: &str| words.iter().any(|word| *word == part || (part.len() > 2 && word.starts_with(part)));
    let mut of_part = known.delays.iter().filter(|(part, _)| names(part));
    let (part, quantity) = of_part.next()?;
    // The solution waits as long as the app.
    of_part
        .all(|(_, other)| other.value == quantity.value)
        .then(|| (format!("the code of `{part}`"), *quantity))
}

/// How often Prometheus asks.
fn scrape(known: &Quantities, number: &Number, sentence: &str) -> Option<(String, Quantity)> {
    let is_about = ["prometheus", "scrape", "collect"].iter().any(|word| sentence.contains(word));
    let quantity = known.scrapes.first().filter(|_| is_about && number.before.ends_with("every"))?;
    Some(("Prometheus asks every".to_owned(), *quantity))
}
