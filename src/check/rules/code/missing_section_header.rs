//! `code/missing-section-header`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::Checked;
use crate::check::telemetry::{CodeFile, service_code};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::environment::APP;
use crate::syntax::script::Script;

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/missing-section-header",
    severity: Severity::Warning,
    what: "The app's main file lacks the header of a section that it has.",
    why: "Learners come from other languages; METRICS, DATABASE CONNECTION, ROUTES and START SERVER tell them where they are in every app of the course.",
    fix: "Put a comment with the section's name above it.",
    source: "platform-vision.md, Code Commenting Principle",
    params: &[],
    bad: &[
        server!(
            concat!(
                head!(),
                "// What we count\nconst requestsTotal = «new prometheus.Counter»({\n  name: 'http_requests_total',\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\nconst requestDuration = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],\n});\n\n",
                middleware!(),
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        server!(
            concat!(
                head!(),
                metrics!(),
                middleware!(),
                "//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).\nconst { Pool } = require('pg');\nconst db = «new Pool»({ connectionString: process.env.DATABASE_URL });\n\n",
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        server!(
            concat!(
                head!(),
                metrics!(),
                middleware!(),
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), "// Begin\n«app.listen»(3000);\n")
        ),
    ],
    good: &[
        // Other ways to write headers.
        server!(
            concat!(
                head!(),
                "/* === Metrics: what Prometheus collects === */\nconst requestsTotal = new prometheus.Counter({\n  name: 'http_requests_total',\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\nconst requestDuration = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],\n});\n\n",
                middleware!(),
                "// ---- DATABASE CONNECTION ----\n//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).\nconst { Pool } = require('pg');\nconst db = new Pool({ connectionString: process.env.DATABASE_URL });\n\n// # ROUTES\n//: `await` waits for a result; a function that does so is marked `async`.\n",
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), "// START SERVER\napp.listen(3000);\n")
        ),
    ],
};

/// Looks at the file that the app starts with.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let mut seen = BTreeSet::new();
        for stage in &exercise.stages {
            let Some(code) = service_code(stage).into_iter().find(|code| code.id == APP) else { continue };
            let Some(entry) = code.files.first().filter(|entry| !entry.file.rendered) else { continue };
            for (header, at) in sections(entry) {
                if has_header(entry.script, header) || !seen.insert((entry.file.path.clone(), header)) {
                    continue;
                }
                let message = format!("the section {header} has no header");
                let finding = entry.file.finding(checked.files, &SPEC, at, message);
                sink.push(finding.help(format!("put `// {header}` above this part, as in the other apps")));
            }
        }
    }
}

/// The sections that a file has, each with the place where it begins.
fn sections(entry: &CodeFile<'_>) -> Vec<(&'static str, Range<usize>)> {
    let script = entry.script;
    let metric = script.metrics().into_iter().next().map(|metric| metric.at);
    let metric = metric
        .and_then(|at| script.calls.iter().find(|call| call.at == at))
        .map(|call| call.at.start..call.callee_at.end);
    let database = script
        .calls
        .iter()
        .find(|call| call.is_new && ["Pool", "Client"].contains(&call.method()) && loads_database(script));
    let route = script.routes().into_iter().next();
    let listen = script.calls.iter().find(|call| call.method() == "listen" && !call.object().is_empty());
    [
        ("METRICS", metric),
        ("DATABASE CONNECTION", database.map(|call| call.at.start..call.callee_at.end)),
        ("ROUTES", route.map(|route| route.path_at)),
        ("START SERVER", listen.map(|call| call.callee_at.clone())),
    ]
    .into_iter()
    .filter_map(|(header, at)| Some((header, at?)))
    .collect()
}

fn loads_database(script: &Script) -> bool {
    script.imports.iter().any(|import| import.from == "pg" || import.from == "postgres")
}

/// A header stands alone, in any case and with any line around it; a few words may follow.
fn has_header(script: &Script, header: &str) -> bool {
    script.comments.iter().filter(|comment| comment.own_line && !comment.explains).any(|comment| {
        comment.text.lines().any(|line| {
            let words = line.trim_matches(|c: char| !c.is_alphanumeric());
            let (Some(start), Some(rest)) = (words.get(..header.len()), words.get(header.len()..)) else {
                return false;
            };
            let is_same = start == header || (start.eq_ignore_ascii_case(header) && is_title(start));
            is_same && !rest.starts_with(|c: char| c.is_alphanumeric() || c == ' ')
                || (start == header && rest.starts_with(' '))
        })
    })
}

/// "Metrics" heads a section; "metrics" is a word in a sentence.
fn is_title(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase())
}
