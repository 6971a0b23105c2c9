//! `devcontainer/editor-before-seed`.

use super::emitted::{LIFECYCLE, devcontainers};
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/editor-before-seed",
    severity: Severity::Warning,
    what: "The editor opens before the database is filled.",
    why: "Learners start with the exercise while there is nothing in the tables, and their first measurement means nothing.",
    fix: "Write `\"waitFor\": \"postStartCommand\"`, and fill the database there.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"«cd /app && node scripts/wait-and-seed.js»\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"cd /app && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"«onCreateCommand»\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postAttachCommand\": \"«cd /app && node scripts/wait-and-seed.js»\",\n",
            ports!(),
        ],
    ],
    good: &[
        devcontainer_example![opened!(), commands!(), ports!()],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci && node scripts/wait-and-seed.js\",\n",
            ports!(),
        ],
    ],
};

/// What the editor waits for when nothing is said.
const DEFAULT: &str = "updateContentCommand";

/// Compares what is waited for with the command that seeds.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let order = |key: &str| LIFECYCLE.iter().position(|known| *known == key);
    for devcontainer in devcontainers(checked) {
        let lifecycle = devcontainer.lifecycle();
        let seeds = |text: &str| text.contains("wait-and-seed.js");
        let Some(seed) = lifecycle.iter().find(|command| seeds(&command.text)) else { continue };
        let written = devcontainer.json.get("waitFor");
        let waits_for = written.and_then(|node| node.as_text()).unwrap_or(DEFAULT);
        let is_last = seed.key == "postAttachCommand";
        if order(waits_for) >= order(seed.key) && !is_last {
            continue;
        }
        let (key, node) =
            written.filter(|_| !is_last).map_or((seed.key, seed.node), |node| ("waitFor", node));
        let (message, help) = if is_last {
            (
                "`postAttachCommand` runs when the editor is open already".to_owned(),
                "move it to `postStartCommand` and add `\"waitFor\": \"postStartCommand\"`".to_owned(),
            )
        } else {
            (
                format!("the editor waits for `{waits_for}`, and `{}` fills the database after it", seed.key),
                format!("write `\"waitFor\": \"{}\"`", seed.key),
            )
        };
        sink.push(devcontainer.finding(checked.files, &SPEC, &[key], node, message).help(help));
    }
}
