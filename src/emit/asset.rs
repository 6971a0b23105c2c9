//! Pictures as they go into an output.

use crate::source::{FileId, Files};
use crate::syntax::suppression::strip_suppressions;
use crate::syntax::svg::harmless;

/// The bytes of a picture, without comments for the linter if it is text, and without what could run or
/// be loaded from elsewhere if it is SVG.
#[must_use]
pub fn asset_bytes(files: &Files, file: FileId) -> Vec<u8> {
    match files.text(file) {
        Ok(text) => {
            let text = strip_suppressions(files.path(file), text);
            let is_svg =
                files.path(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
            if is_svg { harmless(&text).into_owned().into_bytes() } else { text.into_owned().into_bytes() }
        }
        Err(_) => files.bytes(file).to_vec(),
    }
}
