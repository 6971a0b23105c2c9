//! The codes that reading, parsing and resolving can report, the group `source`, those about the linter
//! itself, the group `lint`, and those of hand-made repositories, the group `adopt`. Rules of other groups carry their own code in `check/`.

pub mod adopt;
pub mod control;
pub mod document;
pub mod manifest;
pub mod reference;
pub mod tree;

use super::CodeSpec;

/// Every code of this catalogue.
#[must_use]
pub fn all() -> Vec<&'static CodeSpec> {
    [tree::ALL, manifest::ALL, document::ALL, reference::ALL, control::ALL, adopt::ALL].concat()
}

/// Declares the codes of one file: a `static` each, and the table `ALL`.
macro_rules! codes {
    ($($name:ident = $code:literal, $severity:ident {
        what: $what:literal, why: $why:literal, fix: $fix:literal, source: $source:literal,
        bad: [$($bad:expr),* $(,)?], good: [$($good:expr),* $(,)?] $(,)?
    })*) => {
        $(
            #[doc = $what]
            pub static $name: $crate::diag::CodeSpec = $crate::diag::CodeSpec {
                code: $code,
                severity: $crate::diag::Severity::$severity,
                what: $what,
                why: $why,
                fix: $fix,
                source: $source,
                params: &[],
                bad: &[$($bad),*],
                good: &[$($good),*],
            };
        )*
        /// The codes of this file, in order.
        pub const ALL: &[&$crate::diag::CodeSpec] = &[$(&$name),*];
    };
}
pub(crate) use codes;
