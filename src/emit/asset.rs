//! Pictures as they go into an output.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::{FileId, Files};
use crate::syntax::suppression::strip_suppressions;
use crate::syntax::svg::harmless;

/// The bytes of a picture, without comments for the linter if it is text, and without what could run or
/// be loaded from elsewhere if it is SVG. Made once: every output that shows it has the same.
#[must_use]
pub fn asset_bytes(files: &Files, file: FileId) -> Arc<[u8]> {
    let made = files.parsed(file, || Asset(make_asset(files, file)));
    Arc::clone(&made.0)
}

struct Asset(Arc<[u8]>);

fn make_asset(files: &Files, file: FileId) -> Arc<[u8]> {
    let Ok(text) = files.text(file) else { return files.shared_bytes(file) };
    let stripped = strip_suppressions(files.path(file), text);
    let is_svg = files.path(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let clean = if is_svg { harmless(&stripped) } else { Cow::Borrowed(stripped.as_ref()) };
    if clean == text { files.shared_bytes(file) } else { clean.into_owned().into_bytes().into() }
}
