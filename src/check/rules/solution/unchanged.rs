//! `solution/unchanged`.

use camino::Utf8Path;

use super::applied_by_script::faults_of_file;
use super::facts::{fix_statements, starting_files};
use super::faults::Look;
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/unchanged",
    severity: Severity::Error,
    what: "A fix changes nothing: its file says the same as before, or the starting state holds what it creates.",
    why: "Learners measure no difference, and whoever is stuck finds their own file in the solution.",
    fix: "Make the change in the solution, or take it out of the starting state, so that there is something left to fix.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/solution/fast/db/seed.js",
            "«»//: pg talks to PostgreSQL. `{ Client }` takes the one thing called Client out of the package (destructuring).\nconst { Client } = require('pg');\n\nconst POSTS = 500;\n\n//: A function marked `async` may wait for results with `await`.\nasync function main() {\n  const client = new Client({ connectionString: process.env.DATABASE_URL });\n  await client.connect();\n  await client.query('CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL)');\n  await client.query(\"INSERT INTO posts (title) SELECT 'Post ' || n FROM generate_series(1, $1) AS n\", [POSTS]);\n  await client.end();\n}\n\nmain();\n",
        )]),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/db/schema.sql",
                "CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL);\n«CREATE INDEX IF NOT EXISTS by_title ON posts(title)»;\n"
            ),
        ),
    ],
    good: &[
        Example::files(&[]),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/db/schema.sql",
                "CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL);\nCREATE INDEX IF NOT EXISTS posts_id_title ON posts (id, title);\n"
            ),
        ),
    ],
};

/// Explaining comments, region markers and space make no difference to what runs.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        look_at_start(checked, exercise, sink);
        let fixes = &exercise.written.manifest.fixes;
        for (at, fix) in fixes.iter().enumerate() {
            let before = &exercise.stages[exercise.written.stage_before(at).min(exercise.stages.len() - 1)];
            let folder = Utf8Path::new("solution").join(&fix.id.text);
            for file in &exercise.solution {
                let Ok(path) = file.path.strip_prefix(&folder) else { continue };
                let is_typed = fix.sql.iter().any(|sql| sql.path == path);
                let Some(old) = before.file(path.as_str()).filter(|_| !is_typed) else { continue };
                if !old.code().split_whitespace().eq(file.code().split_whitespace()) {
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

/// A seed, a schema or a script of the start that makes what a fix has learners make.
fn look_at_start(checked: &Checked<'_>, exercise: &Exercise<'_>, sink: &Sink) {
    let fixes = fix_statements(exercise);
    let starting = starting_files(exercise);
    let stage = exercise.broken();
    for file in stage
        .files
        .values()
        .filter(|file| starting.contains(file.path.as_str()) || file.path.starts_with("src"))
    {
        let look = Look { stage, fixes: &fixes, may_create: true };
        for fault in faults_of_file(exercise, file, &look) {
            let Some(fix) = fault.fix.and_then(|fix| fixes.get(fix)) else { continue };
            let message = format!("`{}` {}, so the fix `{}` changes nothing", file.path, fault.what, fix.fix);
            let finding = file.finding(checked.files, &SPEC, fault.at, message);
            let finding = finding.also(fix.span(checked), "learners type this");
            sink.push(finding.help("remove it here, so that there is something left to fix"));
        }
    }
}
