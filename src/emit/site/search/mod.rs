//! The search index, made at build time in the format of the library that the theme searches with,
//! so that a browser indexes nothing. Owns what is found (titles, headings, questions and the text
//! before a fix; never answers, hints, rubrics, changes or what a fix brings), how texts are cut into
//! words, and which words travel together.

mod collect;
mod document;
mod emit;
mod index;
mod lengths;
mod page;
mod postings;
mod shard;
mod terms;

pub(super) use collect::shown_texts;
pub(super) use emit::{SearchFile, search_files};
