//! The code before and after each fix as a page shows it, beside the files that it is of: two fences, or
//! one fence of lines with plus and minus.

use std::ops::Range;

use camino::Utf8Path;

use super::blocks::{Line, Match, find, lines_of_fence, lines_of_file};
use super::course::Scenario;
use super::text::for_each_line;
use crate::adopt::{Change, PartKind, Repository};
use crate::diag::{CodeSpec, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// A change as a page shows it.
#[derive(Debug)]
pub struct Shown {
    /// The file that the words around it name.
    pub file: Option<String>,
    pub language: String,
    pub before: Option<Vec<Line>>,
    pub after: Option<Vec<Line>>,
    /// Where it begins on the page.
    pub at: u32,
}

/// The changes of a page in order.
pub fn changes(repository: &Repository, scenario: Scenario<'_>) -> Vec<Shown> {
    let mut found = Vec::new();
    for part in &scenario.page.parts {
        match &part.kind {
            PartKind::Change(change)
                if change.language != "diff" && (change.before.is_some() || change.after.is_some()) =>
            {
                found.push(of_fences(repository, change, part.span.start));
                continue;
            }
            PartKind::AnswerKey => continue,
            _ => {}
        }
        for body in diff_fences(repository.files.slice(part.span)) {
            found.push(of_diff(repository, scenario, part.span.sub(body.start, body.end)));
        }
    }
    found
}

fn of_fences(repository: &Repository, change: &Change, at: u32) -> Shown {
    let lines = |body: Span| lines_of_change(repository, change, body);
    Shown {
        file: change.file.as_ref().map(|file| file.value.trim_start_matches("./").to_owned()),
        language: change.language.clone(),
        before: change.before.map(lines),
        after: change.after.map(lines),
        at,
    }
}

fn lines_of_change(repository: &Repository, change: &Change, body: Span) -> Vec<Line> {
    let named = change.file.as_ref().map(|file| file.value.as_str());
    let by_language = match change.language.as_str() {
        "sql" => "a.sql",
        "yaml" | "yml" => "a.yml",
        "dockerfile" | "Dockerfile" => "Dockerfile",
        "sh" | "bash" | "shell" | "nginx" | "conf" => "a.sh",
        _ => "a.js",
    };
    lines_of_fence(&repository.files, Utf8Path::new(named.unwrap_or(by_language)), body)
}

/// The bodies of fences with `diff`.
fn diff_fences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for_each_line(text, |at, line, in_fence| {
        let trimmed = line.trim();
        match open {
            Some(start) if trimmed.starts_with("```") || !in_fence => {
                found.push(start..at);
                open = None;
            }
            None if in_fence && trimmed.trim_start_matches('`') == "diff" => open = Some(at + line.len()),
            _ => {}
        }
    });
    found
}

fn of_diff(repository: &Repository, scenario: Scenario<'_>, body: Span) -> Shown {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let text = repository.files.slice(body);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (mark, inner) =
            line.split_at(line.chars().next().map_or(0, |first| if first.is_ascii() { 1 } else { 0 }));
        let code = without_comment(inner);
        let words: Vec<&str> = code.split_whitespace().collect();
        if !words.is_empty()
            && !line.starts_with("@@")
            && !line.starts_with("---")
            && !line.starts_with("+++")
        {
            let start = at + mark.len() + inner.len() - inner.trim_start().len();
            let shown = Line { text: words.join(" "), span: body.sub(start, at + line.trim_end().len()) };
            match mark {
                "-" => before.push(shown),
                "+" => after.push(shown),
                _ => {
                    before.push(shown.clone());
                    after.push(shown);
                }
            }
        }
        at += line.len();
    }
    let page = repository.files.text(body.file).unwrap_or("");
    let above = page.get(..body.start as usize).unwrap_or("");
    let named = file_named(repository, scenario, above);
    Shown {
        file: named,
        language: "diff".to_owned(),
        before: Some(before),
        after: Some(after),
        at: body.start,
    }
}

