//! From a value of a rendered file to the manifest that it was filled in from. A template's line
//! says `image: [= images.redis =]`; what an author edits is the entry in stack.yml.

use std::ops::Range;

use super::exercise::Exercise;
use super::file::ExerciseFile;
use super::registry::Checked;
use crate::diag::Sink;
use crate::environment::load_stack;
use crate::source::{Files, Span};
use crate::syntax::yaml::{Node, Value, parse_yaml};

/// Where an author edits the value at a place of an exercise's file: the file itself, the manifest
/// that holds the same value, or the template's line.
#[must_use]
pub fn authored_span(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
    at: Range<usize>,
) -> Span {
    let span = file.span(checked.files, at.clone());
    let value = file.text.get(at).unwrap_or("").trim_matches(QUOTES);
    let is_literal = checked.files.slice(span).trim_matches(QUOTES) == value;
    if !file.rendered || is_literal || value.is_empty() {
        return span;
    }
    in_manifests(checked, exercise, value).unwrap_or(span)
}

const QUOTES: [char; 2] = ['"', '\''];

/// The only place of scenario.yml's environment that holds a value; else the only one of the stack's.
fn in_manifests(checked: &Checked<'_>, exercise: &Exercise<'_>, value: &str) -> Option<Span> {
    let manifest = &exercise.written.manifest;
    let mut found = Vec::new();
    let own = manifest.environment.as_ref().map(|environment| &environment.node);
    for node in own.into_iter().chain(manifest.fixes.iter().filter_map(|fix| fix.environment.as_ref())) {
        collect(checked.files, node, value, &mut found);
    }
    if let [span] = found[..] {
        return Some(span);
    }
    let stack = exercise.stages.first()?.stage.environment.as_ref()?;
    let quiet = Sink::default();
    for folder in load_stack(checked.files, &stack.stack, &quiet)?.folders {
        let mut found = Vec::new();
        let file = checked.files.find(folder.join("stack.yml"))?;
        if let Some(node) = parse_yaml(checked.files, file, &quiet) {
            collect(checked.files, &node, value, &mut found);
        }
        if let [span] = found[..] {
            return Some(span);
        }
    }
    None
}

fn collect(files: &Files, node: &Node, value: &str, found: &mut Vec<Span>) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|(_, node)| collect(files, node, value, found)),
        Value::List(items) => items.iter().for_each(|node| collect(files, node, value, found)),
        _ if files.slice(node.span).trim_matches(QUOTES) == value => found.push(node.span),
        _ => {}
    }
}
