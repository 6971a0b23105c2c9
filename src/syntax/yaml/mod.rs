//! YAML with positions: a tree of nodes, and typed records decoded from it. One record is the
//! single specification of a file: it decodes, reports every fault at once, and prints its
//! JSON Schema.

mod decode;
mod field;
mod node;
mod parse;
mod pattern;
mod quoted;
mod record;
mod scalar;
mod schema;

pub use decode::{Decode, Entries, OneOrMany, Shaped, describe};
pub use field::{closest, decode_field, report_unknown_keys};
pub use node::{Key, Node, Value};
pub use parse::{parse_record, parse_yaml};
pub use pattern::PathPattern;
pub use quoted::{needs_escape, quoted};
pub(crate) use record::{choice, record};
pub use scalar::{Date, Id, RelPath, Scalar, Text, is_valid_id};
pub use schema::{Defs, RecordSchema, decode_word, expect_mapping, kebab, one_of, schema_document};
