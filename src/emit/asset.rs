//! Pictures as they go into an output.

use crate::source::{FileId, Files};
use crate::syntax::suppression::strip_suppressions;

/// The bytes of a picture, without comments for the linter if it is text.
#[must_use]
pub fn asset_bytes(files: &Files, file: FileId) -> Vec<u8> {
    match files.text(file) {
        Ok(text) => strip_suppressions(files.path(file), text).into_owned().into_bytes(),
        Err(_) => files.bytes(file).to_vec(),
    }
}
