//! Making the repairs that findings carry, in memory: which of them fit together, and how often the
//! course has to be compiled until none is left. Writing them down is the business of the verb.

use std::collections::{BTreeMap, HashSet};

use camino::Utf8PathBuf;

use super::compile::{Compiled, Options, compile};
use crate::diag::{Applicability, Diagnostic, Edit};
use crate::source::{FileId, Files, Origin, ReadFault, Replacement, edit_original};

/// Repairs that touch each other need a round each. More rounds than this many would mean that
/// somebody made thousands of faults in one place.
const MAX_ROUNDS: usize = 40;

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub path: Utf8PathBuf,
    /// 1-based, in the text before the round.
    pub line: u32,
    pub code: &'static str,
    pub title: String,
}

/// A file before and after, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

/// A course after its repairs.
#[derive(Debug)]
pub struct Repaired {
    /// The last compilation.
    pub compiled: Compiled,
    pub changes: BTreeMap<Utf8PathBuf, Change>,
    pub fixed: Vec<Fixed>,
}

/// Compiles, repairs, and compiles again until there is nothing left to repair. `about` says which
/// findings the run is about.
#[must_use]
pub fn repair(
    files: Files,
    faults: &[ReadFault],
    options: Options,
    with_unsafe: bool,
    about: impl Fn(&Compiled) -> Vec<Diagnostic>,
) -> Repaired {
    let compiled = compile(files, faults, options);
    let mut repaired = Repaired { compiled, changes: BTreeMap::new(), fixed: Vec::new() };
    let mut seen = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let findings = about(&repaired.compiled);
        let (changed, fixed) = repair_once(&repaired.compiled.files, &findings, with_unsafe);
        // Two repairs that undo each other would go on for ever.
        if changed.is_empty() || !seen.insert(state_of(&repaired.changes, &changed)) {
            break;
        }
        let files = with_changes(&repaired.compiled.files, &changed);
        for (path, (before, after)) in changed {
            let change = repaired.changes.entry(path).or_insert(Change { before, after: Vec::new() });
            change.after = after;
        }
        repaired.fixed.extend(fixed);
        repaired.compiled = compile(files, faults, options);
    }
    repaired.changes.retain(|_, change| change.before != change.after);
    repaired
}

/// Files by path, before and after one round.
type Round = BTreeMap<Utf8PathBuf, (Vec<u8>, Vec<u8>)>;

fn state_of(changes: &BTreeMap<Utf8PathBuf, Change>, round: &Round) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let earlier = changes.iter().filter(|(path, _)| !round.contains_key(*path));
    let all: BTreeMap<_, _> = earlier
        .map(|(path, change)| (path, &change.after))
        .chain(round.iter().map(|(path, (_, after))| (path, after)))
        .collect();
    for (path, bytes) in all {
        hasher.update(path.as_str().as_bytes());
        hasher.update(&[0]);
        hasher.update(blake3::hash(bytes).as_bytes());
    }
    hasher.finalize()
}

/// Makes all repairs that can be made together. Those whose places overlap wait for the next round.
fn repair_once(files: &Files, findings: &[Diagnostic], with_unsafe: bool) -> (Round, Vec<Fixed>) {
    let mut round = Round::new();
    let mut fixed = Vec::new();
    for (file, chosen) in choose(files, findings, with_unsafe) {
        let Ok(text) = files.text(file) else { continue };
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|finding| edits_of(finding)).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let replacements: Vec<Replacement<'_>> =
            edits.iter().map(|edit| Replacement { range: edit.span.range(), text: &edit.text }).collect();
        let original = files.original(file);
        let Some(changed) = edit_original(text, original, &replacements) else { continue };
        if changed == original {
            continue;
        }
        let path = files.path(file).to_owned();
        fixed.extend(chosen.iter().filter_map(|finding| {
            let title = finding.fix.as_ref()?.title.clone();
            let line = files.position(file, finding.span.start).line;
            Some(Fixed { path: path.clone(), line, code: finding.spec.code, title })
        }));
        round.insert(path, (original.to_vec(), changed));
    }
    (round, fixed)
}

/// The project's files with some of them changed.
fn with_changes(files: &Files, changed: &Round) -> Files {
    let mut next = Files::default();
    for (file, entry) in files.iter().filter(|(_, entry)| entry.origin == Origin::Project) {
        let bytes = changed.get(&entry.path).map_or(files.original(file), |(_, after)| after);
        next.add(entry.path.clone(), bytes, Origin::Project, entry.executable);
    }
    next
}

