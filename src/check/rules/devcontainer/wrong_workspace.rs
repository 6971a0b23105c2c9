//! `devcontainer/wrong-workspace`.

use super::emitted::devcontainers;
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/wrong-workspace",
    severity: Severity::Error,
    what: "The editor opens another folder than the one that the exercise is mounted on.",
    why: "Learners see an empty folder, or edit files that nothing runs.",
    fix: "Make `workspaceFolder` the path behind the colon of the app's mount in the compose file.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        devcontainer_example![
            "  \"dockerComposeFile\": \"../../scenario-01-first/docker-compose.yml\",\n  \"service\": \"app\",\n  \"workspaceFolder\": \"«/workspace»\",\n  \"onCreateCommand\": \"cd /workspace && npm ci\",\n  \"postStartCommand\": \"cd /workspace && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![
            "  \"dockerComposeFile\": \"../../scenario-01-first/docker-compose.yml\",\n  «\"service\": \"app\"»,\n",
            commands!(),
            ports!(),
        ],
    ],
    good: &[devcontainer_example![
        "  \"dockerComposeFile\": \"../../scenario-01-first/docker-compose.yml\",\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app/\",\n",
        commands!(),
        ports!(),
    ]],
};

/// Compares with the mount of the service that the editor opens in.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let compose = devcontainer.compose();
        let service = compose.as_ref().and_then(|compose| compose.service(devcontainer.text("service")?));
        let Some(mounted) = service.and_then(|service| service.workspace()) else { continue };
        let written = devcontainer.json.get("workspaceFolder");
        let opens = written.and_then(|node| node.as_text()).map(|path| path.trim_end_matches('/'));
        if opens == Some(mounted.as_str()) {
            continue;
        }
        let finding = match (written, devcontainer.json.get("service")) {
            (Some(node), _) => {
                let message = format!(
                    "the editor opens `{}`, and the exercise lies on `{mounted}`",
                    node.as_text().unwrap_or("")
                );
                devcontainer.finding(checked.files, &SPEC, &["workspaceFolder"], node, message)
            }
            (None, Some(node)) => {
                let message = "the editor does not open the folder of the exercise";
                let span = devcontainer.span(checked.files, &["service"], 0..0);
                devcontainer.file.finding_at(&SPEC, span, node.span.range(), message)
            }
            (None, None) => continue,
        };
        sink.push(finding.help(format!("write `\"workspaceFolder\": \"{mounted}\"`")));
    }
}
