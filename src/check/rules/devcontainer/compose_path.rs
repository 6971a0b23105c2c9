//! `devcontainer/compose-path`.

use super::emitted::{Devcontainer, devcontainers};
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/compose-path",
    severity: Severity::Error,
    what: "The devcontainer names a compose file that is not there.",
    why: "The Codespace opens in recovery mode, without any of the exercise's containers.",
    fix: "Name the file as seen from `.devcontainer/<folder>/`: `../../<folder>/docker-compose.yml`.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        devcontainer_example![
            "  \"dockerComposeFile\": \"«../scenario-01-first/docker-compose.yml»\",\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app\",\n",
            commands!(),
            ports!(),
        ],
        devcontainer_example![
            "  \"dockerComposeFile\": [\"../../scenario-01-first/docker-compose.yml\", \"«../../scenario-01-first/compose.override.yml»\"],\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app\",\n",
            commands!(),
            ports!(),
        ],
        patch_example!("    dockerComposeFile: «docker-compose.yml»\n"),
    ],
    good: &[devcontainer_example![
        "  \"dockerComposeFile\": [\"../../scenario-01-first/./docker-compose.yml\"],\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app\",\n",
        commands!(),
        ports!(),
    ]],
};

/// Resolves each path from the folder that the devcontainer lies in.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let Some(node) = devcontainer.json.get("dockerComposeFile") else { continue };
        for item in std::iter::once(node).filter(|node| node.items().is_empty()).chain(node.items()) {
            let path = item.as_text().unwrap_or("");
            if !exists(&devcontainer, path) {
                let folder = &devcontainer.exercise.scenario.folder;
                let message = format!("`{path}` leads to no compose file of this exercise");
                let finding =
                    devcontainer.finding(checked.files, &SPEC, &["dockerComposeFile"], item, message);
                let file = compose_file_name(&devcontainer);
                sink.push(finding.help(format!("write `../../{folder}/{file}`")));
            }
        }
    }
}

fn exists(devcontainer: &Devcontainer<'_, '_>, path: &str) -> bool {
    let folder = devcontainer.exercise.scenario.folder.as_str();
    let own = devcontainer.file.path.parent().map_or("", |parent| parent.as_str());
    let mut parts: Vec<&str> = own.split('/').collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let inside = path.strip_prefix(folder).and_then(|inside| inside.strip_prefix('/'));
    inside.is_some_and(|file| devcontainer.exercise.broken().file(file).is_some())
}

fn compose_file_name<'e>(devcontainer: &'e Devcontainer<'_, '_>) -> &'e str {
    devcontainer.compose().map_or("docker-compose.yml", |compose| compose.file.path.as_str())
}
