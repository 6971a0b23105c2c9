//! Decoding nodes into types. A value of the wrong type is reported and taken as absent, so that
//! one run finds every fault of a file and the rest of it stays usable.

use serde_json::{Value as Json, json};

use super::node::{Node, Value};
use super::schema::Defs;
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};
use crate::source::Spanned;

/// A type that can be read from YAML and describes itself as JSON Schema.
pub trait Decode: Sized {
    /// Reads a value; faults are reported and give `None`.
    fn decode(node: &Node, sink: &Sink) -> Option<Self>;

    /// The value of a key that is not there; `None` makes the key required.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// The value as JSON, for the defaults that a schema names; `None` for types that no key has as
    /// its default.
    #[must_use]
    fn to_json(&self) -> Option<Json> {
        None
    }

    /// The JSON Schema of this type. Records put themselves into `defs` and return a reference.
    fn schema(defs: &mut Defs) -> Json;

    /// What a value must be, for messages: "a list of ids".
    #[must_use]
    fn expects() -> String;
}

/// A node's type in words, for messages.
#[must_use]
pub fn describe(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Text(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "a mapping",
    }
}

/// Reports that a node is not what its key takes.
pub(super) fn wrong_type<T: Decode>(node: &Node, sink: &Sink) -> Option<T> {
    let message = format!("expected {}, found {}", T::expects(), describe(node));
    sink.push(
        Diagnostic::new(&manifest::WRONG_TYPE, node.span, message).help(type_help(&T::expects(), node)),
    );
    None
}

/// What to type so that a value becomes what its key takes.
pub(super) fn type_help(expects: &str, node: &Node) -> String {
    let is_plain = matches!(node.value, Value::Bool(_) | Value::Int(_) | Value::Float(_));
    let is_single = is_plain || matches!(node.value, Value::Text(_));
    match node.value {
        _ if is_plain && expects.contains("string") => "put it in quotes".to_owned(),
        _ if is_single && expects.starts_with("a list") => {
            "put it in brackets, `[…]`, or on a line of its own after `- `".to_owned()
        }
        _ if is_single && expects.contains("mapping") => {
            "write `{key: value}`, or `key: value` lines below".to_owned()
        }
        Value::Text(_) if expects.contains("number") => {
            "write it in digits, without quotes and units".to_owned()
        }
        Value::Text(_) if expects.contains("`true`") => "write `true` or `false` without quotes".to_owned(),
        Value::Null => format!("write {expects} after the colon, or remove the key"),
        _ => format!("write {expects} here"),
    }
}

macro_rules! decode_scalar {
    ($type:ty, $expects:literal, $schema:expr, |$value:ident| $read:expr) => {
        impl Decode for $type {
            fn decode(node: &Node, sink: &Sink) -> Option<Self> {
                let $value = &node.value;
                let read: Option<Self> = $read;
                read.or_else(|| wrong_type::<Self>(node, sink))
            }

            fn to_json(&self) -> Option<Json> {
                Some(json!(self))
            }

            fn schema(_: &mut Defs) -> Json {
                $schema
            }

            fn expects() -> String {
                $expects.to_owned()
            }
        }
    };
}

decode_scalar!(String, "a string", json!({ "type": "string" }), |value| match value {
    Value::Text(text) => Some(text.clone()),
    _ => None,
});
decode_scalar!(u32, "a whole number", json!({ "type": "integer", "minimum": 0 }), |value| match value {
    Value::Int(number) => u32::try_from(*number).ok(),
    _ => None,
});
decode_scalar!(f64, "a number", json!({ "type": "number" }), |value| match value {
    #[expect(clippy::cast_precision_loss, reason = "bucket bounds and percentages are far below 2^52")]
    Value::Int(number) => Some(*number as f64),
    Value::Float(number) => Some(*number),
    _ => None,
});

impl Decode for bool {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        if let Value::Bool(value) = node.value { Some(value) } else { wrong_type::<Self>(node, sink) }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn to_json(&self) -> Option<Json> {
        Some(json!(self))
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "boolean" })
    }

    fn expects() -> String {
        "`true` or `false`".to_owned()
    }
}

/// Any YAML value, kept as it is (merge patches, settings of other tools).
impl Decode for Node {
    fn decode(node: &Node, _: &Sink) -> Option<Self> {
        Some(node.clone())
    }

    fn schema(_: &mut Defs) -> Json {
        json!({})
    }

    fn expects() -> String {
        "any value".to_owned()
    }
}

/// A value that is kept as a node, because patches are laid over it, and described as a `T`.
#[derive(Clone, Debug)]
pub struct Shaped<T> {
    pub node: Node,
    shape: std::marker::PhantomData<T>,
}

impl<T> std::ops::Deref for Shaped<T> {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.node
    }
}

impl<T: Decode> Decode for Shaped<T> {
    fn decode(node: &Node, _: &Sink) -> Option<Self> {
        Some(Self { node: node.clone(), shape: std::marker::PhantomData })
    }

    fn schema(defs: &mut Defs) -> Json {
        T::schema(defs)
    }

    fn expects() -> String {
        T::expects()
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        T::decode(node, sink).map(|value| Spanned::new(value, node.span))
    }

    fn absent() -> Option<Self> {
        None
    }

    fn to_json(&self) -> Option<Json> {
        self.value.to_json()
    }

    fn schema(defs: &mut Defs) -> Json {
        T::schema(defs)
    }

    fn expects() -> String {
        T::expects()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        if matches!(node.value, Value::Null) { Some(None) } else { T::decode(node, sink).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(defs: &mut Defs) -> Json {
        T::schema(defs)
    }

    fn expects() -> String {
        T::expects()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        match &node.value {
            Value::List(items) => Some(items.iter().filter_map(|item| T::decode(item, sink)).collect()),
            Value::Null => Some(Vec::new()),
            _ => wrong_type::<Self>(node, sink),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(defs: &mut Defs) -> Json {
        json!({ "type": "array", "items": T::schema(defs) })
    }

    fn expects() -> String {
        format!("a list (of {})", T::expects().trim_start_matches("an ").trim_start_matches("a "))
    }
}

/// A mapping whose keys are names of the author's choice, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T>(pub Vec<(Spanned<String>, T)>);

impl<T> Entries<T> {
    /// The value under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Spanned<String>, T)> {
        self.0.iter()
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Entries<T> {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Self(
                entries
                    .iter()
                    .filter_map(|(key, node)| {
                        let value = T::decode(node, sink)?;
                        Some((Spanned::new(key.text.clone(), key.span), value))
                    })
                    .collect(),
            )),
            Value::Null => Some(Self::default()),
            _ => wrong_type::<Self>(node, sink),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn schema(defs: &mut Defs) -> Json {
        json!({ "type": "object", "additionalProperties": T::schema(defs) })
    }

    fn expects() -> String {
        format!("a mapping of names to {}", T::expects())
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        match &node.value {
            Value::List(_) => Vec::<T>::decode(node, sink).map(Self),
            _ => T::decode(node, sink).map(|value| Self(vec![value])),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }

    fn schema(defs: &mut Defs) -> Json {
        let one = T::schema(defs);
        json!({ "anyOf": [one, { "type": "array", "items": one }] })
    }

    fn expects() -> String {
        format!("{}, or a list of such", T::expects())
    }
}
