//! JavaScript as facts that outlive the parser: comments, packages, calls, metrics, routes. What a
//! rule makes of them is not known here. Offsets are bytes of the text that was parsed.

mod collect;
mod convert;
mod declare;
mod depth;
mod facts;
mod metric;
mod parse;
mod route;
mod value;

#[cfg(test)]
mod tests;

pub use facts::{
    Binding, Call, Comment, Export, Fault, Function, Import, Passed, Reference, Role, Script, Spin, Syntax,
    SyntaxUse, Text,
};
pub use metric::{Metric, MetricClass, MetricUse};
pub use parse::{is_script, parse_script};
pub use route::{Listen, Mount, Route};
pub use value::{Entry, Value, ValueKind};
