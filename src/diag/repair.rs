//! Which codes come with a repair. Only a rule at work knows, so the list is made by the test that
//! runs all examples (`tests/catalog.rs`), and held by it.

use super::Applicability;

/// How a code's findings can be repaired.
pub type Repair = Applicability;

static REPAIRS: &str = include_str!("repairs.txt");

/// The repair of a code's findings, if `scenarist lint --fix` has one for any of them.
#[must_use]
pub fn repair_of(code: &str) -> Option<Repair> {
    let line = REPAIRS.lines().find_map(|line| line.strip_prefix(code)?.strip_prefix(' '))?;
    match line {
        "safe" => Some(Applicability::Safe),
        "unsafe" => Some(Applicability::Unsafe),
        _ => None,
    }
}
