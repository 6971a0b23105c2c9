//! `solution/fix-not-in-solution`.

use super::facts::{changes_something, fix_statements};
use crate::check::{Checked, Exercise, page_of, placed_blocks};
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::syntax::document::BlockKind;
use crate::syntax::sql_tokens::parse_sql;

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/fix-not-in-solution",
    severity: Severity::Warning,
    what: "A fix has learners type something that its solution does not hold.",
    why: "Whoever is stuck opens the solution and finds something else, or nothing.",
    fix: "Put the same statement into the fix's SQL file, or the changed file into `solution/<fix>/`.",
    source: "rules.md",
    params: &[],
    bad: &[
        typed_example!(
            "«CREATE INDEX posts_title ON posts (title)»;",
            "CREATE INDEX posts_title ON posts (id, title);\n",
        ),
        typed_example!(
            "«create index concurrently posts_title on posts (title)»;\nANALYZE posts;",
            "-- CREATE INDEX posts_title ON posts (title);\nCREATE INDEX posts_heading ON posts (title);\n",
        ),
    ],
    good: &[typed_example!(
        "CREATE INDEX posts_title\n  ON posts (title);\n\nEXPLAIN SELECT title FROM posts ORDER BY title;",
        "-- The list of titles, in order.\nCREATE INDEX IF NOT EXISTS posts_title ON posts(title);\n",
    )],
};

/// Compares statements word by word; queries and measurements need no solution.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        report_statements(checked, exercise, sink);
    }
}

fn report_statements(checked: &Checked<'_>, exercise: &Exercise<'_>, sink: &Sink) {
    let Some(page) = page_of(checked, exercise) else { return };
    let solved = fix_statements(exercise);
    let forms: Vec<String> = solved.iter().map(|it| it.statement.normalized()).collect();
    for placed in placed_blocks(&page.document) {
        let BlockKind::Fence { language, attributes, body } = &placed.block.kind else { continue };
        let quoted = attributes.get("file").is_some() || attributes.get("output").is_some();
        let fix =
            exercise.written.manifest.fixes.iter().find(|fix| placed.part == Some(fix.id.text.as_str()));
        let Some(fix) = fix.filter(|_| {
            placed.role == Some("fix") && language.value == "sql" && !quoted && !placed.in_answer
        }) else {
            continue;
        };
        let text = checked.files.slice(*body);
        for statement in parse_sql(text).iter().filter(|statement| changes_something(statement)) {
            if forms.contains(&statement.normalized()) {
                continue;
            }
            let at = statement.span();
            let message = format!("the solution of `{}` does not hold this statement", fix.id.text);
            let finding = Diagnostic::new(&SPEC, body.sub(at.start, at.end), message);
            let near = solved.iter().find(|it| it.fix == fix.id.text);
            sink.push(match near {
                Some(near) => finding
                    .also(near.span(checked), "it holds this instead")
                    .help(format!("make the two the same, here or in `{}`", near.file.path)),
                None => finding.help(format!(
                    "put it into `solution/{}/fix.sql` and add `sql: [fix.sql]` to the fix",
                    fix.id.text
                )),
            });
        }
    }
}
