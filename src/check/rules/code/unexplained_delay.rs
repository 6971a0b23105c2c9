//! `code/unexplained-delay`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::authored::{Authored, Once, comments_at, for_each_script, region_lines, shown_changes};
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::script::{Script, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/unexplained-delay",
    severity: Severity::Warning,
    what: "A route waits or keeps the processor busy on purpose, and no comment says why.",
    why: "Learners take an artificial delay for the cause that they look for, and \"fix\" it.",
    fix: "Say in a comment what the delay stands for, such as a slow service that is not part of the exercise.",
    source: "platform-vision.md, Code Commenting Principle",
    params: &[],
    bad: &[
        delayed!("  await «new Promise((resolve) => setTimeout(resolve, 200))»;\n"),
        delayed!("  //: setTimeout calls a function later.\n  await «sleep(200)»;\n"),
        delayed!("  «while (Date.now() < until) {}»\n"),
        delayed!("  «setTimeout(() => res.json([]), 200)»;\n"),
        delayed!("  await db.query(«'SELECT pg_sleep(0.2)'»);\n"),
    ],
    good: &[
        delayed!(
            "  // Stands for the call to the payment provider, which takes this long.\n  await sleep(200);\n"
        ),
        delayed!("  await sleep(200); // simulates a slow network\n"),
        delayed!("  const timer = setTimeout(() => until.abort(), 5000);\n  clearTimeout(timer);\n"),
        delayed!(
            "  for (let tries = 0; tries < 3; tries++) {\n    try {\n      await db.query('SELECT 1');\n    } catch (error) {\n      await sleep(100);\n    }\n  }\n"
        ),
    ],
};

/// Words with which a comment says what a delay is for.
const REASONS: [&str; 18] = [
    "simulat",
    "imitat",
    "pretend",
    "stands for",
    "stand in",
    "stands in",
    "artificial",
    "as if",
    "mimic",
    "on purpose",
    "deliberate",
    "intentional",
    "problem",
    "slow",
    "real ",
    "so that",
    "because",
    "wait for",
];

/// Looks at routes, middleware, and the functions that they call.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let mut once = Once::default();
    for_each_script(checked, |of| {
        for at in delays(of.script) {
            let comments = comments_at(of.file, of.script, &at);
            let explained = comments.iter().any(|comment| {
                let text = comment.text.to_lowercase();
                REASONS.iter().any(|reason| text.contains(reason))
            });
            if explained || is_the_lesson(checked, of, &at) {
                continue;
            }
            let text = of.file.text.get(at.clone()).unwrap_or("");
            once.push(of, text, sink, || {
                let finding = of.file.finding(checked.files, &SPEC, at.clone(), "this delay has no reason that a reader could know");
                finding.help("add a comment above it, such as `// Stands for a slow service; not part of the exercise.`")
            });
        }
    });
}

/// A delay that a fix takes away is the problem itself.
fn is_the_lesson(checked: &Checked<'_>, of: Authored<'_>, at: &Range<usize>) -> bool {
    let text = of.file.text.get(at.clone()).unwrap_or("");
    shown_changes(checked, of.exercise).iter().filter(|shown| of.file.path == shown.file).any(|shown| {
        let inside = region_lines(of.file, &shown.region)
            .is_some_and(|lines| lines.start <= at.start && at.end <= lines.end);
        inside
            && of.exercise.stages.iter().filter_map(|stage| stage.file(&shown.file)).any(|file| {
                region_lines(file, &shown.region).is_some_and(|lines| !file.text[lines].contains(text))
            })
    })
}

