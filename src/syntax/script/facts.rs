//! What a JavaScript file says.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::value::{Value, ValueKind};

/// Functions that read a number and add nothing to it.
const READ_AS_NUMBER: [&str; 3] = ["Number", "parseInt", "Number.parseInt"];

/// A JavaScript file. A file that cannot be read has faults and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub faults: Vec<Fault>,
    pub comments: Vec<Comment>,
    pub imports: Vec<Import>,
    /// Every call and every `new`, in the order in which they begin.
    pub calls: Vec<Call>,
    pub functions: Vec<Function>,
    /// String literals and templates.
    pub strings: Vec<Text>,
    /// Numbers as written in the code.
    pub numbers: Vec<(f64, Range<usize>)>,
    /// What is assigned to each name, at its declaration or later.
    pub variables: BTreeMap<String, Vec<Value>>,
    /// Where each name is used, its declaration apart.
    pub references: BTreeMap<String, Vec<Reference>>,
    pub exports: Vec<Export>,
    pub syntax: Vec<SyntaxUse>,
    /// `try` statements.
    pub tries: Vec<Range<usize>>,
    pub spins: Vec<Spin>,
}

/// A place that the parser does not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: Range<usize>,
    pub message: String,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// With its marks.
    pub at: Range<usize>,
    /// Without marks and without space around it.
    pub text: String,
    /// Whether it starts with `//:` or `/*:`.
    pub explains: bool,
    /// Whether nothing else stands before it on its line.
    pub own_line: bool,
}

/// A package or a file that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// `express`, `./metrics`.
    pub from: String,
    /// The whole expression or statement.
    pub at: Range<usize>,
    pub from_at: Range<usize>,
    pub bindings: Vec<Binding>,
}

/// A name that an import makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub name: String,
    /// Its name in the package; `None` for the whole of it.
    pub imported: Option<String>,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub at: Range<usize>,
    /// As a path (see [`super::ValueKind::Path`]); empty if it is none.
    pub callee: String,
    pub callee_at: Range<usize>,
    pub arguments: Vec<Value>,
    /// Whether it is `new …`.
    pub is_new: bool,
    /// The innermost function around it: an index in [`Script::functions`].
    pub function: Option<usize>,
    pub awaited: bool,
    pub in_loop: bool,
    pub in_catch: bool,
}

impl Call {
    /// What is called, without the way to it.
    #[must_use]
    pub fn method(&self) -> &str {
        self.callee.rsplit('.').next().unwrap_or("")
    }

    /// The way to what is called; empty for a plain function.
    #[must_use]
    pub fn object(&self) -> &str {
        self.callee.rsplit_once('.').map_or("", |(object, _)| object)
    }
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub at: Range<usize>,
    /// Its own name, or that of the variable that it is assigned to.
    pub name: Option<String>,
    /// The call of which it is an argument.
    pub passed: Option<Passed>,
    /// The function around it.
    pub parent: Option<usize>,
    pub parameters: Vec<String>,
    /// What it gives back.
    pub returns: Vec<Value>,
}

/// A call that a function is handed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub callee: String,
    /// The first argument, if it is a constant text.
    pub first: Option<String>,
}

/// A string literal or a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// With its quotes.
    pub at: Range<usize>,
    /// Values in a template read as `${}`.
    pub value: String,
    pub template: bool,
    /// Whether values are put into it.
    pub filled: bool,
}

/// A use of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub at: Range<usize>,
    pub role: Role,
}

/// What a name is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A method of it is called.
    Method(String),
    /// It is called.
    Called,
    /// It is handed out of the file.
    Exported,
    /// It is handed to a call: the callee.
    Argument(String),
    Other,
}

/// What other files can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub name: String,
    pub local: String,
}

/// A construct that people from other languages may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syntax {
    Destructuring,
    AsyncAwait,
    OptionalChaining,
    NullishCoalescing,
    FilledTemplate,
    Next,
    RequestParams,
    RequestQuery,
    RequestBody,
}

/// Where such a construct stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxUse {
    pub kind: Syntax,
    pub at: Range<usize>,
}

/// A loop that does nothing but take time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spin {
    pub at: Range<usize>,
    pub function: Option<usize>,
}

impl Script {
    /// The functions around a place, the innermost first.
    pub fn around(&self, function: Option<usize>) -> impl Iterator<Item = &Function> {
        let first = function.and_then(|at| self.functions.get(at));
        std::iter::successors(first, |inner| inner.parent.and_then(|at| self.functions.get(at)))
    }

    /// The function that is written at a place.
    #[must_use]
    pub fn function_at(&self, at: &Range<usize>) -> Option<usize> {
        self.functions.iter().position(|function| function.at == *at)
    }

    /// What a name stands for, if it is assigned once.
    #[must_use]
    pub fn constant(&self, name: &str) -> Option<&Value> {
        self.variables.get(name).filter(|values| values.len() == 1).map(|values| &values[0])
    }

    /// A value, or what its name stands for.
    #[must_use]
    pub fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut value = value;
        // A name may stand for a name; a few steps are enough, and a circle ends.
        for _ in 0..4 {
            match value.as_path().and_then(|name| self.constant(name)) {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    /// All that a value may turn out to be, in the order of the text: names resolved, each side of a
    /// choice, and what `Number` and `parseInt` read. What was come by before is not gone into again,
    /// so a name that stands for itself ends.
    #[must_use]
    pub fn alternatives<'v>(&'v self, value: &'v Value) -> Vec<&'v Value> {
        let (mut open, mut known, mut found) = (vec![value], HashSet::new(), Vec::new());
        while let Some(value) = open.pop().map(|next| self.resolved(next)) {
            if !known.insert(std::ptr::from_ref(value)) {
                continue;
            }
            match &value.kind {
                ValueKind::OneOf(values) => open.extend(values.iter().rev()),
                ValueKind::Call { callee, arguments } if READ_AS_NUMBER.contains(&callee.as_str()) => {
                    open.extend(arguments.first());
                }
                _ => found.push(value),
            }
        }
        found
    }
}
