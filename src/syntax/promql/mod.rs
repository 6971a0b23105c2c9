//! PromQL as facts: which metrics an expression reads, with which matchers, grouped by what, over
//! which window. The parser knows no positions; they are found again in the text, word by word in
//! the order in which the tree names them.

mod parse;
mod query;
mod shape;
mod words;

pub use parse::parse_promql;
pub use query::{BucketQuantile, Grouping, Matcher, Query, Selector};
