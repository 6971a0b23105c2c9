//! JSON Schema (draft 2020-12) out of the records.

use serde_json::{Map, Value as Json, json};

use super::decode::{Decode, describe};
use super::field::closest;
use super::node::{Node, Value};
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};

/// The named records that a schema refers to.
#[derive(Debug, Default)]
pub struct Defs(Map<String, Json>);

impl Defs {
    /// A reference to a record's schema, made on first use (a record may refer to itself).
    pub fn define(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Json::Null);
            let schema = make(self);
            self.0.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// Collects the properties of one record.
#[derive(Debug)]
pub struct RecordSchema {
    description: String,
    properties: Map<String, Json>,
    required: Vec<Json>,
}

impl RecordSchema {
    /// Starts a record with its description.
    #[must_use]
    pub fn new(description: &str) -> Self {
        Self { description: description.trim().to_owned(), properties: Map::new(), required: Vec::new() }
    }

    /// Adds a key; `default` is what stands for it when it is left out.
    pub fn field(&mut self, key: &str, mut schema: Json, doc: &str, required: bool, default: Option<Json>) {
        let doc = doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
        if let Json::Object(map) = &mut schema {
            map.insert("description".to_owned(), Json::String(doc));
            if let Some(default) = default {
                map.insert("default".to_owned(), default);
            }
        }
        self.properties.insert(key.to_owned(), schema);
        if required {
            self.required.push(Json::String(key.to_owned()));
        }
    }

    /// The record's schema.
    #[must_use]
    pub fn finish(self) -> Json {
        json!({
            "type": "object",
            "description": self.description,
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

/// The complete schema of a file whose top level is `T`.
#[must_use]
pub fn schema_document<T: Decode>(title: &str) -> Json {
    let mut defs = Defs::default();
    let root = T::schema(&mut defs);
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Json::Object(document), Json::Object(root)) = (&mut document, root) {
        document.extend(root);
        document.insert("$defs".to_owned(), Json::Object(defs.0));
    }
    document
}

/// `some_field_` → `some-field`.
#[must_use]
pub fn kebab(field: &str) -> String {
    field.trim_start_matches("r#").trim_end_matches('_').replace('_', "-")
}

/// Reports anything that is not a mapping.
#[must_use]
pub fn expect_mapping(node: &Node, record: &str, keys: &[String], sink: &Sink) -> bool {
    if matches!(node.value, Value::Map(_)) {
        return true;
    }
    let message = format!("expected {record} (a mapping), found {}", describe(node));
    let help = match (&node.value, keys.first()) {
        (Value::Text(text), Some(key)) if !text.contains('\n') => format!("write `{{{key}: {text}}}`"),
        _ => format!("write its keys, one to a line: {}", one_of_all(keys)),
    };
    sink.push(Diagnostic::new(&manifest::WRONG_TYPE, node.span, message).help(help));
    false
}

/// Reads a word of a closed set.
#[must_use]
pub fn decode_word(node: &Node, words: &[&str], sink: &Sink) -> Option<String> {
    let word = String::decode(node, sink)?;
    if words.contains(&word.as_str()) {
        return Some(word);
    }
    let message = format!("`{word}` is not allowed here");
    let help = match closest(&word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {} can stand here", one_of(words)),
        None => format!("write {}", one_of(words)),
    };
    sink.push(Diagnostic::new(&manifest::BAD_VALUE, node.span, message).help(help));
    None
}

/// "`a`, `b`, `c`".
fn one_of_all(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// "`a`, `b` or `c`".
#[must_use]
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
