//! The scalar types of manifests: ids, paths, dates, inline Markdown, and values of any kind.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value as Json, json};

use super::decode::{Decode, describe};
use super::node::{Node, Value};
use super::schema::Defs;
use crate::diag::catalog::{manifest, tree};
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Whether a text is a valid id: `[a-z0-9]+(-[a-z0-9]+)*` (format.md, "Ids and numbers").
#[must_use]
pub fn is_valid_id(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// A valid id with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub text: String,
    pub span: Span,
}

impl Id {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Decode for Id {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let text = String::decode(node, sink)?;
        if !is_valid_id(&text) {
            let message = format!("`{text}` is not a valid id");
            let help = suggest_id(&text).map_or_else(
                || "ids are lower-case letters, digits and single hyphens".to_owned(),
                |id| format!("write `{id}`: lower-case letters, digits and single hyphens"),
            );
            sink.push(Diagnostic::new(&manifest::INVALID_ID, node.span, message).help(help));
            return None;
        }
        Some(Self { text, span: node.span })
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" })
    }

    fn expects() -> String {
        "an id".to_owned()
    }
}

fn suggest_id(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let id = parts.join("-");
    is_valid_id(&id).then_some(id)
}

/// A path relative to a folder that the key's documentation names. Never absolute, never `..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelPath {
    pub path: Utf8PathBuf,
    pub span: Span,
}

impl RelPath {
    /// Checks a path as written.
    ///
    /// # Errors
    /// The reason, as a message.
    pub fn check(text: &str) -> Result<Utf8PathBuf, String> {
        let path = Utf8Path::new(text);
        let leaves = path.is_absolute()
            || text.contains('\\')
            || path.components().any(|part| part == camino::Utf8Component::ParentDir);
        if text.is_empty() || leaves {
            return Err(format!("`{text}` leaves its folder"));
        }
        Ok(path.components().filter(|part| part.as_str() != ".").collect())
    }
}

impl Decode for RelPath {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let text = String::decode(node, sink)?;
        match RelPath::check(&text) {
            Ok(path) => Some(Self { path, span: node.span }),
            Err(message) => {
                let help = "name a file inside the folder, with `/` and without `..`";
                sink.push(Diagnostic::new(&tree::PATH_LEAVES_TREE, node.span, message).help(help));
                None
            }
        }
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "string", "not": { "pattern": "(^/|\\\\|(^|/)\\.\\.(/|$))" } })
    }

    fn expects() -> String {
        "a relative path".to_owned()
    }
}

/// Inline Markdown that learners read: references are resolved in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    pub span: Span,
}

impl Decode for Text {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let value = match &node.value {
            Value::Int(number) => number.to_string(),
            _ => String::decode(node, sink)?,
        };
        Some(Self { value: value.trim().to_owned(), span: node.span })
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "string" })
    }

    fn expects() -> String {
        "text".to_owned()
    }
}

/// A calendar day, `2026-11-20`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub text: String,
    pub span: Span,
}

impl Decode for Date {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let text = String::decode(node, sink)?;
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize, digits: usize| -> Option<u32> {
            parts.get(at).filter(|part| part.len() == digits).and_then(|part| part.parse().ok())
        };
        let valid = parts.len() == 3
            && number(0, 4).is_some()
            && number(1, 2).is_some_and(|month| (1..=12).contains(&month))
            && number(2, 2).is_some_and(|day| (1..=31).contains(&day));
        if valid {
            return Some(Self { text, span: node.span });
        }
        let message = format!("`{text}` is not a date");
        sink.push(Diagnostic::new(&manifest::BAD_VALUE, node.span, message).help("write it as `2026-11-20`"));
        None
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "string", "format": "date" })
    }

    fn expects() -> String {
        "a date".to_owned()
    }
}

/// A string, number or boolean.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    pub text: String,
    pub json: Json,
    pub span: Span,
}

impl Decode for Scalar {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let text = match &node.value {
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Text(value) => value.clone(),
            Value::Null | Value::List(_) | Value::Map(_) => {
                let message = format!("expected {}, found {}", Self::expects(), describe(node));
                let help = super::decode::type_help(&Self::expects(), node);
                sink.push(Diagnostic::new(&manifest::WRONG_TYPE, node.span, message).help(help));
                return None;
            }
        };
        Some(Self { text, json: node.to_json(), span: node.span })
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": ["string", "number", "boolean"] })
    }

    fn expects() -> String {
        "a string, a number, `true` or `false`".to_owned()
    }
}
