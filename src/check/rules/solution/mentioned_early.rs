//! `solution/mentioned-early`.

use std::ops::Range;

use crate::check::prose::prose_of_manifest;
use crate::check::{Checked, Exercise, ExerciseFile, page_of, placed_blocks};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/mentioned-early",
    severity: Severity::Error,
    what: "Learners read of `solution/` before they are stuck.",
    why: "Whoever knows where the answer lies looks it up; it is a last resort, and only the stuck table says where it is.",
    fix: "Take it out here. The stuck table may name it.",
    source: "platform-vision.md, No Magic Fix Scripts",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nIf you are in a hurry, look into `«solution/»fast/src/server.js`.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nThe change is in «[](solution:fast/src/server.js)» as well.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash {in=app}\ndiff src/server.js «solution/»fast/src/server.js\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- What helps is in ./«solution/», should you want to know.\nSELECT 1;\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/hello.js",
            "console.log('Stuck? Read «solution/»fast first.');\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/README.txt",
            "The finished code is in the folder scenario-01-first/«solution/».\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nEach problem/solution/price is a row. A solution/answer pair has two parts, as on [a page](https://example.com/solution/fast) and in the folder `docs/solution/`. Your solution, and what it costs, is what counts.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/hello.js",
            "// One solution/workaround at a time.\nconst solution = 4;\nconst half = solution/ 2;\nconsole.log(half, 'https://example.com/solution/');\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n| The statement is refused | Open `solution/fast/src/server.js` |\n",
        )]),
    ],
};

/// Looks at the page outside of its stuck section, at texts of manifests, and at what files say in
/// comments and messages.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        look_at_page(checked, exercise, sink);
        for (_, file) in exercise.each_file() {
            for at in mentions_in_file(exercise, file) {
                let message = format!("`{}` says where the solution lies", file.path);
                let finding = file.finding(checked.files, &SPEC, at, message);
                sink.push(finding.help("take it out; the stuck table is where learners find it"));
            }
        }
        let manifest = exercise.written.source.join("scenario.yml");
        let course = checked.files.find("content/course.yml");
        for file in checked.files.find(manifest).into_iter().chain(course) {
            for prose in prose_of_manifest(checked, file).iter() {
                for at in mentions(exercise, checked.files.slice(prose.span)) {
                    sink.push(report(prose.span.sub(at.start, at.end)));
                }
            }
        }
    }
}

fn report(span: Span) -> Diagnostic {
    Diagnostic::new(&SPEC, span, "learners read here where the solution lies")
        .help("take it out, or move it to the table under `{.stuck}`")
}

fn look_at_page(checked: &Checked<'_>, exercise: &Exercise<'_>, sink: &Sink) {
    let Some(page) = page_of(checked, exercise) else { return };
    for placed in placed_blocks(&page.document) {
        if placed.role == Some("stuck") || placed.in_answer {
            continue;
        }
        for link in placed.block.links.iter().filter(|link| link.destination.value.starts_with("solution:")) {
            sink.push(report(link.span));
        }
        let span = match &placed.block.kind {
            // What a fence quotes is looked at in its file.
            BlockKind::Fence { attributes, body, .. } if attributes.get("file").is_none() => *body,
            BlockKind::Heading { .. }
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::List(_)
            | BlockKind::Prose { .. } => placed.block.span,
            _ => continue,
        };
        for at in mentions(exercise, checked.files.slice(span)) {
            sink.push(report(span.sub(at.start, at.end)));
        }
    }
}

/// Where a text speaks of the folder: `solution/` alone, or with a fix behind it. "Solution/answer"
/// and addresses are something else.
fn mentions(exercise: &Exercise<'_>, text: &str) -> Vec<Range<usize>> {
    let folder = exercise.scenario.folder.as_str();
    let is_path = |c: char| c.is_alphanumeric() || "/._-:~$".contains(c);
    let mut found = Vec::new();
    for (at, name) in text.match_indices("solution/") {
        let end = at + name.len();
        let start = text[..at]
            .rfind(|c: char| !is_path(c))
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let before = &text[start..at];
        let ours =
            ["", "./", "../", "/app/"].contains(&before) || before.trim_end_matches('/').ends_with(folder);
        let after = &text[end..];
        let len = after.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(after.len());
        let is_fix = exercise.written.fixes.iter().any(|fix| fix.id == after[..len]);
        let is_placeholder = after.starts_with(['<', '{', '*', '$', '…']);
        if ours && (len == 0 || is_fix || is_placeholder) {
            found.push(at..end);
        }
    }
    found
}

/// Mentions in what people read of a file: comments, messages, and texts.
fn mentions_in_file(exercise: &Exercise<'_>, file: &ExerciseFile<'_>) -> Vec<Range<usize>> {
    if !file.text.contains("solution/") || file.name().ends_with("ignore") || file.has_extension("json") {
        return Vec::new();
    }
    readable(file)
        .into_iter()
        .flat_map(|range| {
            let start = range.start;
            let found = mentions(exercise, &file.text[range]);
            found.into_iter().map(move |at| start + at.start..start + at.end)
        })
        .collect()
}

fn readable(file: &ExerciseFile<'_>) -> Vec<Range<usize>> {
    if file.is_script() {
        let calls = file.calls();
        // A path in a text is used, not read; a message has words.
        let messages = calls.texts.iter().filter(|(text, _)| text.value.contains(' '));
        return calls.comments.iter().cloned().chain(messages.map(|(text, _)| text.span.clone())).collect();
    }
    let mark = match file.path.extension() {
        Some("md" | "txt" | "html") => return std::iter::once(0..file.text.len()).collect(),
        Some("sql") => "--",
        _ => "#",
    };
    let mut at = 0;
    let comments = file.text.split_inclusive('\n').filter_map(|line| {
        let start = at;
        at += line.len();
        let comment = if line.trim_start().starts_with(mark) {
            line.find(mark)
        } else {
            line.find(&format!(" {mark} ")).map(|at| at + 1)
        };
        comment.map(|from| start + from..start + line.len())
    });
    let comments: Vec<Range<usize>> = comments.collect();
    if !file.has_extension("sh") {
        return comments;
    }
    let printed = file.shell().commands.iter().filter(|command| ["echo", "printf"].contains(&command.name()));
    let words = printed.flat_map(|command| command.arguments()).map(|word| word.span.clone());
    comments.into_iter().chain(words).collect()
}
