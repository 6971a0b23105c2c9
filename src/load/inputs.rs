//! The hash over what a rehearsal runs: stages, load tests and rendered environment, never prose
//! or position (format.md, `recorded/run.yml`).

use super::stages::render_unplaced;
use crate::diag::catalog::reference::STALE_RECORDING;
use crate::diag::{Diagnostic, Sink};
use crate::environment::Stack;
use crate::manifest::run::Run;
use crate::model::{Course, Scenario, Stage};
use crate::source::Files;
use crate::syntax::code::{Explaining, rewrite_explaining, strip_markers};
use crate::syntax::suppression::strip_suppressions;

/// `blake3:` and 32 hex digits over everything that a run depends on.
pub fn hash_inputs(
    files: &Files,
    course: &Course,
    scenario: &Scenario,
    stages: &[Stage],
    stack: Option<&Stack>,
) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &str, bytes: &[u8]| {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for stage in stages {
        add("stage", stage.id.as_bytes());
        for (path, file) in stage.files.iter().filter(|(_, file)| !file.rendered) {
            // Comments that explain, and those for the linter, are not what runs.
            add(path.as_str(), &without_comments(path, &file.annotated, &file.bytes));
        }
        for test in &stage.loadtests {
            let requests: Vec<String> = test
                .requests
                .iter()
                .map(|it| format!("{}x{} {}", it.weight, it.method.word(), it.path.value))
                .collect();
            let line = format!(
                "{} {} {} {requests:?}",
                test.target.value, test.connections.value, test.seconds.value
            );
            add(test.id.as_str(), line.as_bytes());
        }
        if let Some(stack) = stack {
            for (path, text) in render_unplaced(files, course, scenario, stack, stage) {
                add(path.as_str(), text.as_bytes());
            }
        }
    }
    format!("blake3:{}", &hasher.finalize().to_hex()[..32])
}

fn without_comments(path: &camino::Utf8Path, annotated: &str, bytes: &[u8]) -> Vec<u8> {
    if annotated.is_empty() {
        return bytes.to_vec();
    }
    let text = strip_suppressions(path, annotated);
    strip_markers(path, &rewrite_explaining(path, &text, Explaining::Removed)).into_bytes()
}

/// Reports a recording that belongs to other inputs.
pub fn check_recording(run: &Run, id: &str, inputs: &str, sink: &Sink) {
    if run.inputs.value == inputs {
        return;
    }
    let message = "this run was recorded with other files, load tests or environment than these";
    sink.push(
        Diagnostic::new(&STALE_RECORDING, run.inputs.span, message)
            .help(format!("run `scenarist rehearse {id} --record`")),
    );
}