/// Per file, the findings whose repairs are allowed and don't touch each other.
fn choose<'a>(
    files: &Files,
    findings: &'a [Diagnostic],
    with_unsafe: bool,
) -> BTreeMap<FileId, Vec<&'a Diagnostic>> {
    let mut chosen: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    // The places that are taken in each file: start, and end.
    let mut taken: BTreeMap<FileId, BTreeMap<u32, u32>> = BTreeMap::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let Some(first) = fix.edits.first() else { continue };
        let file = first.span.file;
        let allowed = fix.applicability == Applicability::Safe || with_unsafe;
        // Built-in stacks and themes live in the binary: there is no file to repair.
        if !allowed || files.entry(file).origin != Origin::Project || !fits(files, file, &fix.edits) {
            continue;
        }
        let places = taken.entry(file).or_default();
        if fix.edits.iter().any(|edit| is_taken(places, edit)) {
            continue;
        }
        places.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        chosen.entry(file).or_default().push(finding);
    }
    chosen
}

fn edits_of(finding: &Diagnostic) -> &[Edit] {
    finding.fix.as_ref().map_or(&[], |fix| &fix.edits)
}

/// Whether the edits of one repair lie in one file, between characters, and apart from each other.
fn fits(files: &Files, file: FileId, edits: &[Edit]) -> bool {
    let Ok(text) = files.text(file) else { return false };
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let apart = sorted
        .windows(2)
        .all(|pair| pair[0].span.end <= pair[1].span.start && pair[0].span.start < pair[1].span.start);
    apart && edits.iter().all(|edit| edit.span.file == file && text.get(edit.span.range()).is_some())
}

/// Whether a place is taken. Two insertions at one point share it: their order would be a guess.
fn is_taken(places: &BTreeMap<u32, u32>, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start, edit.span.end);
    let before = places.range(..=start).next_back();
    let after = places.range(start..).next();
    before.is_some_and(|(from, to)| *to > start || *from == start)
        || after.is_some_and(|(from, _)| *from < end || *from == start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalog::document::MISSING_BLANK_LINE;
    use crate::source::Span;

    fn finding(file: FileId, start: usize, end: usize, text: &str, how: Applicability) -> Diagnostic {
        let span = Span::new(file, start, end);
        Diagnostic::new(&MISSING_BLANK_LINE, span, "m").replace(how, "put it right", span, text)
    }

    fn repaired(
        text: &str,
        edits: &[(usize, usize, &str)],
        how: Applicability,
        with_unsafe: bool,
    ) -> (Option<String>, usize) {
        let mut files = Files::default();
        let id = files.add_text("content/a.md", text);
        let findings: Vec<Diagnostic> =
            edits.iter().map(|(start, end, text)| finding(id, *start, *end, text, how)).collect();
        let (round, fixed) = repair_once(&files, &findings, with_unsafe);
        let after = round.into_values().next().map(|(_, after)| String::from_utf8(after).unwrap());
        (after, fixed.len())
    }

    #[test]
    fn repairs_in_one_file_are_made_together() {
        let both = [(0, 3, "1"), (8, 13, "3")];
        let made = repaired("one two three\n", &both, Applicability::Safe, false);
        assert_eq!(made, (Some("1 two 3\n".to_owned()), 2));
    }

    #[test]
    fn of_two_that_touch_the_first_is_made() {
        for (edits, after) in [
            ([(0, 4, "X"), (2, 6, "Y")], "Xef\n"),
            ([(2, 6, "Y"), (0, 4, "X")], "abY\n"),
            ([(2, 2, "X"), (2, 2, "Y")], "abXcdef\n"),
            ([(0, 6, "X"), (2, 3, "Y")], "X\n"),
        ] {
            let made = repaired("abcdef\n", &edits, Applicability::Safe, false);
            assert_eq!(made, (Some(after.to_owned()), 1));
        }
        let neighbours = [(0, 2, "X"), (2, 2, "Y")];
        assert_eq!(repaired("abc\n", &neighbours, Applicability::Safe, false).0.as_deref(), Some("XYc\n"));
    }

    #[test]
    fn unsafe_ones_wait_to_be_asked_for() {
        assert_eq!(repaired("abc\n", &[(0, 1, "X")], Applicability::Unsafe, false), (None, 0));
        assert_eq!(repaired("abc\n", &[(0, 1, "X")], Applicability::Unsafe, true).1, 1);
    }

    #[test]
    fn what_changes_nothing_or_does_not_fit_is_left() {
        assert_eq!(repaired("abc\n", &[(0, 1, "a")], Applicability::Safe, false), (None, 0));
        assert_eq!(repaired("äöü\n", &[(1, 2, "x")], Applicability::Safe, false), (None, 0));
        assert_eq!(repaired("abc\n", &[(2, 99, "x")], Applicability::Safe, false), (None, 0));
    }
}
