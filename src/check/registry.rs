//! The table of all codes.

use crate::diag::CodeSpec;
use crate::diag::catalog;

/// Every code there is, by name.
#[must_use]
pub fn all_specs() -> Vec<&'static CodeSpec> {
    let mut specs = catalog::all();
    specs.sort_by_key(|spec| spec.code);
    specs
}