/// The places that take time for its own sake.
fn delays(script: &Script) -> Vec<Range<usize>> {
    let reached = reached_functions(script);
    let in_route = |function: Option<usize>| {
        let mut at = function;
        while let Some(index) = at {
            if reached.contains(&index) {
                return true;
            }
            at = script.functions.get(index).and_then(|function| function.parent);
        }
        false
    };
    let sleepers = sleep_functions(script);
    let mut found: Vec<Range<usize>> = Vec::new();
    for call in script.calls.iter().filter(|call| in_route(call.function) && !call.in_loop && !call.in_catch)
    {
        let is_sleep = call.awaited
            && (sleepers.contains(call.callee.as_str())
                || is_promise_of_timer(script, &call.at, call.is_new));
        let answers_later = call.callee == "setTimeout" && answers(script, call.arguments.first());
        let is_library = call.awaited
            && ["setTimeout", "delay", "sleep"].contains(&call.callee.as_str())
            && loads_timers(script);
        if is_sleep || answers_later || is_library {
            found.push(call.at.clone());
        }
    }
    found.extend(script.spins.iter().filter(|spin| in_route(spin.function)).map(|spin| spin.at.clone()));
    found.extend(
        script.strings.iter().filter(|text| text.value.contains("pg_sleep")).map(|text| text.at.clone()),
    );
    found
}

/// Functions that answer requests, and those that they call by name.
fn reached_functions(script: &Script) -> BTreeSet<usize> {
    let answers = |callee: &str| {
        let method = callee.rsplit('.').next().unwrap_or("");
        callee.contains('.') && ["get", "post", "put", "patch", "delete", "all", "use"].contains(&method)
    };
    let mut reached: BTreeSet<usize> = (0..script.functions.len())
        .filter(|at| script.functions[*at].passed.as_ref().is_some_and(|passed| answers(&passed.callee)))
        .collect();
    let handled = script.calls.iter().filter(|call| answers(&call.callee)).flat_map(|call| &call.arguments);
    let handlers: BTreeSet<&str> = handled.filter_map(Value::as_path).collect();
    let named =
        |at: &usize| script.functions[*at].name.as_deref().is_some_and(|name| handlers.contains(name));
    reached.extend((0..script.functions.len()).filter(named));
    loop {
        let inside = |function: Option<usize>| {
            std::iter::successors(function, |at| script.functions.get(*at).and_then(|inner| inner.parent))
                .any(|at| reached.contains(&at))
        };
        let called: BTreeSet<&str> = script
            .calls
            .iter()
            .filter(|call| inside(call.function))
            .map(|call| call.callee.as_str())
            .collect();
        let more: Vec<usize> = (0..script.functions.len())
            .filter(|at| !reached.contains(at))
            .filter(|at| script.functions[*at].name.as_deref().is_some_and(|name| called.contains(name)))
            .collect();
        if more.is_empty() {
            return reached;
        }
        reached.extend(more);
    }
}

/// `const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))`.
fn sleep_functions(script: &Script) -> BTreeSet<&str> {
    let functions = script
        .functions
        .iter()
        .filter(|function| function.returns.iter().any(|value| is_promise_of_timer(script, &value.at, true)));
    functions.filter_map(|function| function.name.as_deref()).collect()
}

/// `new Promise((resolve) => setTimeout(resolve, …))`.
fn is_promise_of_timer(script: &Script, at: &Range<usize>, is_new: bool) -> bool {
    let promise = script.calls.iter().any(|call| call.at == *at && call.is_new && call.callee == "Promise");
    is_new
        && promise
        && script.calls.iter().any(|call| {
            let inside = at.start <= call.at.start && call.at.end <= at.end;
            let resolves = call.arguments.first().and_then(Value::as_path).is_some_and(|name| {
                call.function
                    .and_then(|at| script.functions.get(at))
                    .is_some_and(|function| function.parameters.first().map(String::as_str) == Some(name))
            });
            inside && call.callee == "setTimeout" && resolves
        })
}

fn answers(script: &Script, callback: Option<&Value>) -> bool {
    callback.is_some_and(|callback| {
        script.calls.iter().any(|call| {
            let inside = callback.at.start <= call.at.start && call.at.end <= callback.at.end;
            inside
                && call.callee.starts_with("res.")
                && ["json", "send", "end", "sendStatus"].contains(&call.method())
        }) || callback.as_path() == Some("next")
    })
}

fn loads_timers(script: &Script) -> bool {
    script.imports.iter().any(|import| import.from.contains("timers/promises") || import.from == "delay")
}
