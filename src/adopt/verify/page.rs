//! A page and its answers before and after: which words are gone, and of what kind that is.

use std::ops::Range;

use super::difference::{Built, Difference, DifferenceKind};
use super::words::{Word, visible_words};
use crate::adopt::{Folder, Page, Part, PartKind, Repository};
use crate::emit::print::words::ANSWERS_POINTER;
use crate::source::{FileId, Span};

/// Words that stand with numbers.
const NUMBERED: [&str; 14] = [
    "step", "scenario", "exercise", "lesson", "part", "stage", "fix", "fig", "figure", "q", "question",
    "option", "hint", "of",
];

/// Pieces of this many words are looked for elsewhere; shorter ones stand everywhere.
const SHORTEST: usize = 3;

pub(super) fn compare_pages(
    repository: &Repository,
    folder: &Folder,
    built: &Built<'_>,
    found: &mut Vec<Difference>,
) {
    let after = format!("{}\n\n{}", built.text("SCENARIO.md"), built.text("ANSWERS.md"));
    let after: Vec<Word<'_>> = visible_words(&after);
    let page = folder.page.as_ref();
    for file in page.map(|page| page.file).into_iter().chain(folder.answers_file) {
        let text = repository.files.text(file).unwrap_or("");
        let before = visible_words(text);
        let about = page.filter(|page| page.file == file);
        for range in gone(&before, &after) {
            explain(&before, range, &after, file, about, repository, found);
        }
    }
}

/// Runs of words that do not stand in the new text where they would be expected.
fn gone(before: &[Word<'_>], after: &[Word<'_>]) -> Vec<Range<usize>> {
    let texts = |words: &[Word<'_>]| words.iter().map(|word| word.text.to_owned()).collect::<Vec<_>>();
    let (old, new) = (texts(before), texts(after));
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new);
    let gone =
        ops.iter().filter(|op| matches!(op.tag(), similar::DiffTag::Delete | similar::DiffTag::Replace));
    gone.map(similar::DiffOp::old_range).collect()
}

