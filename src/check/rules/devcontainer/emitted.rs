//! A devcontainer.json with its compose file, and the way from its values to what an author edits:
//! a setting of scenario.yml, or the template. It is printed anew after the two were merged, so the
//! template's line is found by the key.

use std::ops::Range;

use crate::check::{Checked, ComposeFile, Exercise, ExerciseFile, compose_files};
use crate::diag::{CodeSpec, Diagnostic};
use crate::source::{Files, Span};
use crate::syntax::shell::{Shell, parse_shell};
use crate::syntax::yaml::{Node, Value};

/// A devcontainer as emitted.
pub struct Devcontainer<'e, 'a> {
    pub exercise: &'e Exercise<'a>,
    pub file: &'e ExerciseFile<'a>,
    pub json: &'e Node,
}

/// The devcontainers of all exercises.
pub fn devcontainers<'c, 'a>(checked: &'c Checked<'a>) -> impl Iterator<Item = Devcontainer<'c, 'a>> {
    checked.exercises.iter().filter_map(|exercise| {
        let file = exercise.devcontainer.as_deref()?;
        Some(Devcontainer { exercise, file, json: file.json()? })
    })
}

/// The commands of a Codespace's life in their order. The first runs outside of the container.
pub const LIFECYCLE: [&str; 6] = [
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
];

/// A command of the lifecycle.
pub struct Lifecycle<'e> {
    pub key: &'static str,
    pub node: &'e Node,
    /// The command line; a list of words is joined.
    pub text: String,
    pub is_list: bool,
    pub shell: Shell,
}

impl<'e> Devcontainer<'e, '_> {
    /// A text of its top level.
    pub fn text(&self, key: &str) -> Option<&'e str> {
        self.json.get(key).and_then(Node::as_text)
    }

    /// The compose file of the folder as learners find it.
    pub fn compose(&self) -> Option<ComposeFile<'e, '_>> {
        compose_files(self.exercise).find(|compose| std::ptr::eq(compose.stage, self.exercise.broken()))
    }

    /// Every command that runs in the container, each of several under one key by itself.
    pub fn lifecycle(&self) -> Vec<Lifecycle<'e>> {
        let mut found = Vec::new();
        for key in &LIFECYCLE[1..] {
            let Some(node) = self.json.get(key) else { continue };
            let several = node.entries().iter().map(|(_, node)| node);
            let one = std::iter::once(node).filter(|node| !matches!(node.value, Value::Map(_)));
            for node in one.chain(several) {
                let words: Vec<&str> = node.items().iter().filter_map(Node::as_text).collect();
                let text = node.as_text().map_or_else(|| words.join(" "), str::to_owned);
                let is_list = !node.items().is_empty();
                found.push(Lifecycle { key, node, shell: parse_shell(&text), text, is_list });
            }
        }
        found
    }

    /// A finding at a value, by the keys that lead to it.
    pub fn finding(
        &self,
        files: &Files,
        spec: &'static CodeSpec,
        path: &[&str],
        node: &Node,
        message: impl Into<String>,
    ) -> Diagnostic {
        let at = node.span.range();
        self.file.finding_at(spec, self.span(files, path, at.clone()), at, message)
    }

    /// Where an author edits what stands at a place under these keys.
    pub fn span(&self, files: &Files, path: &[&str], at: Range<usize>) -> Span {
        if !self.file.rendered && !at.is_empty() {
            return self.file.span(files, at);
        }
        let raw = self.file.text.get(at.clone()).unwrap_or("");
        let patched = || self.in_patch(files, path, raw);
        patched().or_else(|| self.in_template(files, path, raw)).unwrap_or_else(|| self.file.span(files, at))
    }

    fn in_patch(&self, files: &Files, path: &[&str], raw: &str) -> Option<Span> {
        let environment = self.exercise.written.manifest.environment.as_ref()?;
        let mut node = environment.node.get("devcontainer")?;
        for key in path {
            node = node.get(key)?;
        }
        let value = unquoted(raw);
        let item = node.items().iter().find(|item| unquoted(files.slice(item.span)) == value);
        let span = item.unwrap_or(node).span;
        Some(inner(files, span))
    }

    /// The value behind the key, if the template writes it; else the key's line.
    fn in_template(&self, files: &Files, path: &[&str], raw: &str) -> Option<Span> {
        let text = files.text(self.file.source()).ok()?;
        // Keys above narrow down which of several equal ones is meant.
        let mut from = 0;
        for key in &path[..path.len().saturating_sub(1)] {
            from += text[from..].find(&format!("\"{key}\"")).unwrap_or(0);
        }
        let key = format!("\"{}\"", path.last()?);
        let at = from + text[from..].find(&key)?;
        let after = at + key.len();
        let line = text[after..].find('\n').map_or(text.len(), |len| after + len);
        let value = unquoted(raw);
        let found =
            Some(value).filter(|value| !value.is_empty()).and_then(|value| text[after..line].find(value));
        Some(match found {
            Some(start) => Span::new(self.file.source(), after + start, after + start + value.len()),
            None => {
                let written = text[at..line].trim_end();
                Span::new(self.file.source(), at, at + written.trim_end_matches(',').len())
            }
        })
    }
}

fn unquoted(raw: &str) -> &str {
    raw.strip_prefix(['"', '\'']).and_then(|raw| raw.strip_suffix(['"', '\''])).unwrap_or(raw)
}

fn inner(files: &Files, span: Span) -> Span {
    let raw = files.slice(span);
    if unquoted(raw).len() == raw.len() { span } else { span.sub(1, raw.len() - 1) }
}
