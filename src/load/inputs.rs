//! The hash over what a rehearsal runs: stages, load tests and rendered environment, never prose
//! or position (format.md, `recorded/run.yml`).

use std::sync::Arc;

use camino::Utf8PathBuf;

use super::rendering::{Made, Maker};
use super::stages::Staged;
use crate::diag::catalog::reference::STALE_RECORDING;
use crate::diag::{Diagnostic, Sink};
use crate::environment::Renderer;
use crate::manifest::run::Run;
use crate::model::{Course, Scenario};

/// Files of an environment.
type RenderedFiles = Vec<(Utf8PathBuf, Arc<str>)>;

/// `blake3:` and 32 hex digits over everything that a run depends on.
pub fn hash_inputs(renderer: &Renderer<'_>, course: &Course, scenario: &Scenario, staged: &Staged) -> String {
    // Hashed in one piece: in small ones it takes twice as long.
    let mut all: Vec<u8> = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| {
        for part in [name.as_bytes(), bytes] {
            all.extend((part.len() as u64).to_le_bytes());
            all.extend(part);
        }
    };
    let Some(written) = &scenario.written else { return String::new() };
    let quiet = Sink::default();
    let maker = Maker::new(renderer, course, scenario, written, &quiet);
    let mut rendered: Vec<(&Arc<Made>, RenderedFiles)> = Vec::new();
    for (stage, made) in written.stages.iter().zip(&staged.made) {
        add("stage", stage.id.as_bytes());
        for (path, file) in stage.files.iter().filter(|(_, file)| !file.rendered) {
            // Comments that explain, and those for the linter, are not what runs.
            add(path.as_str(), if file.annotated.is_empty() { &file.bytes } else { file.code.as_bytes() });
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
    format!("blake3:{}", &blake3::hash(&all).to_hex()[..32])
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
