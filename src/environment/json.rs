//! JSON as people write it: two spaces, and plain values side by side where they fit on a line.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The longest line that a list may make.
const WIDTH: usize = 100;

/// The longest line that a mapping of plain values may make.
const ENTRY_WIDTH: usize = 80;

/// 95 rather than 95.0 for a whole number.
pub fn json_number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small first")]
    if value.fract() == 0.0 && value.abs() < 1e15 { Value::from(value as i64) } else { Value::from(value) }
}

/// A document with a line end.
pub fn print_json(value: &Value) -> String {
    let mut out = String::new();
    print_value(value, 0, &mut out);
    out.push('\n');
    out
}

fn print_value(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => print_list(items, depth, out),
        Value::Object(entries) if !entries.is_empty() => print_object(entries, depth, out),
        _ => push_value(value, out),
    }
}

/// A value on one line.
fn push_value(value: &Value, out: &mut String) {
    write!(out, "{value}").expect("a string takes everything");
}

fn print_list(items: &[Value], depth: usize, out: &mut String) {
    if items.iter().all(is_plain) {
        let start = out.len();
        out.push('[');
        for (index, item) in items.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { ", " });
            push_value(item, out);
        }
        out.push(']');
        if depth * 2 + out.len() - start <= WIDTH {
            return;
        }
        out.truncate(start);
    }
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        start_line(index, depth, out);
        print_value(item, depth + 1, out);
    }
    end_lines(depth, ']', out);
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn print_object(entries: &Map<String, Value>, depth: usize, out: &mut String) {
    if depth > 0 && entries.values().all(is_plain) {
        let start = out.len();
        for (index, (key, value)) in entries.iter().enumerate() {
            out.push_str(if index == 0 { "{ " } else { ", " });
            push_key(key, out);
            push_value(value, out);
        }
        let length = out.len() - start - "{ ".len();
        if depth * 2 + length <= ENTRY_WIDTH {
            out.push_str(" }");
            return;
        }
        out.truncate(start);
    }
    out.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        start_line(index, depth, out);
        push_key(key, out);
        print_value(value, depth + 1, out);
    }
    end_lines(depth, '}', out);
}

/// A key with its colon.
fn push_key(key: &str, out: &mut String) {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if key.bytes().all(plain) {
        out.extend(["\"", key, "\": "]);
    } else {
        push_value(&Value::String(key.to_owned()), out);
        out.push_str(": ");
    }
}

fn start_line(index: usize, depth: usize, out: &mut String) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    indent(depth + 1, out);
}

fn end_lines(depth: usize, bracket: char, out: &mut String) {
    out.push('\n');
    indent(depth, out);
    out.push(bracket);
}

fn indent(depth: usize, out: &mut String) {
    (0..depth).for_each(|_| out.push_str("  "));
}

/// A value as a JavaScript literal in the house style of the learners' code: single quotes, bare
/// keys, one line where it fits. `indent` is the column that the value's first line starts in.
pub fn print_js(value: &Value, indent: usize) -> String {
    let flat = flat_js(value);
    if indent + flat.len() <= WIDTH {
        return flat;
    }
    let pad = " ".repeat(indent + 2);
    let end = " ".repeat(indent);
    match value {
        Value::Array(items) => {
            let lines = items.iter().map(|item| format!("{pad}{},\n", print_js(item, indent + 2)));
            format!("[\n{}{end}]", lines.collect::<String>())
        }
        Value::Object(entries) => {
            let lines = entries
                .iter()
                .map(|(key, item)| format!("{pad}{}: {},\n", js_key(key), print_js(item, indent + 2)));
            format!("{{\n{}{end}}}", lines.collect::<String>())
        }
        _ => flat,
    }
}

fn flat_js(value: &Value) -> String {
    match value {
        Value::String(text) => js_string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flat_js).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, item)| format!("{}: {}", js_key(key), flat_js(item)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        _ => value.to_string(),
    }
}

fn js_key(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_');
    let bare = first && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if bare { key.to_owned() } else { js_string(key) }
}

fn js_string(text: &str) -> String {
    let quoted = Value::String(text.to_owned()).to_string();
    let inner = quoted[1..quoted.len() - 1].replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{inner}'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn javascript_literals_read_as_written_by_hand() {
        let value = json!([{ "id": "it's", "content-type": "a\"b\\c\n", "n": 0.5 }]);
        assert_eq!(print_js(&value, 0), r#"[{ id: 'it\'s', 'content-type': 'a"b\\c\n', n: 0.5 }]"#);
    }

    #[test]
    fn printed_json_is_the_same_data() {
        let value = json!({"a": [1, 2], "b": {"c": [], "d": {}}, "e": [{"f": "x"}]});
        let text = print_json(&value);
        assert!(text.contains("\"a\": [1, 2],\n"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }
}
