//! `solution/outside-solution-folder`.

use super::facts::{fix_statements, starting_files};
use crate::check::{Checked, Exercise, ExerciseFile};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/outside-solution-folder",
    severity: Severity::Error,
    what: "A finished solution lies among the files that learners work on.",
    why: "It is in the file list from the first minute: whoever sees `server.fixed.js` has nothing left to find out.",
    fix: "Move it to `solution/<fix>/`, mirroring the learner's folder.",
    source: "platform-vision.md, No Magic Fix Scripts",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/src/server.fixed.js",
            "«»// The same app without the loop.\nmodule.exports = {};\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/fix.sql",
            "«»CREATE INDEX posts_title ON posts (title);\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/loop.patch",
            "«»--- a/src/server.js\n+++ b/src/server.js\n",
        )]),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/db/notes.sql",
                "SELECT count(*) FROM posts;\n«CREATE INDEX later ON posts (title)»;\n"
            ),
        ),
    ],
    good: &[
        Example::files(&[
            (
                "content/scenarios/first/app/src/fixed-window.js",
                "// Counts requests in windows of a fixed length.\nmodule.exports = {};\n",
            ),
            ("content/scenarios/first/app/src/prefix.js", "module.exports = 'a';\n"),
            ("content/scenarios/first/app/db/fixtures.sql", "SELECT 1;\n"),
        ]),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/db/notes.sql",
                "-- CREATE INDEX posts_title ON posts (title);\nSELECT indexdef FROM pg_indexes;\n"
            ),
        ),
    ],
};

/// Looks at names, at copies of a solution under another name, and at statements of a fix in SQL
/// files that nothing runs.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let fixes = fix_statements(exercise);
        let starting = starting_files(exercise);
        for file in exercise.broken().files.values().filter(|file| !file.rendered) {
            let top = Span::file_start(file.source());
            let help =
                format!("move it below `solution/`, or rename it if it is no solution: `{}`", file.name());
            if let Some(why) = named_as_solution(file).map(str::to_owned).or_else(|| copy_of(exercise, file))
            {
                let message = format!("`{}` {why}", file.path);
                sink.push(Diagnostic::new(&SPEC, top, message).help(help));
                continue;
            }
            if !file.has_extension("sql") || starting.contains(file.path.as_str()) {
                continue;
            }
            for statement in file.sql() {
                if let Some(fix) = fixes.iter().find(|fix| fix.is_done_by(statement)) {
                    let message = format!("`{}` holds a statement of the fix `{}`", file.path, fix.fix);
                    let finding = file.finding(checked.files, &SPEC, statement.span(), message);
                    sink.push(
                        finding.also(fix.span(checked), "the fix").help("remove it here: learners type it"),
                    );
                }
            }
        }
    }
}

/// What a file's name says about it.
fn named_as_solution(file: &ExerciseFile<'_>) -> Option<&'static str> {
    if file.has_extension("patch") || file.has_extension("diff") {
        return Some("is a patch, ready to apply");
    }
    let stem = file.path.file_stem().unwrap_or("").to_lowercase();
    let dotted: Vec<&str> = stem.split('.').collect();
    let words: Vec<&str> = stem.split(['.', '-', '_']).collect();
    let last = words.last().copied().unwrap_or("");
    // `fixed-window.js` is a rate limiter; `server-fixed.js` is not.
    let by_name = ["fixed", "solution", "solved"].contains(&last)
        || dotted.iter().skip(1).any(|part| ["fix", "fixed", "solution", "solved"].contains(part))
        || ["fix", "apply-fix", "apply_fix", "applyfix"].contains(&stem.as_str())
        || (words.len() > 1 && (words[0] == "fix" || last == "fix") && !file.has_extension("js"))
        || (words[0] == "apply" && last == "fix");
    let folders = file.path.parent().into_iter().flat_map(|folder| folder.components());
    let by_folder = folders
        .map(|part| part.as_str())
        .any(|part| ["solutions", "fixed", "solved", "src-fixed"].contains(&part));
    (by_name || by_folder).then_some("is named as a finished solution")
}

/// The same text as a file of a later stage, under another name.
fn copy_of(exercise: &Exercise<'_>, file: &ExerciseFile<'_>) -> Option<String> {
    const LEAST: usize = 200;
    let text = file.text.trim();
    if text.len() < LEAST {
        return None;
    }
    let later =
        exercise.stages.iter().skip(1).flat_map(|stage| stage.files.values().map(move |file| (stage, file)));
    let copies =
        later.filter(|(_, other)| !other.rendered && other.path != file.path && other.text.trim() == text);
    let mut real = copies.filter(|(_, other)| {
        exercise.broken().file(other.path.as_str()).is_none_or(|old| old.text.trim() != text)
    });
    real.next().map(|(stage, other)| format!("is `{}` as it is after the fix `{}`", other.path, stage.id))
}
