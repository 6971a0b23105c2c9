//! The tree of a YAML document.

use serde_json::{Map, Number, Value as Json};

use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

/// A mapping's key with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub text: String,
    pub span: Span,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(found, _)| found.text == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Whether both hold the same, wherever it stands.
    #[must_use]
    pub fn holds_the_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(ours), Value::List(theirs)) => {
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.holds_the_same(b))
            }
            (Value::Map(ours), Value::Map(theirs)) => {
                let is_same = |((a, ours), (b, theirs)): (&(Key, Self), &(Key, Self))| {
                    a.text == b.text && ours.holds_the_same(theirs)
                };
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(is_same)
            }
            (Value::Text(ours), Value::Text(theirs)) => ours == theirs,
            (Value::Int(ours), Value::Int(theirs)) => ours == theirs,
            (Value::Float(ours), Value::Float(theirs)) => ours.total_cmp(theirs).is_eq(),
            (Value::Bool(ours), Value::Bool(theirs)) => ours == theirs,
            (Value::Null, Value::Null) => true,
            _ => false,
        }
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Key, Node)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text of a string; `None` for anything else.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The same data as JSON, key order kept.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => Json::Number((*value).into()),
            Value::Float(value) => Number::from_f64(*value).map_or(Json::Null, Json::Number),
            Value::Text(value) => Json::String(value.clone()),
            Value::List(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(entries) => Json::Object(
                entries.iter().map(|(key, node)| (key.text.clone(), node.to_json())).collect::<Map<_, _>>(),
            ),
        }
    }

    /// This tree with a JSON merge patch (RFC 7396) laid over it: mappings are merged, `null`
    /// removes a key, everything else replaces. Patched values keep the patch's places.
    #[must_use]
    pub fn merged(&self, patch: &Node) -> Node {
        let (Value::Map(base), Value::Map(changes)) = (&self.value, &patch.value) else {
            return patch.clone();
        };
        let mut entries = base.clone();
        for (key, change) in changes {
            let at = entries.iter().position(|(found, _)| found.text == key.text);
            match (at, &change.value) {
                (Some(at), Value::Null) => drop(entries.remove(at)),
                (None, Value::Null) => {}
                (Some(at), _) => entries[at].1 = entries[at].1.merged(change),
                (None, _) => entries.push((key.clone(), change.clone())),
            }
        }
        Node { span: self.span, value: Value::Map(entries) }
    }
}
