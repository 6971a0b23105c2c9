//! Pages: Markdown blocks hung into the tree of their directives, with a span on everything.
//!
//! `parse` gives the order of work, `tree` the types. `line` reads directive lines, `markdown`
//! makes the one Markdown parse and cuts it into top-level blocks, `block` reads those, `nest` hangs
//! them into the directives, `spacing` looks at blank lines and at directives inside lists. What a directive
//! means is not known here: its shape is handed in.

mod block;
mod fence;
mod heading;
mod inline;
mod line;
mod lines;
mod link_tail;
mod list;
mod markdown;
mod nest;
mod nest_faults;
mod parse;
mod spacing;
mod table;
#[cfg(test)]
mod testing;
mod tree;

pub use inline::parse_inline_links;
pub use parse::parse_document;
pub use tree::{
    Alignment, Block, BlockKind, Body, Cell, Directive, DirectiveShape, Document, Figure, Item, Link, List,
    Table,
};
