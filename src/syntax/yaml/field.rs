//! What every record does with its keys: find them, report what is missing or unknown.

use super::decode::Decode;
use super::node::Node;
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};

/// Decodes one key of a mapping. A missing key gives `default`, or the type's absent value, or a
/// finding. A value that does not decode counts as missing, without a second finding.
#[must_use]
pub fn decode_field<T: Decode>(
    node: &Node,
    record: &str,
    key: &str,
    default: Option<fn() -> T>,
    sink: &Sink,
) -> Option<T> {
    let fallback = || default.map(|make| make()).or_else(T::absent);
    match node.get(key) {
        Some(value) => T::decode(value, sink).or_else(fallback),
        None => fallback().or_else(|| {
            let message = format!("{record} needs the key `{key}`");
            let help = format!("add `{key}:` with {}", T::expects());
            sink.push(Diagnostic::new(&manifest::MISSING_KEY, first_line(node), message).help(help));
            None
        }),
    }
}

/// Reports keys that the record does not have, with the nearest one that it has.
pub fn report_unknown_keys(node: &Node, record: &str, known: &[String], sink: &Sink) {
    for (key, _) in node.entries() {
        if known.contains(&key.text) {
            continue;
        }
        let message = format!("{record} has no key `{}`", key.text);
        let help = match closest(&key.text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its keys are {}", list(known)),
        };
        sink.push(Diagnostic::new(&manifest::UNKNOWN_KEY, key.span, message).help(help));
    }
}

/// The name nearest to `text`, if one is near enough to be meant.
#[must_use]
pub fn closest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(text, name), name))
        .filter(|(distance, name)| {
            *distance <= text.len().max(name.len()) / 3 || (text.len() > 3 && name.starts_with(text))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A mapping's first line is enough for a finding about what it lacks.
fn first_line(node: &Node) -> crate::source::Span {
    node.entries().first().map_or(node.span, |(key, _)| key.span)
}
