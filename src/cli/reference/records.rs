//! YAML files as tables of keys, read from their JSON Schema, so that the reference, the editor and
//! the decoder say the same.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use crate::syntax::yaml::{Decode, Defs, schema_document};

/// Which records were printed: several files share some.
#[derive(Debug, Default)]
pub struct Printed(BTreeSet<String>);

/// The records of a file whose top level is `T`, the top level first.
pub fn file<T: Decode>(printed: &mut Printed) -> String {
    let schema = schema_document::<T>("");
    let mut out = String::new();
    let records = schema.get("$defs").and_then(Json::as_object);
    for (at, (name, record)) in records.into_iter().flatten().enumerate() {
        if !printed.0.insert(name.clone()) {
            continue;
        }
        if at > 0 {
            let _ = write!(out, "#### {}: keys\n\n", title(name));
        }
        let _ = write!(out, "{}\n\n{}\n", text(record, "description"), keys(record));
    }
    out
}

/// The words of a closed set with their meaning.
pub fn words_of<T: Decode>() -> Vec<(String, String)> {
    words(&T::schema(&mut Defs::default()))
}

fn keys(record: &Json) -> String {
    let mut out = String::from("| Key | Takes | Required, or default | Meaning |\n|---|---|---|---|\n");
    let required: Vec<&str> = record
        .get("required")
        .and_then(Json::as_array)
        .map(|keys| keys.iter().filter_map(Json::as_str).collect())
        .unwrap_or_default();
    let properties = record.get("properties").and_then(Json::as_object);
    for (key, schema) in properties.into_iter().flatten() {
        let fallback = match schema.get("default") {
            _ if required.contains(&key.as_str()) => "**required**".to_owned(),
            Some(Json::String(word)) => format!("`{word}`"),
            Some(value) => format!("`{value}`"),
            None => String::new(),
        };
        let mut meaning = text(schema, "description");
        for (word, doc) in words(schema) {
            let _ = write!(meaning, "<br>`{word}`: {doc}");
        }
        let _ = writeln!(out, "| `{key}` | {} | {fallback} | {} |", takes(schema), cell(&meaning));
    }
    out
}

/// What a key takes, in words.
fn takes(schema: &Json) -> String {
    let Some(map) = schema.as_object() else { return "any value".to_owned() };
    if let Some(reference) = map.get("$ref").and_then(Json::as_str) {
        let name = title(reference.rsplit('/').next().unwrap_or(reference));
        return format!("[{}](#{}-keys)", name.to_lowercase(), name.to_lowercase().replace(' ', "-"));
    }
    let words = words(schema);
    if !words.is_empty() {
        return words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    }
    if let Some(kinds) = map.get("anyOf").and_then(Json::as_array) {
        return kinds.iter().map(takes).collect::<Vec<_>>().join(", or ");
    }
    match map.get("type") {
        Some(Json::String(kind)) => of_type(kind, map),
        Some(Json::Array(_)) => "text, number, `true` or `false`".to_owned(),
        _ => "any value".to_owned(),
    }
}

fn of_type(kind: &str, schema: &Map<String, Json>) -> String {
    match kind {
        "array" if schema.contains_key("minItems") => "a pair `[from, to]`".to_owned(),
        "array" => format!("list: {}", schema.get("items").map_or_else(String::new, takes)),
        "object" => {
            format!("mapping: name → {}", schema.get("additionalProperties").map_or_else(String::new, takes))
        }
        "string" if schema.contains_key("pattern") => "id".to_owned(),
        "string" if schema.contains_key("not") => "path".to_owned(),
        "string" if schema.contains_key("format") => "date".to_owned(),
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        other => other.to_owned(),
    }
}

fn words(schema: &Json) -> Vec<(String, String)> {
    let choices = schema.get("oneOf").and_then(Json::as_array);
    choices.into_iter().flatten().map(|choice| (text(choice, "const"), text(choice, "description"))).collect()
}

fn text(schema: &Json, key: &str) -> String {
    schema.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// `StackService` → "Stack service".
fn title(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            out.push(' ');
            out.push(letter.to_ascii_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
