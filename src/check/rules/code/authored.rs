//! The JavaScript that an author wrote, with the changes that the page shows.

use std::collections::BTreeSet;
use std::ops::Range;

use camino::Utf8PathBuf;
use memchr::memchr_iter;

use crate::check::{Checked, Exercise, ExerciseFile};
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::code::scan_regions;
use crate::syntax::document::BlockKind;
use crate::syntax::script::{Comment, Script};
use crate::syntax::yaml::{Node, parse_yaml};

/// A script that an author wrote.
#[derive(Clone, Copy)]
pub struct Authored<'c> {
    pub exercise: &'c Exercise<'c>,
    pub file: &'c ExerciseFile<'c>,
    pub script: &'c Script,
}

/// Calls `visit` for every script of every exercise, those of the first stage first.
pub fn for_each_script<'c>(checked: &'c Checked<'c>, mut visit: impl FnMut(Authored<'c>)) {
    for exercise in checked.exercises {
        for (_, file) in exercise.each_file().filter(|(_, file)| !file.rendered) {
            if let Some(script) = file.script().filter(|script| script.faults.is_empty()) {
                visit(Authored { exercise, file, script });
            }
        }
    }
}

/// Passes on a finding of each kind for each path once: a solution holds whole files, and what is
/// wrong in the app is wrong in its copy.
#[derive(Default)]
pub struct Once(BTreeSet<(usize, Utf8PathBuf, String)>);

impl Once {
    pub fn push(&mut self, of: Authored<'_>, key: &str, sink: &Sink, make: impl FnOnce() -> Diagnostic) {
        if self.0.insert((of.exercise.index, of.file.path.clone(), key.to_owned())) {
            sink.push(make());
        }
    }
}

/// A region that a `change` of the page shows.
pub struct Shown {
    pub file: String,
    pub region: String,
}

/// The regions that a scenario's page shows before and after a fix.
pub fn shown_changes(checked: &Checked<'_>, exercise: &Exercise<'_>) -> Vec<Shown> {
    let mut found = Vec::new();
    if let Some(page) = checked.page_of(exercise.index) {
        page.for_each_block(|block| {
            let BlockKind::Directive(directive) = &block.kind else { return };
            let get = |name: &str| directive.attributes.get(name).map(|found| found.value.clone());
            if let ("change", Some(file), Some(region)) =
                (directive.name.value.as_str(), get("file"), get("region"))
            {
                found.push(Shown { file, region });
            }
        });
    }
    found
}

/// The lines of a region of a file.
pub fn region_lines(file: &ExerciseFile<'_>, region: &str) -> Option<Range<usize>> {
    let regions = scan_regions(&file.path, file.text).regions;
    regions.into_iter().find(|found| found.id == region).map(|found| found.lines)
}

/// The line number of an offset, from 0.
pub fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| memchr_iter(b'\n', before.as_bytes()).count())
}

/// The comments on the lines of a place, and in the block of comments right above it.
pub fn comments_at<'s>(file: &ExerciseFile<'_>, script: &'s Script, at: &Range<usize>) -> Vec<&'s Comment> {
    let text = file.text;
    let (first, last) = (line_of(text, at.start), line_of(text, at.end));
    let mut near: Vec<&Comment> = script
        .comments
        .iter()
        .filter(|comment| (first..=last).contains(&line_of(text, comment.at.start)))
        .collect();
    let mut line = first;
    for comment in
        script.comments.iter().rev().filter(|comment| comment.own_line && comment.at.end <= at.start)
    {
        let ends = line_of(text, comment.at.end);
        if ends + 1 != line {
            if ends < line {
                break;
            }
            continue;
        }
        line = line_of(text, comment.at.start);
        near.push(comment);
    }
    near
}

/// Where an author writes an npm script: scenario.yml, else the stack.
pub fn npm_script_place(checked: &Checked<'_>, exercise: &Exercise<'_>, name: &str) -> Option<Span> {
    let own = exercise.written.manifest.environment.as_ref().map(|environment| &environment.node)?;
    let in_scripts = |node: &Node| Some(node.get("scripts")?.get(name)?.span);
    if let Some(file) = exercise.broken().file("package.json").filter(|file| !file.rendered) {
        return Some(file.span(checked.files, in_scripts(file.json()?)?.range()));
    }
    in_scripts(own).or_else(|| {
        let mut stack = own.get("stack")?.as_text()?.to_owned();
        for _ in 0..5 {
            let file: FileId = checked.files.find(format!("devcontainers/{stack}/stack.yml"))?;
            let node = parse_yaml(checked.files, file, &Sink::default())?;
            if let Some(found) = in_scripts(&node) {
                return Some(found);
            }
            stack = node.get("extends")?.as_text()?.to_owned();
        }
        None
    })
}
