//! From text to nodes. Built on the parser's events rather than its documents, because duplicate
//! keys must be reported with both places and end positions are needed for excerpts.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use saphyr::Scalar as Resolved;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marked};

use super::decode::Decode;
use super::node::{Key, Node, Value};
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};

/// How deep a document may nest before it is refused.
const MAX_DEPTH: usize = 64;

/// How many values aliases may stand for in one document. A few lines of aliases of aliases can
/// mean billions of values, which no manifest needs.
const MAX_ALIASED: usize = 10_000;

/// A YAML file as parsed, with what was found on the way.
struct Parsed {
    node: Option<Arc<Node>>,
    found: Vec<Diagnostic>,
    decoded: OnceLock<Decoded>,
}

/// The record that a file holds, with what was found in it.
struct Decoded {
    record: Option<Arc<dyn Any + Send + Sync>>,
    found: Vec<Diagnostic>,
}

/// Parses one YAML document, once for each file. Faults are reported; `None` when there is no
/// document.
#[must_use]
pub fn parse_yaml(files: &Files, file: FileId, sink: &Sink) -> Option<Arc<Node>> {
    let parsed = parsed(files, file);
    sink.extend(parsed.found.iter().cloned());
    parsed.node.clone()
}

/// Parses and decodes a file that many others rest upon, once; each call reports its faults.
pub fn parse_record<T: Decode + Any + Send + Sync>(
    files: &Files,
    file: FileId,
    sink: &Sink,
) -> Option<Arc<T>> {
    let parsed = parsed(files, file);
    sink.extend(parsed.found.iter().cloned());
    let node = parsed.node.as_deref()?;
    let decode = || {
        let found = Sink::default();
        let record = T::decode(node, &found).map(Arc::new);
        (record, found.into_found())
    };
    let decoded = parsed.decoded.get_or_init(|| {
        let (record, found) = decode();
        Decoded { record: record.map(|record| record as Arc<dyn Any + Send + Sync>), found }
    });
    sink.extend(decoded.found.iter().cloned());
    let record = Arc::clone(decoded.record.as_ref()?);
    // Who reads one file as two kinds of record decodes it again.
    record.downcast().ok().or_else(|| decode().0)
}

fn parsed(files: &Files, file: FileId) -> Arc<Parsed> {
    files.parsed(file, || {
        let found = Sink::default();
        let node = build_tree(files, file, &found).map(Arc::new);
        Parsed { node, found: found.into_found(), decoded: OnceLock::new() }
    })
}

fn build_tree(files: &Files, file: FileId, sink: &Sink) -> Option<Node> {
    let text = files.text(file).ok()?;
    let mut builder = Builder {
        files,
        file,
        text,
        sink,
        anchors: HashMap::new(),
        aliased: 0,
        stack: Vec::new(),
        root: None,
        cursor: Cursor::default(),
    };
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
    Map(Span, Entries, Option<Key>, usize),
}

/// The entries of a mapping while it grows, with the places of its keys.
#[derive(Default)]
struct Entries {
    list: Vec<(Key, Node)>,
    seen: HashMap<String, Span>,
}

/// The last place that was looked up: markers come in order, and a line can be long.
#[derive(Clone, Copy, Default)]
struct Cursor {
    line: usize,
    column: usize,
    offset: usize,
}

struct Builder<'a> {
    files: &'a Files,
    file: FileId,
    text: &'a str,
    sink: &'a Sink,
    /// Anchored values, each with the number of values in it.
    anchors: HashMap<usize, (Node, usize)>,
    /// How many values aliases have stood for so far.
    aliased: usize,
    stack: Vec<Open>,
    root: Option<Node>,
    cursor: Cursor,
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
            Event::MappingStart(anchor, _) => {
                self.open(Open::Map(span, Entries::default(), None, anchor))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span)?,
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

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), ()> {
        let Some((node, count)) = self.anchors.get(&anchor) else {
            return self.refuse(
                span,
                "this alias stands inside the value that it repeats",
                "write the value out",
            );
        };
        self.aliased += count;
        if self.aliased > MAX_ALIASED {
            let message = format!("the aliases of this file stand for more than {MAX_ALIASED} values");
            return self.refuse(span, &message, "write the values out, or repeat less");
        }
        let node = Node { span, value: node.value.clone() };
        self.put(node, 0);
        Ok(())
    }

    fn refuse(&self, span: Span, message: &str, help: &str) -> Result<(), ()> {
        self.sink.push(Diagnostic::new(&manifest::INVALID_YAML, span, message).help(help));
        Err(())
    }

    fn open(&mut self, open: Open) -> Result<(), ()> {
        if self.stack.len() >= MAX_DEPTH {
            let (Open::List(span, ..) | Open::Map(span, ..)) = open;
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            return self.refuse(span, &message, "put the inner part into a shallower list or mapping");
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
            Some(Open::Map(start, Entries { list: entries, .. }, _, anchor)) => {
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
            self.anchors.insert(anchor, (node.clone(), count_values(&node)));
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items, _)) => items.push(node),
            Some(Open::Map(_, entries, pending, _)) => match pending.take() {
                None => *pending = Some(key_of(&node)),
                Some(key) => {
                    if let Some(first) = entries.seen.get(&key.text) {
                        let message = format!("the key `{}` stands twice in this mapping", key.text);
                        self.sink.push(
                            Diagnostic::new(&manifest::DUPLICATE_KEY, key.span, message)
                                .also(*first, "first here")
                                .help("keep one of the two"),
                        );
                    } else {
                        entries.seen.insert(key.text.clone(), key.span);
                        entries.list.push((key, node));
                    }
                }
            },
        }
    }

    fn span(&mut self, marked: Marked) -> Span {
        let start = self.offset(marked.start.line(), marked.start.col());
        let end = self.offset(marked.end.line(), marked.end.col()).max(start);
        let kept = self.text[start..end].trim_end().len();
        Span::new(self.file, start, start + kept)
    }

    /// The offset of a line and a column in characters, counted from the place looked up before.
    fn offset(&mut self, line: usize, column: usize) -> usize {
        if self.cursor.line != line {
            let offset = self.files.line_start(self.file, line).min(self.text.len());
            self.cursor = Cursor { line, column: 0, offset };
        }
        let Cursor { column: from, offset: at, .. } = self.cursor;
        let offset = if column >= from {
            at + char_offset(&self.text[at..], column - from)
        } else {
            let back = from - column;
            self.text[..at].char_indices().rev().nth(back - 1).map_or(0, |(at, _)| at)
        };
        // Past the end of the text columns say nothing more.
        if offset < self.text.len() {
            self.cursor = Cursor { line, column, offset };
        }
        offset
    }
}

/// How many values there are in a tree.
fn count_values(node: &Node) -> usize {
    let inside: usize = match &node.value {
        Value::List(items) => items.iter().map(count_values).sum(),
        Value::Map(entries) => entries.iter().map(|(_, node)| count_values(node)).sum(),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) => 0,
    };
    inside + 1
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
    // `key:` with nothing after it.
    if text.is_empty() {
        return Value::Null;
    }
    match Resolved::parse_from_cow(text.to_owned().into()) {
        Resolved::Null => Value::Null,
        Resolved::Boolean(value) => Value::Bool(value),
        Resolved::Integer(value) => Value::Int(value),
        Resolved::FloatingPoint(value) => Value::Float(value.into_inner()),
        Resolved::String(value) => Value::Text(value.into_owned()),
    }
}
