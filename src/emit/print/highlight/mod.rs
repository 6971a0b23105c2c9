//! Colors for code: text in, HTML with a dozen stable classes out; the colors themselves are the
//! theme's. The languages of a course have a lexer of their own, one pass over the bytes; every other
//! one has a grammar of `syntect` or stays plain.
//!
//! `choice` decides, `lexer` writes, `code` is the loop that most languages share, `languages/` has a
//! table for each, `fallback` is the way through grammars.

mod choice;
mod class;
mod code;
mod fallback;
mod languages;
mod lexer;
mod words;
#[cfg(test)]
mod work;

pub use choice::{highlight, highlight_into};
