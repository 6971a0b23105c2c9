//! `devcontainer/seed-script-missing`.

use super::emitted::{Devcontainer, devcontainers};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::source::Files;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/seed-script-missing",
    severity: Severity::Error,
    what: "The Codespace does not run `scripts/wait-and-seed.js`, or runs a script that is not there.",
    why: "The command fails silently or never runs, and learners meet an empty database.",
    fix: "Let `postStartCommand` run `node scripts/wait-and-seed.js`, with exactly this name.",
    source: "platform-vision.md, wait-and-seed.js filename",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"«cd /app && node scripts/wait-and-see.js»\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"«cd /app && npm run seed»\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![opened!(), "  \"onCreateCommand\": \"«cd /app && npm ci»\",\n", ports!()],
    ],
    good: &[
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": {\"seed\": \"cd /app && node ./scripts/wait-and-seed.js\"},\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"cd /app/scripts && node wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
    ],
};

/// The one name that all parts of a course agree on.
const SEED: &str = "scripts/wait-and-seed.js";

/// Looks at the scripts that the commands of the start run.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        if let Some(finding) = look(checked.files, &devcontainer) {
            sink.push(finding);
        }
    }
}

fn look(files: &Files, devcontainer: &Devcontainer<'_, '_>) -> Option<Diagnostic> {
    let stage = devcontainer.exercise.broken();
    let lifecycle = devcontainer.lifecycle();
    let mut seeds = false;
    for command in &lifecycle {
        for script in scripts_of(command, devcontainer.text("workspaceFolder").unwrap_or("")) {
            if stage.file(&script).is_none() {
                let message = format!("`{}` runs `{script}`, which the exercise does not have", command.key);
                let near = closest(&script, stage.files.paths().map(|path| path.as_str()));
                let help = near
                    .map_or_else(|| format!("run `node {SEED}`"), |near| format!("did you mean `{near}`?"));
                return Some(
                    devcontainer.finding(files, &SPEC, &[command.key], command.node, message).help(help),
                );
            }
            seeds |= script == SEED;
        }
    }
    if seeds {
        return None;
    }
    let at = lifecycle.iter().find(|command| command.key == "postStartCommand").or(lifecycle.first())?;
    let message = format!("nothing runs `{SEED}` when the Codespace starts");
    let help = format!("write `\"postStartCommand\": \"cd /app && node {SEED}\"`");
    Some(devcontainer.finding(files, &SPEC, &[at.key], at.node, message).help(help))
}

/// The scripts that a command runs with node, relative to the exercise's folder.
fn scripts_of(command: &super::emitted::Lifecycle<'_>, workspace: &str) -> Vec<String> {
    // Without a workspace folder, the first `cd` says where the exercise is taken to lie.
    let first = command.shell.commands.first().filter(|it| workspace.is_empty() && it.name() == "cd");
    let gone = first.and_then(|it| it.words.get(1)).map_or(workspace, |word| word.text.as_str());
    let workspace = gone.trim_end_matches('/');
    let mut folder = String::new();
    let mut scripts = Vec::new();
    let inside =
        |path: &str| path.strip_prefix(workspace).map(|rest| rest.trim_start_matches('/').to_owned());
    for run in &command.shell.commands {
        let script = run.arguments().iter().find(|word| !word.text.starts_with('-'));
        match (run.name(), script) {
            ("cd", Some(target)) => folder = inside(&target.text).unwrap_or_else(|| target.text.clone()),
            ("node", Some(script)) if script.literal => {
                let path = script.text.trim_start_matches("./");
                let path = match inside(path).filter(|_| path.starts_with('/')) {
                    Some(path) => path,
                    None if folder.is_empty() || path.starts_with('/') => path.to_owned(),
                    None => format!("{}/{path}", folder.trim_end_matches('/')),
                };
                scripts.push(path);
            }
            _ => {}
        }
    }
    scripts
}