/// A line of code without the comment that it ends with.
fn without_comment(line: &str) -> &str {
    let trimmed = line.trim_start();
    if ["//", "#", "-- "].iter().any(|mark| trimmed.starts_with(mark)) {
        return "";
    }
    line.find(" // ").map_or(line, |at| &line[..at])
}

/// The last file of the scenario that a text names between backticks.
fn file_named(repository: &Repository, scenario: Scenario<'_>, text: &str) -> Option<String> {
    let near = &text[text.floor_char_boundary(text.len().saturating_sub(800))..];
    let names: Vec<&str> = near.split('`').collect();
    let is_file = |name: &&&str| {
        let path = scenario.folder.path.join(name.trim_start_matches("./"));
        !name.is_empty() && repository.files.find(&path).is_some()
    };
    names.iter().rev().find(is_file).map(|name| name.trim_start_matches("./").to_owned())
}

/// What a block is compared with.
pub struct Comparison<'a> {
    pub spec: &'static CodeSpec,
    /// The files that it may be of.
    pub candidates: Vec<FileId>,
    /// Lines that other blocks of the page account for: a fix before or after this one.
    pub accounted: Vec<Line>,
    /// "the block before the fix"
    pub what: &'a str,
    /// Whether a block that is in no file at all is reported.
    pub must_be_somewhere: bool,
}

/// Reports the first line of a block that its file does not have.
pub fn compare_block(repository: &Repository, shown: &[Line], comparison: &Comparison<'_>, sink: &Sink) {
    if shown.is_empty() {
        return;
    }
    let is_accounted = |line: &Line| comparison.accounted.iter().any(|known| known.text == line.text);
    let mut best: Option<(usize, Vec<Line>, Match)> = None;
    for (at, file) in comparison.candidates.iter().enumerate() {
        let whole = lines_of_file(&repository.files, *file);
        let Some(found) = find(shown, &whole) else { continue };
        if found.differing.is_empty() {
            return;
        }
        if best.as_ref().is_none_or(|(_, _, known)| found.common > known.common) {
            best = Some((at, whole, found));
        }
    }
    let Some((at, whole, found)) = best else {
        if comparison.must_be_somewhere && !shown.iter().all(is_accounted) {
            report_nowhere(repository, shown, comparison, sink);
        }
        return;
    };
    let differing = found.differing.iter().find(|(line, _)| !is_accounted(&shown[*line]));
    let Some((line, theirs)) = differing else { return };
    if found.common * 2 < shown.len() && !comparison.must_be_somewhere && shown.len() > 2 {
        return;
    }
    let path = name_of(repository, comparison.candidates[at]);
    let message = format!("{} has a line that `{path}` does not have", comparison.what);
    let mut finding = Diagnostic::new(comparison.spec, shown[*line].span, message);
    if let Some(theirs) = theirs.and_then(|at| whole.get(at)) {
        finding = finding.also(theirs.span, "the file, at this place");
    }
    sink.push(finding.help(format!("copy the lines of `{path}` again, or change the file")));
}

fn report_nowhere(repository: &Repository, shown: &[Line], comparison: &Comparison<'_>, sink: &Sink) {
    let [first] = comparison.candidates.as_slice() else { return };
    let path = name_of(repository, *first);
    let message = format!("{} is not in `{path}`", comparison.what);
    let finding = Diagnostic::new(comparison.spec, shown[0].span, message);
    sink.push(finding.help(format!("copy the lines of `{path}` again, or change the file")));
}

/// The last parts of a file's path, as far as they tell it apart in its scenario.
fn name_of(repository: &Repository, file: FileId) -> String {
    let path = repository.files.path(file);
    let folder = repository.folders.iter().find(|folder| path.starts_with(&folder.path));
    let inside = folder.and_then(|folder| path.strip_prefix(&folder.path).ok());
    inside.unwrap_or(path).to_string()
}
