//! Pictures as they go into an output.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::{FileId, Files};
use crate::syntax::suppression::strip_suppressions;
use crate::syntax::svg::{Markup, harmless, harmless_markup};

/// The bytes of a picture, without comments for the linter if it is text, and without what could run or
/// be loaded from elsewhere if it is SVG. Made once: every output that shows it has the same.
#[must_use]
pub fn asset_bytes(files: &Files, file: FileId) -> Arc<[u8]> {
    let made = files.parsed(file, || Asset(make_asset(files, file, None)));
    Arc::clone(&made.0)
}

/// Makes the bytes of a picture that was taken apart, for the outputs that will show it.
pub fn prepare_asset(files: &Files, file: FileId, markup: &Markup<'_>) {
    let _ = files.parsed(file, || Asset(make_asset(files, file, Some(markup))));
}

struct Asset(Arc<[u8]>);

fn make_asset(files: &Files, file: FileId, markup: Option<&Markup<'_>>) -> Arc<[u8]> {
    let Ok(text) = files.text(file) else { return files.shared_bytes(file) };
    let stripped = strip_suppressions(files.path(file), text);
    let is_svg = files.path(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let clean = match (is_svg, &stripped) {
        (false, _) => Cow::Borrowed(stripped.as_ref()),
        (true, Cow::Borrowed(_)) => markup.map_or_else(|| harmless(text), harmless_markup),
        (true, Cow::Owned(stripped)) => harmless(stripped),
    };
    if clean == text { files.shared_bytes(file) } else { clean.into_owned().into_bytes().into() }
}
