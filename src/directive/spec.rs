//! The specification of a directive, and attributes decoded by it.

use std::collections::BTreeMap;

use crate::diag::catalog::document;
use crate::diag::catalog::manifest::INVALID_ID;
use crate::diag::{Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::attributes::Attributes;
use crate::syntax::document::DirectiveShape;
use crate::syntax::yaml::{RelPath, closest, is_valid_id, one_of};

/// Everything there is to know about a directive.
#[derive(Debug)]
pub struct DirectiveSpec {
    pub shape: DirectiveShape,
    /// One sentence: what it is for.
    pub summary: &'static str,
    /// More about it, for the reference page.
    pub notes: &'static str,
    pub id: IdUse,
    pub attributes: &'static [AttributeSpec],
    /// A piece of scenario.md that uses it; run as a test.
    pub example: &'static str,
}

/// Whether a directive has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdUse {
    None,
    Optional,
    Required,
}

/// An attribute.
#[derive(Debug)]
pub struct AttributeSpec {
    pub name: &'static str,
    pub value: ValueKind,
    pub required: bool,
    pub doc: &'static str,
}

/// What an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// One word of a set.
    Word(&'static [&'static str]),
    /// An id.
    Id,
    /// Ids with spaces between.
    Ids,
    /// Any text.
    Text,
    /// A path inside a folder.
    Path,
    /// Words with spaces between.
    Words,
}

impl ValueKind {
    /// What it takes, in words.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Word(words) => one_of(words),
            Self::Id => "an id".to_owned(),
            Self::Ids => "ids with spaces between".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Path => "a path without `..`".to_owned(),
            Self::Words => "words with spaces between".to_owned(),
        }
    }
}

/// Attributes that fit their specification.
#[derive(Debug)]
pub struct Decoded {
    pub id: Option<Spanned<String>>,
    values: BTreeMap<&'static str, Spanned<String>>,
}

impl Decoded {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Spanned<String>> {
        self.values.get(name)
    }

    /// The value of an attribute as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|value| value.value.as_str())
    }

    /// The words of an attribute, each with its place.
    #[must_use]
    pub fn words(&self, name: &str) -> Vec<Spanned<String>> {
        self.get(name).map(split_words).unwrap_or_default()
    }
}

/// The words of a value with their places.
fn split_words(value: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in value.value.split(' ') {
        if !part.is_empty() {
            words.push(Spanned::new(part.to_owned(), value.span.sub(at, at + part.len())));
        }
        at += part.len() + 1;
    }
    words
}

/// Checks attributes against a table. `owner` names what they belong to ("`question`", "a code
/// fence"); `at` is where a missing one is reported.
#[must_use]
pub fn decode_attributes(
    owner: &str,
    id: IdUse,
    specs: &'static [AttributeSpec],
    attributes: &Attributes,
    at: Span,
    sink: &Sink,
) -> Decoded {
    let mut values = BTreeMap::new();
    for (key, value) in &attributes.pairs {
        let Some(spec) = specs.iter().find(|spec| spec.name == key.value) else {
            report_unknown(owner, specs, key, sink);
            continue;
        };
        if check_value(spec, value, sink) {
            values.insert(spec.name, value.clone());
        }
    }
    for class in &attributes.classes {
        let message = format!("{owner} takes no class, found `.{}`", class.value);
        sink.push(Diagnostic::new(&document::UNKNOWN_ATTRIBUTE, class.span, message).help("remove it"));
    }
    for spec in specs.iter().filter(|spec| spec.required && attributes.get(spec.name).is_none()) {
        let message = format!("{owner} needs `{}`", spec.name);
        let help = format!("add `{}=…`: {}", spec.name, spec.value.describe());
        sink.push(Diagnostic::new(&document::MISSING_ATTRIBUTE, at, message).help(help));
    }
    let id = check_id(owner, id, attributes, at, sink);
    Decoded { id, values }
}

fn check_id(
    owner: &str,
    id: IdUse,
    attributes: &Attributes,
    at: Span,
    sink: &Sink,
) -> Option<Spanned<String>> {
    match (id, &attributes.id) {
        (IdUse::None, Some(found)) => {
            let message = format!("{owner} has no id, found `#{}`", found.value);
            sink.push(Diagnostic::new(&document::UNKNOWN_ATTRIBUTE, found.span, message).help("remove it"));
            None
        }
        (IdUse::Required, None) => {
            let message = format!("{owner} needs an id");
            let help = "add one: `{#name}`, lower-case words with hyphens; learners' work is kept under it";
            sink.push(Diagnostic::new(&document::MISSING_ATTRIBUTE, at, message).help(help));
            None
        }
        (_, found) => found.clone(),
    }
}

fn report_unknown(owner: &str, specs: &[AttributeSpec], key: &Spanned<String>, sink: &Sink) {
    let names: Vec<&str> = specs.iter().map(|spec| spec.name).collect();
    let message = format!("{owner} has no attribute `{}`", key.value);
    let help = match (closest(&key.value, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => "it takes no attributes".to_owned(),
        (None, false) => format!("it takes {}", one_of(&names)),
    };
    sink.push(Diagnostic::new(&document::UNKNOWN_ATTRIBUTE, key.span, message).help(help));
}

fn check_value(spec: &AttributeSpec, value: &Spanned<String>, sink: &Sink) -> bool {
    let text = value.value.as_str();
    let report = |message: String, help: String| {
        sink.push(Diagnostic::new(&document::BAD_ATTRIBUTE_VALUE, value.span, message).help(help));
        false
    };
    match spec.value {
        ValueKind::Word(words) if !words.contains(&text) => {
            let help = match closest(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", one_of(words)),
            };
            report(format!("`{text}` is not a value of `{}`", spec.name), help)
        }
        ValueKind::Id if !is_valid_id(text) => {
            let help = "ids are lower-case letters, digits and single hyphens";
            sink.push(
                Diagnostic::new(&INVALID_ID, value.span, format!("`{text}` is not a valid id")).help(help),
            );
            false
        }
        ValueKind::Ids => split_words(value).iter().all(|word| {
            is_valid_id(&word.value) || {
                let message = format!("`{}` is not a valid id", word.value);
                sink.push(Diagnostic::new(&INVALID_ID, word.span, message));
                false
            }
        }),
        ValueKind::Path => match RelPath::check(text) {
            Ok(_) => true,
            Err(message) => {
                let spec = &crate::diag::catalog::tree::PATH_LEAVES_TREE;
                sink.push(Diagnostic::new(spec, value.span, message).help("name a file inside the folder"));
                false
            }
        },
        ValueKind::Word(_) | ValueKind::Id | ValueKind::Text | ValueKind::Words => true,
    }
}
