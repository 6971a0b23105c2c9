//! `code/loadtest-not-autocannon`.

use super::authored::npm_script_place;
use crate::check::{Checked, Exercise, ExerciseFile, LOAD_TESTERS};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/loadtest-not-autocannon",
    severity: Severity::Warning,
    what: "A load test is made with something else than autocannon.",
    why: "Figures of different tools cannot be compared, and learners would have to install and learn another one.",
    fix: "Use `npm run loadtest`, whose script asks with autocannon.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n```bash {#burst in=app}\n«ab» -n 1000 -c 50 http://localhost:3000/feed\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n```bash {#burst in=app}\nnpm ci && npx «artillery» quick --count 20 http://localhost:3000/feed\n```\n",
        )]),
        Example::file(&[(
            "devcontainers/node-postgres/scripts/loadtest.js.j2",
            "const http = require(«'http'»);\n\nconst TESTS = [= loadtests =];\n\nfor (const test of TESTS) http.get(test.url);\n",
        )]),
    ],
    good: &[Example::file(&[(
        "content/scenarios/first/scenario.md",
        "…\n\nOther tools are `ab`, wrk and k6.\n\n```bash {#burst in=app}\nnpm run loadtest -- main | tee hey.txt\nnpx autocannon -c 10 http://localhost:3000/feed\n```\n",
    )])],
};

/// Looks at the script behind `npm run loadtest` and at what learners type.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        if let Some(finding) = check_script(checked, exercise) {
            sink.push(finding);
        }
    }
    for page in checked.pages {
        page.for_each_block(|block| check_fence(checked.files, block, sink));
    }
}

fn check_script(checked: &Checked<'_>, exercise: &Exercise<'_>) -> Option<Diagnostic> {
    let stage = exercise.broken();
    let scripts = stage.file("package.json")?.json()?.get("scripts")?;
    let command = scripts.get("loadtest")?.as_text()?;
    if command.contains("autocannon") {
        return None;
    }
    if let Some((_, tool)) = tool_of(command) {
        let span = npm_script_place(checked, exercise, "loadtest")?;
        let message = format!("`npm run loadtest` runs `{tool}`, which is not the load test of this course");
        return Some(Diagnostic::new(&SPEC, span, message).help("write `node scripts/loadtest.js`"));
    }
    let file = command.split_whitespace().find_map(|word| stage.file(word.trim_start_matches("./")));
    let help = "ask with autocannon: `const autocannon = require('autocannon');`";
    match file.and_then(|file| Some((file, file.script()?))) {
        Some((_, script)) if script.imports.iter().any(|import| import.from == "autocannon") => None,
        Some((_, script)) if !script.faults.is_empty() => None,
        Some((file, script)) => {
            let at = script.imports.first().map_or(0..0, |import| import.from_at.clone());
            let message = "the load test does not use autocannon";
            Some(file_finding(checked.files, file, at, message).help(help))
        }
        None => {
            let span = npm_script_place(checked, exercise, "loadtest")?;
            let message = "`npm run loadtest` does not use autocannon";
            Some(Diagnostic::new(&SPEC, span, message).help("write `node scripts/loadtest.js`"))
        }
    }
}

fn file_finding(
    files: &Files,
    file: &ExerciseFile<'_>,
    at: std::ops::Range<usize>,
    message: &str,
) -> Diagnostic {
    file.finding(files, &SPEC, at, message)
}

fn check_fence(files: &Files, block: &Block, sink: &Sink) {
    let BlockKind::Fence { language, attributes, body } = &block.kind else { return };
    let is_shell = ["bash", "sh", "shell", "console"].contains(&language.value.as_str());
    if !is_shell || attributes.get("file").is_some() {
        return;
    }
    let text = files.slice(*body);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut start = at;
        for command in line.split(['|', ';', '&']) {
            if let Some((offset, tool)) = tool_of(command) {
                let span: Span = body.sub(start + offset, start + offset + tool.len());
                let message = format!("`{tool}` is not the load test of this course");
                sink.push(
                    Diagnostic::new(&SPEC, span, message)
                        .help("write `npm run loadtest`, or `npx autocannon …`"),
                );
            }
            start += command.len() + 1;
        }
        at += line.len();
    }
}

/// The tool that a command runs, and its offset.
fn tool_of(command: &str) -> Option<(usize, &str)> {
    let mut words = command
        .split_whitespace()
        .filter(|word| !["npx", "sudo", "time", "$", "--yes", "-y"].contains(word) && !word.contains('='));
    let first = words.next()?;
    LOAD_TESTERS.contains(&first).then(|| (command.find(first).unwrap_or(0), first))
}
