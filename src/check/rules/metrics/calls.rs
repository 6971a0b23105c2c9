//! What calls mean for metrics: who answers with them, and what Express is handed.

use std::ops::Range;

use crate::check::telemetry::CodeFile;
use crate::syntax::script::{Call, ValueKind};

pub fn is_register(object: &str) -> bool {
    ["register", "registry", "Registry"].iter().any(|name| object.ends_with(name))
}

/// Whether a promise is handed to the answer as it is.
pub fn is_promise_sent(file: CodeFile<'_>, metrics: &Call) -> bool {
    !metrics.awaited
        && file.script.calls.iter().any(|call| {
            ["send", "end", "write", "json"].contains(&call.method())
                && call.arguments.iter().any(|argument| argument.at == metrics.at)
        })
}

pub fn answers_at(file: CodeFile<'_>, call: &Call, asked: &str) -> bool {
    let takes = ["get", "all", "use", "route"].contains(&call.method()) && !call.object().is_empty();
    let Some(first) = call.arguments.first().filter(|_| takes && !call.is_new) else { return false };
    match &file.script.resolved(first).kind {
        ValueKind::Text(path) => {
            path == asked || (call.method() == "use" && asked.starts_with(path.as_str()) && path.len() > 1)
        }
        ValueKind::List(paths) => paths.iter().any(|path| path.as_text() == Some(asked)),
        // A computed path may be it.
        ValueKind::Path(_) | ValueKind::Joined(_) | ValueKind::OneOf(_) => {
            call.method() != "use" && call.arguments.len() > 1
        }
        _ => false,
    }
}

pub fn is_used(file: &CodeFile<'_>, name: Option<&str>, passed_to: Option<&str>) -> bool {
    let is_use = |callee: &str| callee.ends_with(".use");
    passed_to.is_some_and(is_use)
        || name.is_some_and(|name| {
            let mut uses = file.script.calls.iter().filter(|call| is_use(&call.callee));
            uses.any(|call| call.arguments.iter().any(|argument| argument.as_path() == Some(name)))
        })
}

/// Where the metrics begin: the package that keeps them, else the first line.
pub fn place_of_package(file: &CodeFile<'_>) -> Range<usize> {
    let package = file.script.imports.iter().find(|import| import.from == "prom-client");
    package.or(file.script.imports.first()).map_or(0..0, |import| import.from_at.clone())
}
