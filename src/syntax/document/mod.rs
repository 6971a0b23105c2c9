//! Pages: Markdown blocks hung into the tree of their directives, with a span on everything.
//!
//! `parse` gives the order of work, `tree` the types. `line` reads directive lines, `markdown`
//! makes the one Markdown parse and cuts it into top-level blocks, `nest` hangs those into the
//! directives, `spacing` looks at blank lines and at directives inside lists. What a directive
//! means is not known here: its shape is handed in.

mod fence;
mod heading;
mod inline;
mod line;
mod lines;
mod list;
mod markdown;
mod nest;
mod nest_faults;
mod parse;
mod spacing;
mod table;
mod tree;

pub use inline::parse_inline_links;
pub use parse::parse_document;
pub use tree::{
    Alignment, Block, BlockKind, Body, Cell, Directive, DirectiveShape, Document, Item, Link, List, Table,
};
