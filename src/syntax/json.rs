//! JSON and JSON with comments, as the same tree of nodes that YAML becomes, so that a rule reads
//! a compose file and a devcontainer in one way.

use std::ops::Range;

use jsonc_parser::ast::{ObjectPropName, Value as Json};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source::{FileId, Span};
use crate::syntax::yaml::{Key, Node, Value};

/// What is wrong with a text: the place (byte offsets) and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonFault {
    pub at: Range<usize>,
    pub message: String,
}

/// How strictly a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// JSON as it was first written down: no comments, no trailing commas.
    Strict,
    /// With comments and trailing commas, as devcontainer.json allows.
    WithComments,
}

/// A text as a tree, with every fault. Of keys that stand twice both are kept, in order. The spans
/// are the text's byte offsets, in `file`.
#[must_use]
pub fn parse_json(text: &str, file: FileId, dialect: Dialect) -> (Option<Node>, Vec<JsonFault>) {
    let lenient = dialect == Dialect::WithComments;
    let options = ParseOptions {
        allow_comments: lenient,
        allow_loose_object_property_names: false,
        allow_trailing_commas: lenient,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &options) {
        Err(error) => {
            let range = error.range();
            (None, vec![JsonFault { at: range.start..range.end, message: error.kind().to_string() }])
        }
        Ok(parsed) => match &parsed.value {
            Some(value) => {
                let mut faults = Vec::new();
                let node = node_of(value, text, file, &mut faults);
                (Some(node), faults)
            }
            None => (None, vec![JsonFault { at: 0..0, message: "the file is empty".to_owned() }]),
        },
    }
}

fn node_of(value: &Json<'_>, text: &str, file: FileId, faults: &mut Vec<JsonFault>) -> Node {
    let range = value.range();
    let span = Span::new(file, range.start, range.end);
    let value = match value {
        Json::NullKeyword(_) => Value::Null,
        Json::BooleanLit(literal) => Value::Bool(literal.value),
        Json::StringLit(literal) => Value::Text(literal.value.to_string()),
        Json::NumberLit(literal) => number(literal.value),
        Json::Array(list) => {
            Value::List(list.elements.iter().map(|item| node_of(item, text, file, faults)).collect())
        }
        Json::Object(object) => {
            let mut entries: Vec<(Key, Node)> = Vec::new();
            for entry in &object.properties {
                let (name, at) = match &entry.name {
                    ObjectPropName::String(name) => (name.value.to_string(), name.range),
                    ObjectPropName::Word(name) => (name.value.to_owned(), name.range),
                };
                let key = Key { text: name, span: Span::new(file, at.start, at.end) };
                if let Some((first, _)) = entries.iter().find(|(known, _)| known.text == key.text) {
                    let line = 1 + text[..first.span.range().start].matches('\n').count();
                    let message = format!("the key `{}` stands on line {line} already", key.text);
                    faults.push(JsonFault { at: at.start..at.end, message });
                }
                let node = node_of(&entry.value, text, file, faults);
                entries.push((key, node));
            }
            Value::Map(entries)
        }
    };
    Node { span, value }
}

fn number(text: &str) -> Value {
    text.parse().map_or_else(|_| Value::Float(text.parse().unwrap_or(f64::NAN)), Value::Int)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn parse(text: &str, dialect: Dialect) -> (Option<Node>, Vec<JsonFault>) {
        let mut files = Files::default();
        let file = files.add_text("a.json", text);
        parse_json(text, file, dialect)
    }

    #[test]
    fn values_know_their_places() {
        let text = r#"{"a": [1, 2.5, "x"], "b": {"c": true, "d": null}}"#;
        let (node, faults) = parse(text, Dialect::Strict);
        let node = node.expect("a tree");
        assert_eq!(faults, []);
        assert_eq!(&text[node.get("a").unwrap().items()[2].span.range()], "\"x\"");
        assert_eq!(node.to_json()["a"][1], 2.5);
        assert_eq!(&text[node.get("b").unwrap().entries()[0].0.span.range()], "\"c\"");
    }

    #[test]
    fn a_key_that_stands_twice_is_a_fault_at_the_second_place() {
        let (_, faults) = parse("{\n\"a\": 1,\n\"a\": 2}", Dialect::Strict);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].message, "the key `a` stands on line 2 already");
        assert_eq!(faults[0].at, 10..13);
    }

    #[test]
    fn comments_belong_to_one_dialect() {
        let text = "{ // why\n \"a\": 1, }";
        assert!(parse(text, Dialect::Strict).0.is_none());
        assert!(parse(text, Dialect::WithComments).0.is_some());
    }
}
