//! Links as authors write them: on pages, and in what learners read of manifests.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::check::prose::prose_of_manifest;
use crate::check::{Checked, Page, Scope};
use crate::source::Span;
use crate::syntax::document::Link;

/// Calls `visit` for each link and image of what is looked at.
pub fn for_each_link(checked: &Checked<'_>, visit: impl FnMut(&Link)) {
    for_each_link_in(checked, checked.pages, checked.scope, visit);
}

fn for_each_link_in(checked: &Checked<'_>, pages: &[Page], scope: Scope, mut visit: impl FnMut(&Link)) {
    for page in pages {
        page.for_each_block(|block| block.links.iter().for_each(&mut visit));
    }
    for file in checked.sources_in(scope, "yml") {
        let path = checked.files.path(file);
        let is_manifest = path.components().count() <= 3 || path.file_name() == Some("scenario.yml");
        if !is_manifest && !path.starts_with("content/tutorials") {
            continue;
        }
        let texts = prose_of_manifest(checked, file);
        texts.iter().flat_map(|prose| prose.links()).for_each(&mut visit);
    }
}

/// The scheme of an address, if it has one.
pub fn scheme_of(destination: &str) -> Option<&str> {
    // Addresses are too short for a search of their own to pay.
    let scheme = &destination[..destination.bytes().position(|byte| byte == b':')?];
    let mut chars = scheme.chars();
    let is_scheme = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// An address without percent signs, so that what was written and what was emitted compare.
pub fn decode_percent(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| *byte != b'%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where each address is written, anywhere in the course: of links that are no references.
pub fn written_addresses(checked: &Checked<'_>) -> BTreeMap<String, Vec<Span>> {
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for_each_link_in(checked, checked.all_pages, Scope::Whole, |link| {
        if scheme_of(&link.destination.value).is_none() {
            found
                .entry(decode_percent(&link.destination.value).into_owned())
                .or_default()
                .push(link.destination.span);
        }
    });
    found
}
