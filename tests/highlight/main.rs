//! The lexers that color code, on samples, on arbitrary text, and against parsers of the languages,
//! which know better.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read files and say what they measured"
)]

mod agreement;
mod arbitrary;
mod fallback;
mod grammars;
mod javascript;
mod samples;
mod spans;
mod sql;
mod yaml;
