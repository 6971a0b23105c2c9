//! `code/not-under-nodemon`.

use super::authored::npm_script_place;
use crate::check::telemetry::{ServiceCode, compose_file, service_code};
use crate::check::{Checked, Exercise, StageFolder};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/not-under-nodemon",
    severity: Severity::Warning,
    what: "A process of the app does not restart when its code is saved.",
    why: "Learners change a line, measure again and see no difference, because the old code still runs.",
    fix: "Run it with `nodemon --watch src …` or `node --watch …`.",
    source: "rules.md",
    params: &[],
    bad: &[Example::file(&[(
        "content/scenarios/first/scenario.yml",
        concat!(
            "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\n",
            "facts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n",
            "  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n  scripts:\n    dev: «node src/server.js»\n",
            "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
            "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\n",
            "loadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
        ),
    )])],
    good: &[Example::file(&[(
        "content/scenarios/first/scenario.yml",
        concat!(
            "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\n",
            "facts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n",
            "  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n  scripts: {dev: node --watch src/server.js}\n",
            "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
            "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\n",
            "loadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
        ),
    )])],
};

/// Looks at the command of every process of the app.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let stage = exercise.broken();
        for code in service_code(stage) {
            let watches = code
                .service
                .words
                .iter()
                .any(|word| word == "nodemon" || word == "--watch" || word == "node-dev");
            if !watches {
                sink.push(report(checked, exercise, stage, &code));
            }
        }
    }
}

fn report(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    stage: &StageFolder<'_>,
    code: &ServiceCode<'_>,
) -> Diagnostic {
    let message = format!("`{}` does not restart when its code is saved", code.id);
    let entry = code.files.first().map_or("src/server.js", |entry| entry.file.path.as_str());
    let help = format!("write `nodemon --no-colors --watch src {entry}`");
    let words = &code.service.words;
    let script =
        words.windows(3).find(|words| words[0] == "npm" && words[1] == "run").map(|words| words[2].as_str());
    // `npm start` is the plain way and stays as it is: there, the command has to change.
    if let Some(span) = script.and_then(|script| npm_script_place(checked, exercise, script)) {
        return Diagnostic::new(&SPEC, span, message).help(help);
    }
    let command = code.service.node.get("command").unwrap_or(code.service.node).span.range();
    match compose_file(stage) {
        Some(file) => file.finding(checked.files, &SPEC, command, message).help(help),
        None => Diagnostic::new(&SPEC, exercise.scenario.span, message).help(help),
    }
}
