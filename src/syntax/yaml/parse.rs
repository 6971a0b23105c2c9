//! From text to nodes. Built on the parser's events rather than its documents, because duplicate
//! keys must be reported with both places and end positions are needed for excerpts.

use std::collections::HashMap;

use saphyr::Scalar as Resolved;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked};

use super::node::{Key, Node, Value};
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};

/// How deep a document may nest before it is refused.
const MAX_DEPTH: usize = 64;

/// Parses one YAML document. Faults are reported; `None` when there is no document.
#[must_use]
pub fn parse_yaml(files: &Files, file: FileId, sink: &Sink) -> Option<Node> {
    let text = files.text(file).ok()?;
    let mut builder =
        Builder { files, file, text, sink, anchors: HashMap::new(), stack: Vec::new(), root: None };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                if builder.take(event, span).is_err() {
                    return None;
                }
            }
            Err(error) => {
                let marker = *error.marker();
                let at = files.line_start(file, marker.line());
                let at = (at + char_offset(&text[at.min(text.len())..], marker.col())).min(text.len());
                let span = Span::new(file, at, at);
                sink.push(Diagnostic::new(&manifest::INVALID_YAML, span, error.info().to_owned()).help(
                    "check the indentation here; quote text that holds `: `, ` #`, or starts with `[`, `{`, `*`, `&` or `@`",
                ));
                return None;
            }
        }
    }
    builder.root
}

enum Open {
    List(Span, Vec<Node>, usize),
    Map(Span, Vec<(Key, Node)>, Option<Key>, usize),
}

struct Builder<'a> {
    files: &'a Files,
    file: FileId,
    text: &'a str,
    sink: &'a Sink,
    anchors: HashMap<usize, Node>,
    stack: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, marked: Marked) -> Result<(), ()> {
        let span = self.span(marked);
        match event {
            Event::Scalar(text, style, anchor, _tag) => {
                let value = resolve(&text, style);
                self.put(Node { span, value }, anchor);
            }
            Event::SequenceStart(anchor, _) => self.open(Open::List(span, Vec::new(), anchor))?,
            Event::MappingStart(anchor, _) => self.open(Open::Map(span, Vec::new(), None, anchor))?,
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                if let Some(mut node) = node {
                    node.span = span;
                    self.put(node, 0);
                }
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let message = "a second document starts here; only the first would be read";
                self.sink
                    .push(Diagnostic::new(&manifest::INVALID_YAML, span, message).help("remove the `---`"));
                return Err(());
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open) -> Result<(), ()> {
        if self.stack.len() >= MAX_DEPTH {
            let (Open::List(span, ..) | Open::Map(span, ..)) = open;
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.sink.push(Diagnostic::new(&manifest::INVALID_YAML, span, message));
            return Err(());
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: Span) {
        match self.stack.pop() {
            Some(Open::List(start, items, anchor)) => {
                let span = self.trimmed(start, end, items.last().map(|node| node.span));
                self.put(Node { span, value: Value::List(items) }, anchor);
            }
            Some(Open::Map(start, entries, _, anchor)) => {
                let span = self.trimmed(start, end, entries.last().map(|(_, node)| node.span));
                self.put(Node { span, value: Value::Map(entries) }, anchor);
            }
            None => {}
        }
    }

    /// Block collections end where the next token starts; their last child says where they end.
    fn trimmed(&self, start: Span, end: Span, last: Option<Span>) -> Span {
        let flow = matches!(self.text.as_bytes().get(start.start as usize), Some(b'[' | b'{'));
        if flow { start.to(end) } else { last.map_or(start, |last| start.to(last)) }
    }

    fn put(&mut self, node: Node, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items, _)) => items.push(node),
            Some(Open::Map(_, entries, pending, _)) => match pending.take() {
                None => *pending = Some(key_of(&node)),
                Some(key) => {
                    if let Some((first, _)) = entries.iter().find(|(found, _)| found.text == key.text) {
                        let message = format!("the key `{}` stands twice in this mapping", key.text);
                        self.sink.push(
                            Diagnostic::new(&manifest::DUPLICATE_KEY, key.span, message)
                                .also(first.span, "first here")
                                .help("keep one of the two"),
                        );
                    } else {
                        entries.push((key, node));
                    }
                }
            },
        }
    }

    fn span(&self, marked: Marked) -> Span {
        let offset = |line: usize, column: usize| {
            let start = self.files.line_start(self.file, line).min(self.text.len());
            start + char_offset(&self.text[start..], column)
        };
        let start = offset(marked.start.line(), marked.start.col());
        let end = offset(marked.end.line(), marked.end.col()).max(start);
        let kept = self.text[start..end].trim_end().len();
        Span::new(self.file, start, start + kept)
    }
}

fn char_offset(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

fn key_of(node: &Node) -> Key {
    let text = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    };
    Key { text, span: node.span }
}

fn resolve(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match Resolved::parse_from_cow(text.to_owned().into()) {
        Resolved::Null => Value::Null,
        Resolved::Boolean(value) => Value::Bool(value),
        Resolved::Integer(value) => Value::Int(value),
        Resolved::FloatingPoint(value) => Value::Float(value.into_inner()),
        Resolved::String(value) => Value::Text(value.into_owned()),
    }
}
