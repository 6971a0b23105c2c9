//! The hash over what a rehearsal runs: stages, load tests and rendered environment, never prose
//! or position (format.md, `recorded/run.yml`).

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::rendering::{Made, Maker};
use super::stages::Staged;
use crate::diag::catalog::reference::STALE_RECORDING;
use crate::diag::{Diagnostic, Sink};
use crate::environment::Renderer;
use crate::manifest::run::Run;
use crate::model::{Course, Scenario, StageFile};
use crate::syntax::code::{Explaining, rewrite_explaining, strip_markers};
use crate::syntax::suppression::strip_suppressions;

/// Files of an environment.
type RenderedFiles = Vec<(Utf8PathBuf, Arc<str>)>;

/// `blake3:` and 32 hex digits over everything that a run depends on.
pub fn hash_inputs(renderer: &Renderer<'_>, course: &Course, scenario: &Scenario, staged: &Staged) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &str, bytes: &[u8]| {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    let Some(written) = &scenario.written else { return String::new() };
    let quiet = Sink::default();
    let maker = Maker::new(renderer, course, scenario, written, &quiet);
    let mut codes: BTreeMap<&Utf8Path, (&Arc<str>, Vec<u8>)> = BTreeMap::new();
    let mut rendered: Vec<(&Arc<Made>, RenderedFiles)> = Vec::new();
    for (stage, made) in written.stages.iter().zip(&staged.made) {
        add("stage", stage.id.as_bytes());
        for (path, file) in stage.files.iter().filter(|(_, file)| !file.rendered) {
            // Most stages share the text with the one before.
            let known = codes.get(path.as_path()).filter(|(text, _)| Arc::ptr_eq(text, &file.annotated));
            if known.is_none() {
                codes.insert(path, (&file.annotated, code_of(path, file)));
            }
            add(path.as_str(), &codes[path.as_path()].1);
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
        let Some(stack) = &staged.stack else { continue };
        if !rendered.iter().any(|(known, _)| Arc::ptr_eq(known, made)) {
            rendered.push((made, maker.render_unplaced(stack, stage, made)));
        }
        for (path, text) in rendered.iter().filter(|(known, _)| Arc::ptr_eq(known, made)).flat_map(|it| &it.1)
        {
            add(path.as_str(), text.as_bytes());
        }
    }
    format!("blake3:{}", &hasher.finalize().to_hex()[..32])
}

/// A file without comments that explain, and those for the linter, which are not what runs.
fn code_of(path: &Utf8Path, file: &StageFile) -> Vec<u8> {
    if file.annotated.is_empty() {
        return file.bytes.to_vec();
    }
    let text = strip_suppressions(path, &file.annotated);
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
