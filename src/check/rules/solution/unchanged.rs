//! `solution/unchanged`.

use camino::Utf8Path;

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::code::{Explaining, rewrite_explaining, strip_markers};

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/unchanged",
    severity: Severity::Error,
    what: "A file of a solution says the same as the file before the fix.",
    why: "The page would show a change where there is none, and whoever is stuck finds their own broken file.",
    fix: "Make the change in it, or remove it: a solution holds only what its fix changes.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/solution/fast/db/seed.js",
            "«»//: pg talks to PostgreSQL. `{ Client }` takes the one thing called Client out of the package (destructuring).\nconst { Client } = require('pg');\n\nconst POSTS = 500;\n\n//: A function marked `async` may wait for results with `await`.\nasync function main() {\n  const client = new Client({ connectionString: process.env.DATABASE_URL });\n  await client.connect();\n  await client.query('CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL)');\n  await client.query(\"INSERT INTO posts (title) SELECT 'Post ' || n FROM generate_series(1, $1) AS n\", [POSTS]);\n  await client.end();\n}\n\nmain();\n",
        )]),
    ],
    good: &[Example::files(&[])],
};

/// Explaining comments, region markers and space make no difference to what runs.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let fixes = &exercise.written.manifest.fixes;
        for (at, fix) in fixes.iter().enumerate() {
            let before = &exercise.stages[exercise.written.stage_before(at).min(exercise.stages.len() - 1)];
            let folder = Utf8Path::new("solution").join(&fix.id.text);
            for file in &exercise.solution {
                let Ok(path) = file.path.strip_prefix(&folder) else { continue };
                let is_typed = fix.sql.iter().any(|sql| sql.path == path);
                let Some(old) = before.file(path.as_str()).filter(|_| !is_typed) else { continue };
                if essence(path, old.text) != essence(path, file.text) {
                    continue;
                }
                let message = format!("`{path}` says the same as before the fix `{}`", fix.id.text);
                let finding = Diagnostic::new(&SPEC, Span::file_start(file.source()), message);
                let finding = finding.also(Span::file_start(old.source()), "the file before");
                sink.push(finding.help("make the change in it, or remove the file"));
            }
        }
    }
}

/// What a file does, as far as its words say.
fn essence(path: &Utf8Path, text: &str) -> String {
    let plain = strip_markers(path, &rewrite_explaining(path, text, Explaining::Removed));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