/// Cuts a run of words that are gone into pieces that stand elsewhere and pieces that do not.
fn explain(
    before: &[Word<'_>],
    range: Range<usize>,
    after: &[Word<'_>],
    file: FileId,
    page: Option<&Page>,
    repository: &Repository,
    found: &mut Vec<Difference>,
) {
    let mut at = range.start;
    while at < range.end {
        // A piece may begin before the run: words that agree by chance were taken for something else.
        let length = longest(&before[at..range.end], after);
        let whole = at + length == range.end && at == range.start;
        if length >= SHORTEST || (whole && length == range.len() && stands_in_context(before, &range, after))
        {
            push(before, at..at + length, file, DifferenceKind::Moved, found);
            at += length;
            continue;
        }
        let start = at;
        at += 1;
        while at < range.end && longest(&before[at..range.end], after) < SHORTEST {
            at += 1;
        }
        let kind = if names_a_solution(before, start..at, file, repository) {
            DifferenceKind::Moved
        } else {
            kind_of(before, start..at, file, page, repository)
        };
        push(before, start..at, file, kind, found);
    }
}

/// Whether words are a part of the path of a file of the solution, which has another place now.
fn names_a_solution(before: &[Word<'_>], range: Range<usize>, file: FileId, repository: &Repository) -> bool {
    let (Some(first), Some(last)) = (before.get(range.start), before.get(range.end - 1)) else {
        return false;
    };
    let text = repository.files.text(file).unwrap_or("");
    let solution =
        repository.folders.iter().flat_map(|folder| folder.solution.iter().map(move |it| (folder, it)));
    let mut paths =
        solution.filter_map(|(folder, it)| repository.files.path(it.file).strip_prefix(&folder.path).ok());
    paths.any(|path| {
        text.match_indices(path.as_str())
            .any(|(at, path)| at <= first.at && last.at + last.text.len() <= at + path.len())
    })
}

/// Whether a short run stands elsewhere together with its neighbors.
fn stands_in_context(before: &[Word<'_>], range: &Range<usize>, after: &[Word<'_>]) -> bool {
    let wide = range.start.saturating_sub(2)..(range.end + 2).min(before.len());
    (wide.start..=range.start).any(|start| {
        let least = (range.end - start).max(SHORTEST);
        start + least <= before.len()
            && longest(&before[start..(start + least).min(before.len())], after) == least
    })
}

/// How many words from the first on stand in the new text in a row.
fn longest(words: &[Word<'_>], after: &[Word<'_>]) -> usize {
    let Some(first) = words.first() else { return 0 };
    let starts = after.iter().enumerate().filter(|(_, word)| word.text == first.text);
    let length = |at: usize| words.iter().zip(&after[at..]).take_while(|(a, b)| a.text == b.text).count();
    starts.map(|(at, _)| length(at)).max().unwrap_or(0)
}

fn kind_of(
    before: &[Word<'_>],
    range: Range<usize>,
    file: FileId,
    page: Option<&Page>,
    repository: &Repository,
) -> DifferenceKind {
    let words = &before[range];
    let is_number = |word: &Word<'_>| {
        let lower = word.text.to_lowercase();
        let digits = lower.trim_start_matches(char::is_alphabetic);
        NUMBERED.contains(&lower.as_str())
            || (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) && lower.len() <= 3)
    };
    if words.iter().all(is_number) {
        return DifferenceKind::Renumbered;
    }
    // A file of answers: what is no answer's own words introduces it or repeats its question.
    if page.is_none() {
        let folders = repository.folders.iter().flat_map(|folder| &folder.answers);
        let own: Vec<Span> = folders
            .filter(|answer| answer.span.file == file)
            .flat_map(|answer| answer.text.clone())
            .collect();
        let is_own = |word: &Word<'_>| own.iter().any(|span| span.range().contains(&word.at));
        return if words.iter().any(is_own) { DifferenceKind::Lost } else { DifferenceKind::Generated };
    }
    let part = page.and_then(|page| part_at(page, words.first()?.at));
    match part {
        Some(part) if is_made(part, words, repository) => DifferenceKind::Generated,
        Some(Part { kind: PartKind::Question(question), .. }) if question.label.is_some() => {
            let label = question.label.as_ref().map(|label| label.span.range());
            let inside = |word: &Word<'_>| label.as_ref().is_some_and(|label| label.contains(&word.at));
            if words.iter().all(|word| inside(word) || is_number(word)) {
                DifferenceKind::Renumbered
            } else {
                DifferenceKind::Lost
            }
        }
        _ => DifferenceKind::Lost,
    }
}

fn part_at(page: &Page, at: usize) -> Option<&Part> {
    page.parts.iter().find(|part| part.span.range().contains(&at))
}

/// Whether a build says in its own words what these words say.
fn is_made(part: &Part, words: &[Word<'_>], repository: &Repository) -> bool {
    let within =
        |spans: &[Span]| words.iter().all(|word| spans.iter().any(|span| span.range().contains(&word.at)));
    match &part.kind {
        PartKind::Title | PartKind::Next(_) => true,
        PartKind::Prose => repository.files.slice(part.span).trim() == ANSWERS_POINTER,
        PartKind::Fields(fields) => {
            let other = fields.iter().filter(|field| matches!(field.kind, crate::adopt::FieldKind::Other));
            let kept: Vec<Span> = other.flat_map(|field| [field.name.span, field.value.span]).collect();
            !words.iter().any(|word| kept.iter().any(|span| span.range().contains(&word.at)))
        }
        // The heading, and the words in front of the first answer.
        PartKind::AnswerKey => {
            let files = &repository.folders;
            let answers: Vec<Span> = files
                .iter()
                .flat_map(|folder| &folder.answers)
                .filter(|answer| answer.span.file == part.span.file)
                .map(|answer| answer.span)
                .collect();
            !words.iter().any(|word| answers.iter().any(|span| span.range().contains(&word.at)))
        }
        // "Before", "After", and the remarks at the top of a fence that say so.
        PartKind::Change(change) => {
            let kept = change.before.iter().chain(&change.after).chain(&change.prose);
            !words.iter().any(|word| kept.clone().any(|span| span.range().contains(&word.at)))
        }
        PartKind::Question(question) => {
            question.answer_box.as_ref().is_some_and(|found| within(&[found.span]))
        }
        // "Hint", "Tip", "Note" and the like around the words of a hint.
        PartKind::Hint { text } => {
            !words.iter().any(|word| text.iter().any(|span| span.range().contains(&word.at)))
        }
        PartKind::Figure(figure) => {
            let words_of = [Some(figure.alt.span), figure.caption.as_ref().map(|caption| caption.span)];
            !words.iter().any(|word| words_of.iter().flatten().any(|span| span.range().contains(&word.at)))
        }
        _ => false,
    }
}

fn push(
    before: &[Word<'_>],
    range: Range<usize>,
    file: FileId,
    kind: DifferenceKind,
    found: &mut Vec<Difference>,
) {
    let (Some(first), Some(last)) = (before.get(range.start), before.get(range.end.saturating_sub(1))) else {
        return;
    };
    let span = Span::new(file, first.at, last.at + last.text.len());
    let what = before[range].iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    found.push(Difference { kind, span, what });
}
