//! `adopt/outline-differs`.

use super::course::entries;
use super::text::{paragraphs_of_file, words};
use crate::adopt::{Entry, Repository};
use crate::diag::catalog::adopt::OUTLINE_DIFFERS;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Compares other documents that hold the curriculum, such as VISION.md, with README.md.
pub fn check(repository: &Repository, sink: &Sink) {
    for file in &repository.loose {
        if repository.files.path(*file).extension() == Some("md") {
            check_file(repository, *file, sink);
        }
    }
}

fn check_file(repository: &Repository, file: FileId, sink: &Sink) {
    let files = &repository.files;
    let lines: Vec<(Span, &Entry)> = paragraphs_of_file(files, file)
        .into_iter()
        .filter_map(|paragraph| Some((paragraph.span, entry_in(repository, files.slice(paragraph.span))?)))
        .collect();
    // One mention of a title is no curriculum.
    if lines.len() < 2 {
        return;
    }
    for (span, entry) in lines {
        check_title(repository, span, entry, sink);
        check_concepts(repository, span, entry, sink);
    }
}

/// The entry of an item or a row: by its number if that is the first thing in it, else by its title.
fn entry_in<'r>(repository: &'r Repository, line: &str) -> Option<&'r Entry> {
    let inner = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_row = line.trim_start().starts_with(['|', '-', '*', '+']) || leading_number(line).is_some();
    let text = words(line);
    let by_title = entries(repository).find(|entry| {
        let title = words(&entry.title.value);
        !title.is_empty() && text.contains(&title)
    });
    let numbered = leading_number(inner).and_then(|number| {
        entries(repository).find(|entry| entry.number.is_some_and(|it| it.value == number))
    });
    is_row.then_some(())?;
    by_title.or(numbered)
}

/// The number at the start of an item or a row.
fn leading_number(line: &str) -> Option<u32> {
    let inner = line.trim_start_matches(['|', ' ', '*', '-', '+']);
    let length = inner.bytes().take_while(u8::is_ascii_digit).count();
    let ends = inner[length..].trim_start().starts_with(['.', ')', '|', ':', '—', '–', '-']);
    (ends && length < 4).then(|| inner[..length].parse().ok()).flatten()
}

fn check_title(repository: &Repository, span: Span, entry: &Entry, sink: &Sink) {
    let line = repository.files.slice(span);
    let (Some(number), Some(listed)) = (leading_number(line), entry.number) else { return };
    let has_title = words(line).contains(&words(&entry.title.value));
    let at = line.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let first = span.sub(at, at + number.to_string().len());
    let message = if has_title && number != listed.value {
        format!("\"{}\" is number {number} here, and {} in the curriculum", entry.title.value, listed.value)
    } else if !has_title {
        format!("the curriculum calls scenario {number} \"{}\"", entry.title.value)
    } else {
        return;
    };
    let finding = Diagnostic::new(&OUTLINE_DIFFERS, first, message).also(entry.title.span, "the curriculum");
    sink.push(finding.help("bring the two up to date with each other"));
}

/// A line that names some of the concepts that an entry introduces should name all of them.
fn check_concepts(repository: &Repository, span: Span, entry: &Entry, sink: &Sink) {
    let text = words(repository.files.slice(span));
    let has = |name: &str| text.contains(&words(name));
    let (named, missing): (Vec<_>, Vec<_>) = entry.concepts.iter().partition(|concept| has(&concept.value));
    let (Some(_), Some(first)) = (named.first(), missing.first()) else { return };
    let names: Vec<String> = missing.iter().map(|concept| format!("`{}`", concept.value)).collect();
    let message = format!("this does not name {}, which the curriculum lists", names.join(", "));
    let finding = Diagnostic::new(&OUTLINE_DIFFERS, span, message).also(first.span, "the curriculum");
    sink.push(finding.help("bring the two up to date with each other"));
}
