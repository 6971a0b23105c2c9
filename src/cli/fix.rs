//! Making the repairs that findings carry: which of them fit together, and how a text changes.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::disk::write_atomically;
use super::error::CliError;
use crate::diag::{Applicability, Diagnostic, Edit};
use crate::source::{FileId, Files, Origin};

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub path: Utf8PathBuf,
    /// 1-based, in the text before the repair.
    pub line: u32,
    pub code: &'static str,
    pub title: String,
}

/// Makes all repairs that can be made together. Those whose places overlap wait for the next round.
/// A file that is changed gets LF line ends and loses a byte order mark, as a build reads it.
pub fn apply_fixes(
    root: &Utf8Path,
    files: &Files,
    findings: &[Diagnostic],
    unsafe_fixes: bool,
) -> Result<Vec<Fixed>, CliError> {
    let mut fixed = Vec::new();
    for (file, chosen) in choose(files, findings, unsafe_fixes) {
        let Ok(text) = files.text(file) else { continue };
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|finding| edits_of(finding)).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let changed = apply_edits(text, &edits);
        if changed == text {
            continue;
        }
        let path = files.path(file);
        write_atomically(&root.join(path), changed.as_bytes())?;
        fixed.extend(chosen.iter().filter_map(|finding| {
            let title = finding.fix.as_ref()?.title.clone();
            let line = files.position(file, finding.span.start).line;
            Some(Fixed { path: path.to_owned(), line, code: finding.spec.code, title })
        }));
    }
    Ok(fixed)
}

/// Per file, the findings whose repairs are allowed and don't touch each other.
fn choose<'a>(
    files: &Files,
    findings: &'a [Diagnostic],
    unsafe_fixes: bool,
) -> BTreeMap<FileId, Vec<&'a Diagnostic>> {
    let mut chosen: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let Some(first) = fix.edits.first() else { continue };
        let file = first.span.file;
        let allowed = fix.applicability == Applicability::Safe || unsafe_fixes;
        // Built-in stacks and themes live in the binary: there is no file to repair.
        let ours = files.entry(file).origin == Origin::Project;
        let in_one_file = fix.edits.iter().all(|edit| edit.span.file == file);
        let others = chosen.entry(file).or_default();
        let free = !others.iter().any(|other| touches(edits_of(other), &fix.edits));
        if allowed && ours && in_one_file && free {
            others.push(finding);
        }
    }
    chosen.retain(|_, findings| !findings.is_empty());
    chosen
}

fn edits_of(finding: &Diagnostic) -> &[Edit] {
    finding.fix.as_ref().map_or(&[], |fix| &fix.edits)
}

/// Whether two repairs share a place. Two insertions at one point do: their order would be a guess.
fn touches(some: &[Edit], others: &[Edit]) -> bool {
    some.iter().any(|a| {
        others.iter().any(|b| {
            let (a, b) = (a.span, b.span);
            (a.start < b.end && b.start < a.end) || a.start == b.start
        })
    })
}

/// Replaces the text under each edit. They must be sorted and must not overlap; one that does, or
/// that does not lie on character boundaries, is left out.
fn apply_edits(text: &str, edits: &[&Edit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        if range.start < done || text.get(range.clone()).is_none() {
            continue;
        }
        changed.push_str(&text[done..range.start]);
        changed.push_str(&edit.text);
        done = range.end;
    }
    changed.push_str(&text[done..]);
    changed
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

    fn project(text: &str) -> (tempfile::TempDir, Utf8PathBuf, Files, FileId) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let mut files = Files::default();
        let id = files.add_text("content/a.md", text);
        (folder, root, files, id)
    }

    fn content(root: &Utf8Path) -> Option<String> {
        super::super::disk::read_text(&root.join("content/a.md")).unwrap()
    }

    #[test]
    fn repairs_in_one_file_are_made_together() {
        let (_guard, root, files, id) = project("one two three\n");
        let findings =
            [finding(id, 0, 3, "1", Applicability::Safe), finding(id, 8, 13, "3", Applicability::Safe)];
        let fixed = apply_fixes(&root, &files, &findings, false).unwrap();
        assert_eq!(content(&root).as_deref(), Some("1 two 3\n"));
        assert_eq!(fixed.len(), 2);
        assert_eq!(fixed[0].line, 1);
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        let (_guard, root, files, id) = project("abcdef\n");
        let findings =
            [finding(id, 0, 4, "X", Applicability::Safe), finding(id, 2, 6, "Y", Applicability::Safe)];
        assert_eq!(apply_fixes(&root, &files, &findings, false).unwrap().len(), 1);
        assert_eq!(content(&root).as_deref(), Some("Xef\n"));
    }

    #[test]
    fn unsafe_ones_wait_to_be_asked_for() {
        let (_guard, root, files, id) = project("abc\n");
        let findings = [finding(id, 0, 1, "X", Applicability::Unsafe)];
        assert!(apply_fixes(&root, &files, &findings, false).unwrap().is_empty());
        assert_eq!(content(&root), None);
        assert_eq!(apply_fixes(&root, &files, &findings, true).unwrap().len(), 1);
    }

    #[test]
    fn a_repair_that_changes_nothing_does_not_count() {
        let (_guard, root, files, id) = project("abc\n");
        let findings = [finding(id, 0, 1, "a", Applicability::Safe)];
        assert!(apply_fixes(&root, &files, &findings, false).unwrap().is_empty());
        assert_eq!(content(&root), None);
    }

    #[test]
    fn a_range_inside_a_character_is_left_alone() {
        let (_guard, root, files, id) = project("äöü\n");
        let findings = [finding(id, 1, 2, "x", Applicability::Safe)];
        assert!(apply_fixes(&root, &files, &findings, false).unwrap().is_empty());
        assert_eq!(content(&root), None);
    }
}
