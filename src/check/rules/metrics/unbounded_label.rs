//! `metrics/unbounded-label`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::Checked;
use crate::check::telemetry::{CodeFile, scraped_code};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::script::{Value, ValueKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "metrics/unbounded-label",
    severity: Severity::Warning,
    what: "A label takes a value that a visitor chooses, or one that never comes twice.",
    why: "Prometheus keeps a series for each value. Addresses and ids make thousands of them, and panels by route become unreadable.",
    fix: "Use the route's pattern (`req.route?.path ?? 'unmatched'`) or one of a few constant words.",
    source: "rules.md",
    params: &[],
    bad: &[
        labelled!("req.route?.path ?? «req.path»"),
        labelled!("«req.originalUrl»"),
        labelled!("«req.url.split('?')[0]»"),
        labelled!("String(«req.params.id» || 'none')"),
    ],
    good: &[
        labelled!("req.path.startsWith('/feed') ? '/feed' : 'other'"),
        labelled!("req.params ? 'with' : req.baseUrl + req.route?.path"),
        labelled!("{ '/feed': '/feed' }[req.path] ?? 'other'"),
    ],
};

/// Ways into a request that lead to what a visitor typed.
const TYPED: [&str; 11] = [
    "url",
    "originalUrl",
    "path",
    "params",
    "query",
    "body",
    "ip",
    "headers",
    "cookies",
    "hostname",
    "rawHeaders",
];

/// Names for what exists once for each visitor or event.
const IDS: [&str; 9] =
    ["id", "userId", "user_id", "sessionId", "session_id", "requestId", "request_id", "email", "token"];

/// Looks at the labels of every metric.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let mut seen = BTreeSet::new();
        for stage in &exercise.stages {
            for (code, _) in scraped_code(stage) {
                let names: BTreeSet<String> =
                    code.metrics().into_iter().flat_map(|found| found.names).collect();
                for (file, call) in
                    code.metric_uses().into_iter().filter(|(_, call)| names.contains(&call.object))
                {
                    for (label, value) in &call.labels {
                        let Some((at, way)) = unbounded(file, value, 0) else { continue };
                        if !seen.insert((file.file.path.clone(), label.clone(), way.clone())) {
                            continue;
                        }
                        let message = format!("the label `{label}` takes every value of `{way}`");
                        let help = if label.contains("route") || label.contains("path") {
                            "write `req.route?.path ?? 'unmatched'`, which is the pattern"
                        } else {
                            "leave the label out, or set it to one of a few words; details belong in the log"
                        };
                        sink.push(file.file.finding(checked.files, &SPEC, at, message).help(help));
                    }
                }
            }
        }
    }
}

/// The part of a value that can be anything, and the way to it.
fn unbounded(file: CodeFile<'_>, value: &Value, steps: u32) -> Option<(Range<usize>, String)> {
    if steps > 5 {
        return None;
    }
    let inner = |value: &Value| unbounded(file, value, steps + 1);
    match &value.kind {
        ValueKind::Path(path) => {
            if is_unbounded(path) {
                return Some((value.at.clone(), path.clone()));
            }
            let values = file.script.variables.get(path).filter(|_| !path.contains('.'))?;
            values.iter().find_map(inner)
        }
        ValueKind::OneOf(values) | ValueKind::Joined(values) => values.iter().find_map(inner),
        ValueKind::Call { callee, arguments } if callee == "String" || callee == "encodeURIComponent" => {
            arguments.iter().find_map(inner)
        }
        ValueKind::Call { callee, .. } => {
            let object = callee.rsplit_once('.').map_or("", |(object, _)| object);
            let keeps = ["split", "toString", "toLowerCase", "slice", "substring", "replace", "trim", "join"];
            let method = callee.rsplit('.').next().unwrap_or("");
            if is_unbounded(object) && keeps.contains(&method) {
                return Some((value.at.clone(), object.to_owned()));
            }
            let own =
                file.script.functions.iter().find(|function| function.name.as_deref() == Some(callee))?;
            own.returns.iter().find_map(inner)
        }
        ValueKind::Text(_)
        | ValueKind::Number(_)
        | ValueKind::List(_)
        | ValueKind::Object(_)
        | ValueKind::New { .. }
        | ValueKind::Function
        | ValueKind::Other => None,
    }
}

fn is_unbounded(path: &str) -> bool {
    let parts: Vec<&str> =
        path.split('.').map(|part| part.trim_end_matches("[]").trim_end_matches("()")).collect();
    let request = parts.iter().position(|part| *part == "req" || *part == "request");
    let typed = request.and_then(|at| parts.get(at + 1)).is_some_and(|part| TYPED.contains(part));
    // `req.params` itself is an object, which nobody takes for a label.
    let whole = request.is_some_and(|at| {
        parts.len() == at + 2 && ["params", "query", "body", "headers"].contains(&parts[at + 1])
    });
    let of_error = parts.len() == 2
        && ["error", "err", "e"].contains(&parts[0])
        && ["message", "stack"].contains(&parts[1]);
    let is_id = parts.last().is_some_and(|last| IDS.contains(last)) && parts[0] != "process";
    (typed && !whole && !path.ends_with("startsWith()"))
        || of_error
        || is_id
        || path == "Date.now()"
        || path == "Math.random()"
}
