//! An expression as far as a rule can use it: constants, names, and what is built from them.

use std::ops::Range;

/// An expression with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub at: Range<usize>,
    pub kind: ValueKind,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    Text(String),
    Number(f64),
    List(Vec<Value>),
    Object(Vec<Entry>),
    /// A name, or a way from one to a property: `req.route.path`. `?.` reads as `.`; a call on the
    /// way reads as `()`, and an index that is computed as `[]`.
    Path(String),
    /// `a ?? b`, `a || b`, `a && b`, `c ? a : b`: one of several.
    OneOf(Vec<Value>),
    /// A template or a sum: all of its parts, in order.
    Joined(Vec<Value>),
    /// `f(…)`, with the callee as a path.
    Call {
        callee: String,
        arguments: Vec<Value>,
    },
    /// `new C(…)`.
    New {
        class: String,
        arguments: Vec<Value>,
    },
    /// An index in [`super::Script::functions`] is found by this value's place.
    Function,
    Other,
}

/// An entry of an object literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// `None` for a spread or a computed key.
    pub key: Option<String>,
    pub key_at: Range<usize>,
    pub value: Value,
}

impl Value {
    /// The entry of an object with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        let ValueKind::Object(entries) = &self.kind else { return None };
        entries.iter().find(|entry| entry.key.as_deref() == Some(key))
    }

    /// The text of a constant string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let ValueKind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The value of a constant number.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        if let ValueKind::Number(number) = &self.kind { Some(*number) } else { None }
    }

    /// A name or a path.
    #[must_use]
    pub fn as_path(&self) -> Option<&str> {
        if let ValueKind::Path(path) = &self.kind { Some(path) } else { None }
    }

    /// Calls `visit` for this value and everything in it.
    pub fn for_each<'v>(&'v self, visit: &mut impl FnMut(&'v Value)) {
        visit(self);
        match &self.kind {
            ValueKind::List(items) | ValueKind::OneOf(items) | ValueKind::Joined(items) => {
                items.iter().for_each(|item| item.for_each(visit));
            }
            ValueKind::Object(entries) => entries.iter().for_each(|entry| entry.value.for_each(visit)),
            ValueKind::Call { arguments, .. } | ValueKind::New { arguments, .. } => {
                arguments.iter().for_each(|argument| argument.for_each(visit));
            }
            ValueKind::Text(_)
            | ValueKind::Number(_)
            | ValueKind::Path(_)
            | ValueKind::Function
            | ValueKind::Other => {}
        }
    }
}
