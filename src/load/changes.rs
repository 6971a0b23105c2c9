//! Stages may differ only where a `change` of the fix shows it (format.md, "Fixes and stages").

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::catalog::document::UNDECLARED_CHANGE;
use crate::diag::{Diagnostic, Sink};
use crate::directive::Shown;
use crate::model::{Stage, StageFile, Written};
use crate::syntax::code::{Explaining, rewrite_explaining, scan_regions, strip_markers};
use crate::syntax::suppression::strip_suppressions;

/// Compares each stage with the one it builds on.
pub fn check_changes(written: &Written, shown: &Shown, sink: &Sink) {
    for (fix, stage) in written.stages.iter().skip(1).enumerate() {
        let base = &written.stages[written.stage_before(fix)];
        compare(base, stage, shown, sink);
        check_rendered(base, stage, shown, sink);
    }
}

fn compare(before: &Stage, after: &Stage, shown: &Shown, sink: &Sink) {
    for (path, file) in after.files.iter().filter(|(_, file)| !file.rendered && !file.annotated.is_empty()) {
        let old = before.files.get(path).filter(|old| !old.rendered);
        if old.is_some_and(|old| old.annotated == file.annotated) {
            continue;
        }
        let regions: BTreeSet<Option<String>> = shown
            .changes
            .iter()
            .filter(|(fix, changed, _)| *fix == after.id && changed == path)
            .map(|(_, _, region)| region.clone())
            .collect();
        if regions.contains(&None) {
            continue;
        }
        check_file(path, old, file, &regions, after, sink);
    }
}

/// Files that npm writes when a learner installs a package.
const WRITTEN_BY_NPM: [&str; 2] = ["package.json", "package-lock.json"];

/// Files that the stack makes anew for a fix are the learner's to type as well.
fn check_rendered(before: &Stage, after: &Stage, shown: &Shown, sink: &Sink) {
    for (path, file) in after.files.iter().filter(|(_, file)| file.rendered) {
        let same = before.files.get(path).is_some_and(|old| old.bytes == file.bytes);
        let is_shown = shown.changes.iter().any(|(fix, changed, _)| *fix == after.id && changed == path);
        if same || is_shown || WRITTEN_BY_NPM.contains(&path.as_str()) {
            continue;
        }
        let message = format!(
            "the fix `{}` changes `{path}`, which the stack makes, and no `change` shows it",
            after.id
        );
        let help =
            format!("add `:::change{{file={path}}}` under its heading: the learner has to type it, too");
        sink.push(Diagnostic::new(&UNDECLARED_CHANGE, file.origin, message).help(help));
    }
}

fn check_file(
    path: &Utf8PathBuf,
    old: Option<&StageFile>,
    new: &StageFile,
    regions: &BTreeSet<Option<String>>,
    after: &Stage,
    sink: &Sink,
) {
    let Some(old) = old else {
        if regions.is_empty() {
            let message = format!("the fix `{}` adds `{path}`, and no `change` shows it", after.id);
            let help = format!("add `:::change{{file={path}}}` under its heading");
            sink.push(Diagnostic::new(&UNDECLARED_CHANGE, new.origin, message).help(help));
        }
        return;
    };
    let names: Vec<&str> = regions.iter().flatten().map(String::as_str).collect();
    let (old_rest, new_rest) = (rest(path, &old.annotated, &names), rest(path, &new.annotated, &names));
    let Some(line) = first_difference(&old_rest, &new_rest) else { return };
    let at = new.annotated.find(line.trim()).filter(|_| !line.trim().is_empty());
    let span =
        at.map_or(new.origin, |at| crate::source::Span::new(new.origin.file, at, at + line.trim().len()));
    let message = format!("the fix `{}` changes `{path}` here, and no `change` shows it", after.id);
    let help = if names.is_empty() {
        format!(
            "mark the lines as a region in both files and show it with `:::change{{file={path} region=…}}`, or take the difference back"
        )
    } else {
        format!(
            "shown are the regions {}; move this line into one, or take the difference back",
            crate::syntax::yaml::one_of(&names)
        )
    };
    sink.push(Diagnostic::new(&UNDECLARED_CHANGE, span, message).help(help));
}

/// A file without the regions that are shown, without markers, explaining comments and comments
/// for the linter.
fn rest(path: &Utf8Path, text: &str, regions: &[&str]) -> String {
    let text = &*strip_suppressions(path, text);
    let mut kept = String::new();
    let mut at = 0;
    let scan = scan_regions(path, text);
    let mut cut: Vec<_> = scan
        .regions
        .iter()
        .filter(|region| regions.contains(&region.id.as_str()))
        .map(|region| region.lines.clone())
        .collect();
    cut.sort_by_key(|range| range.start);
    for range in cut {
        if range.start >= at {
            kept.push_str(&text[at..range.start]);
            at = range.end;
        }
    }
    kept.push_str(&text[at..]);
    let kept = rewrite_explaining(path, &kept, Explaining::Removed);
    strip_markers(path, &kept)
}

fn first_difference<'a>(old: &'a str, new: &'a str) -> Option<&'a str> {
    if old == new {
        return None;
    }
    let mut before = old.lines().filter(|line| !line.trim().is_empty());
    let after = new.lines().filter(|line| !line.trim().is_empty());
    for line in after {
        match before.next() {
            Some(same) if same == line => {}
            _ => return Some(line),
        }
    }
    before.next()
}
