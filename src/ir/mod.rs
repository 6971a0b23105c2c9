//! What a page is made of, for any target. Nodes hold references, never addresses, and the words
//! that surround them ("Hint 2 of 3"), so that every output says the same.

mod node;
mod rich;
mod walk;

pub use node::{
    AnswerBox, Block, Cell, Change, Choice, Code, CodeUse, Disclosure, DisclosureKind, Figure, FileRow,
    Heading, Node, OptionItem, Options, Output, Question, Quote, Rubric, Table, TableUse,
};
pub use rich::{LocalKind, Piece, Reference, RichText, Target};
pub use walk::{each_block, each_block_inside_first, each_rich, heading_with_id};
