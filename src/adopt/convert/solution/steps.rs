//! What a fix does to a file: before and after as the page shows them, found in the file's versions.

use std::ops::Range;

use super::lines::{Line, fitted, lines_in, places, trimmed};
use crate::adopt::Change;
use crate::adopt::convert::prose::{closes, opens};
use crate::source::{Files, Span};

/// A change that was found.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    /// The page's part that shows it; `None` for a difference that no part shows.
    pub part: Option<usize>,
    /// Its lines in the version before.
    pub before: Range<usize>,
    /// Its lines in the version after.
    pub after: Range<usize>,
}

/// A version of a file made of the one before.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub lines: Vec<Line>,
    pub applied: Vec<Applied>,
}

/// Before and after of a change as lines.
pub(super) struct Shown {
    pub part: usize,
    pub before: Vec<Line>,
    pub after: Vec<Line>,
}

impl Shown {
    pub(super) fn of(files: &Files, part: usize, change: &Change) -> Self {
        let lines = |span: Option<Span>| {
            span.map(|span| trimmed(&lines_in(files, span)).to_vec()).unwrap_or_default()
        };
        Self { part, before: lines(change.before), after: lines(change.after) }
    }
}

impl Shown {
    /// A part that is nothing but a `diff`.
    pub(super) fn of_diff(files: &Files, part: usize, span: Span) -> Option<Self> {
        let lines = lines_in(files, span);
        let [first, rest @ ..] = trimmed(&lines) else { return None };
        let marks = opens(first.text.trim_end())?;
        let language = first.key().trim_start_matches(['`', '~']).trim();
        let ([body @ .., last], "diff") = (rest, language) else { return None };
        if !closes(last.text.trim_end(), &marks) {
            return None;
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for line in body {
            if ["@@", "+++", "---"].iter().any(|head| line.text.starts_with(head)) {
                continue;
            }
            let sign = line.text.chars().next().filter(|sign| matches!(sign, '+' | '-' | ' '));
            let text = &line.text[sign.map_or(0, char::len_utf8)..];
            let cut = line.text.len() - text.len();
            let inner = Line { text: text.to_owned(), origin: line.origin.sub(cut, line.text.len()) };
            if sign != Some('+') {
                before.push(inner.clone());
            }
            if sign != Some('-') {
                after.push(inner);
            }
        }
        Some(Self { part, before: trimmed(&before).to_vec(), after: trimmed(&after).to_vec() })
    }
}

/// An edit of one version.
struct Edit {
    part: usize,
    range: Range<usize>,
    lines: Vec<Line>,
}

/// Applies changes to a version. `end` is the last version, if it is known: it tells places apart. Changes
/// that have no place are left out.
pub(super) fn apply(version: &[Line], changes: &[Shown], end: Option<&[Line]>) -> Step {
    let mut edits: Vec<Edit> = Vec::new();
    for change in changes {
        let Some(range) = place_of(version, change, end) else { continue };
        let overlaps = |edit: &Edit| range.start < edit.range.end && edit.range.start < range.end;
        if edits.iter().any(|edit| overlaps(edit) || edit.range == range) {
            continue;
        }
        let lines = fitted(&change.after, &change.before, &version[range.clone()]);
        edits.push(Edit { part: change.part, range, lines });
    }
    edits.sort_by_key(|edit| edit.range.start);
    let mut step = Step::default();
    let mut at = 0;
    for edit in edits {
        step.lines.extend_from_slice(&version[at..edit.range.start]);
        let start = step.lines.len();
        at = edit.range.end;
        step.lines.extend(edit.lines);
        let after = start..step.lines.len();
        step.applied.push(Applied { part: Some(edit.part), before: edit.range, after });
    }
    step.lines.extend_from_slice(&version[at..]);
    step
}

/// The lines of a version that a change replaces.
fn place_of(version: &[Line], change: &Shown, end: Option<&[Line]>) -> Option<Range<usize>> {
    if change.before.is_empty() {
        return insertion(version, &change.after, end?);
    }
    let found = places(version, &change.before);
    if let [only] = found.as_slice() {
        return Some(only.clone());
    }
    // Of several, the one that is repaired in the end.
    let end = end?;
    let mut right = found.into_iter().filter(|range| {
        let lead = range.start.checked_sub(1).map(|before| version[before].clone());
        let wanted: Vec<Line> = lead.into_iter().chain(change.after.iter().cloned()).collect();
        !places(end, &wanted).is_empty()
    });
    let first = right.next()?;
    right.next().is_none().then_some(first)
}

/// Where lines that are new stand: behind the line that stands before them in the end.
fn insertion(version: &[Line], after: &[Line], end: &[Line]) -> Option<Range<usize>> {
    let found = places(end, after);
    let [range] = found.as_slice() else { return None };
    if !places(version, after).is_empty() {
        return None;
    }
    for before in (0..range.start).rev().take(12).filter(|at| !end[*at].key().is_empty()) {
        let mut same = version.iter().enumerate().filter(|(_, line)| line.key() == end[before].key());
        if let (Some((at, _)), None) = (same.next(), same.next()) {
            return Some(at + 1..at + 1);
        }
    }
    (range.start == 0).then_some(0..0)
}

/// Finds changes in two versions that are both known.
pub(super) fn compare(before: &[Line], after: &[Line], changes: &[Shown]) -> Vec<Applied> {
    let mut applied: Vec<Applied> = Vec::new();
    for change in changes {
        let old = place_of(before, change, Some(after));
        let new = match places(after, &change.after).as_slice() {
            [only] => Some(only.clone()),
            [] if change.after.is_empty() => old.as_ref().map(|old| {
                let shift = |at: usize| at.min(after.len());
                shift(old.start)..shift(old.start)
            }),
            _ => None,
        };
        let (Some(old), Some(new)) = (old, new) else { continue };
        let crosses = |known: &Applied| {
            let apart = |a: &Range<usize>, b: &Range<usize>| a.end <= b.start || b.end <= a.start;
            !apart(&known.before, &old)
                || !apart(&known.after, &new)
                || (known.before.start < old.start) != (known.after.start < new.start)
        };
        if !applied.iter().any(crosses) {
            applied.push(Applied { part: Some(change.part), before: old, after: new });
        }
    }
    applied.sort_by_key(|found| (found.before.start, found.after.start));
    applied
}

/// The same places in a version that differs in comments and blank lines alone.
pub(super) fn carried_over(made: &[Line], given: &[Line], applied: &[Applied]) -> Vec<Applied> {
    let counting = |lines: &[Line]| -> Vec<usize> {
        lines.iter().enumerate().filter(|(_, line)| line.counts()).map(|(at, _)| at).collect()
    };
    let (ours, theirs) = (counting(made), counting(given));
    let carry = |found: &Applied| {
        let range = &found.after;
        let first = ours.iter().position(|at| *at >= range.start);
        let last = ours.iter().rposition(|at| *at < range.end);
        let after = match (first, last) {
            (Some(first), Some(last)) if first <= last => {
                let (lead, tail) = (ours[first] - range.start, range.end - 1 - ours[last]);
                let floor = first.checked_sub(1).map_or(0, |before| theirs[before] + 1);
                let ceiling = theirs.get(last + 1).copied().unwrap_or(given.len());
                theirs[first].saturating_sub(lead).max(floor)..(theirs[last] + 1 + tail).min(ceiling)
            }
            _ => match places(given, &made[range.clone()]).as_slice() {
                [only] => only.clone(),
                _ => {
                    let at = first.map_or(given.len(), |first| theirs[first]);
                    at..at
                }
            },
        };
        Applied { part: found.part, before: found.before.clone(), after }
    };
    applied.iter().map(carry).collect()
}

/// What differs between two versions beside the changes that were found, as changes that no part shows.
pub(super) fn rest(before: &[Line], after: &[Line], applied: &[Applied]) -> Vec<Applied> {
    let mut found = Vec::new();
    let (mut old, mut new) = (0, 0);
    let ends = std::iter::once((before.len()..before.len(), after.len()..after.len()));
    for (next_old, next_new) in applied.iter().map(|it| (it.before.clone(), it.after.clone())).chain(ends) {
        if old <= next_old.start && new <= next_new.start {
            found.extend(differences(before, after, old..next_old.start, new..next_new.start));
        }
        (old, new) = (next_old.end, next_new.end);
    }
    found
}

/// How many equal lines may lie between two differences that are shown as one.
const NEAR: usize = 2;

fn differences(before: &[Line], after: &[Line], old: Range<usize>, new: Range<usize>) -> Vec<Applied> {
    let keys = |lines: &[Line]| lines.iter().map(|line| line.text.trim_end().to_owned()).collect::<Vec<_>>();
    let (a, b) = (keys(&before[old.clone()]), keys(&after[new.clone()]));
    let mut found: Vec<Applied> = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
        if op.tag() == similar::DiffTag::Equal {
            continue;
        }
        let before = op.old_range().start + old.start..op.old_range().end + old.start;
        let after = op.new_range().start + new.start..op.new_range().end + new.start;
        match found.last_mut() {
            Some(last) if before.start - last.before.end <= NEAR => {
                last.before.end = before.end;
                last.after.end = after.end;
            }
            _ => found.push(Applied { part: None, before, after }),
        }
    }
    let blank = |lines: &[Line]| lines.iter().all(|line| line.key().is_empty());
    found.retain(|it| !blank(&before[it.before.clone()]) || !blank(&after[it.after.clone()]));
    found
}
