//! Comments that accept findings: `<!-- allow group/name: reason -->`, and the same after `#`, `//`
//! or `--`. Here they are found, with what they name and how far they reach; which rules there are,
//! and what was found, is known elsewhere.
//!
//! A comment on lines of its own covers what follows it: the next block of a page with all that is
//! in it (of a heading only the line), the next entry, statement or element. One at the end of a
//! line covers that line. Where a language has a parser here, the parser says what is a comment.

mod comment;
mod grammar;
mod javascript;
mod lines;
mod markdown;
mod markup;
mod page;
mod scan;
mod sql;
mod yaml;

pub use comment::{NamedCode, Suppression};
pub use page::page_suppressions;
pub use scan::{scan_suppressions, strip_prose, strip_suppressions};
