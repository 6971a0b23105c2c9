//! From a SCENARIO.md to its parts. `outline` walks the blocks and asks one reader for each kind of part;
//! `roles` then says what each section is for; `answers` reads an answer key, here or in a file of its own.

mod answers;
mod block;
mod boxes;
mod change;
mod commands;
mod details;
mod faq;
mod fields;
mod figure;
mod fixes;
mod hint;
mod lead;
mod matching;
mod next;
mod options;
mod outline;
mod question;
mod results;
mod roles;
mod section;
mod stuck;
mod title;
mod view;

pub(super) use answers::read_answers_file;
pub(super) use block::{PageBlock, Shape, blocks_of};
pub(super) use matching::match_answers;
pub(super) use outline::{PageRead, addresses_of, read_page};
