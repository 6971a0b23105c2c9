//! Directives: one file each, with its specification and how it becomes nodes of a page.
//! Decoding, messages, the reference page and the scanner's rules are made from the specifications.

mod answer;
mod boxes;
mod change;
mod context;
mod environment;
mod fence;
mod files;
mod hint;
mod include;
mod loadtest;
mod only;
mod options;
mod question;
mod quote;
mod results;
mod reveal;
mod rubric;
mod section;
mod spec;
mod table;
mod value;

pub mod page_ids;
pub mod reference;
pub mod rich;

pub use context::{Lower, PageKind, Shown};
pub use fence::ATTRIBUTES as FENCE_ATTRIBUTES;
pub use question::KINDS as QUESTION_KINDS;
pub use section::lower_page;
pub use spec::{AttributeSpec, Decoded, DirectiveSpec, IdUse, ValueKind};
pub use value::with_thousands;

/// Every directive, in the order of the reference page.
pub static ALL: &[&DirectiveSpec] = &[
    &question::SPEC,
    &answer::SPEC,
    &rubric::SPEC,
    &boxes::SPEC,
    &hint::SPEC,
    &options::SPEC,
    &change::SPEC,
    &loadtest::SPEC,
    &results::SPEC,
    &environment::SPEC,
    &files::SPEC,
    &reveal::SPEC,
    &quote::CHALLENGE,
    &quote::PUSHBACK,
    &quote::EXPECT,
    &only::SPEC,
    &include::SPEC,
];

/// What the scanner must know of them.
#[must_use]
pub fn shapes() -> Vec<crate::syntax::document::DirectiveShape> {
    ALL.iter().map(|spec| spec.shape).collect()
}
