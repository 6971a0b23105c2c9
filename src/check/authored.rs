//! From a value of a rendered file to the manifest that it was filled in from. A template's line
//! says `image: [= images.redis =]`; what an author edits is the entry in stack.yml.

use std::ops::Range;

use super::exercise::Exercise;
use super::file::ExerciseFile;
use super::registry::Checked;
use crate::diag::Sink;
use crate::environment::{Stack, load_stack};
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
    let expressions = expressions(checked.files.slice(span));
    in_manifests(checked, exercise, value, &expressions).unwrap_or(span)
}

/// The entry of stack.yml that makes a file: where an author adds another file beside it.
#[must_use]
pub fn stack_file_span(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
) -> Option<Span> {
    let stack = stack_of(checked, exercise).filter(|_| file.rendered)?;
    let entry = stack.manifest.files.iter().find(|entry| entry.path.path == file.path)?;
    Some(entry.path.span)
}

/// Where stack.yml gives a service its port.
#[must_use]
pub fn stack_port_span(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    service: &str,
    port: u32,
) -> Option<Span> {
    let quiet = Sink::default();
    for folder in stack_of(checked, exercise)?.folders {
        let Some(file) = checked.files.find(folder.join("stack.yml")) else { continue };
        let Some(node) = parse_yaml(checked.files, file, &quiet) else { continue };
        let services = node.get("services").map_or(&[][..], Node::items);
        let own = services.iter().find(|it| it.get("id").and_then(Node::as_text) == Some(service));
        if let Some(found) = own.and_then(|own| own.get("port")) {
            return (checked.files.slice(found.span) == port.to_string()).then_some(found.span);
        }
    }
    None
}

fn stack_of(checked: &Checked<'_>, exercise: &Exercise<'_>) -> Option<Stack> {
    let environment = exercise.stages.first()?.stage.environment.as_ref()?;
    load_stack(checked.files, &environment.stack, &Sink::default())
}

const QUOTES: [char; 2] = ['"', '\''];

/// Paths of values in a template's line: `images.postgres` of `[= images.postgres =]`.
fn expressions(line: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((inside, after)) = rest.split_once("[=").and_then(|(_, rest)| rest.split_once("=]")) {
        let path: Vec<&str> = inside.trim().split('.').collect();
        let is_name = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if path.iter().all(is_name) {
            found.push(path);
        }
        rest = after;
    }
    found
}

/// The value under a path, if it is the one that was printed.
fn at_path(files: &Files, root: &Node, path: &[&str], value: &str) -> Option<Span> {
    let node = path.iter().try_fold(root, |node, key| node.get(key))?;
    (files.slice(node.span).trim_matches(QUOTES) == value).then_some(node.span)
}

/// The only place of scenario.yml's environment that holds a value; else the only one of the
/// stack's. Where the template says which one it prints, that one.
fn in_manifests(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    value: &str,
    expressions: &[Vec<&str>],
) -> Option<Span> {
    let manifest = &exercise.written.manifest;
    let mut found = Vec::new();
    let printed = |node: &Node| expressions.iter().find_map(|path| at_path(checked.files, node, path, value));
    let own = manifest.environment.as_ref().map(|environment| &environment.node);
    for node in own.into_iter().chain(manifest.fixes.iter().filter_map(|fix| fix.environment.as_ref())) {
        if let Some(span) = printed(node) {
            return Some(span);
        }
        collect(checked.files, node, value, &mut found);
    }
    if let [span] = found[..] {
        return Some(span);
    }
    let quiet = Sink::default();
    for folder in stack_of(checked, exercise)?.folders {
        let mut found = Vec::new();
        let file = checked.files.find(folder.join("stack.yml"))?;
        if let Some(node) = parse_yaml(checked.files, file, &quiet) {
            if let Some(span) = printed(&node) {
                return Some(span);
            }
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
