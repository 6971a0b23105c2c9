//! `devcontainer/command-outside-workspace`.

use super::emitted::{Lifecycle, devcontainers};
use crate::check::Checked;
use crate::diag::{Applicability, CodeSpec, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/command-outside-workspace",
    severity: Severity::Error,
    what: "A command of the Codespace's start does not begin by going to the exercise's folder.",
    why: "In a monorepo it may run in the repository's root, where it finds neither package.json nor the seed, and all later ones are skipped.",
    fix: "Begin it with `cd <workspaceFolder> &&`.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"«npm ci»\",\n  \"postStartCommand\": \"cd /app && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": {\n    \"seed\": \"cd /app && node scripts/wait-and-seed.js\",\n    \"log\": \"«mkdir -p logs && cd /app»\"\n  },\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
        devcontainer_example![
            opened!(),
            "  \"onCreateCommand\": \"«cd /src && npm ci»\",\n  \"postStartCommand\": \"cd /app && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n",
            ports!(),
        ],
    ],
    good: &[devcontainer_example![
        opened!(),
        "  \"initializeCommand\": \"docker info\",\n  \"onCreateCommand\": \"cd '/app' && npm ci\",\n  \"postStartCommand\": \"cd /app/ && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n  \"postAttachCommand\": \"cd /app && code SCENARIO.md || true\",\n",
        ports!(),
    ]],
};

/// Commands that run on the machine outside are not meant.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let Some(folder) = devcontainer.text("workspaceFolder").map(|path| path.trim_end_matches('/')) else {
            continue;
        };
        for command in devcontainer.lifecycle().iter().filter(|command| !starts_in(command, folder)) {
            let path = key_path(devcontainer.json, command);
            let message = format!("`{}` does not begin in `{folder}`", command.key);
            let finding = devcontainer.finding(checked.files, &SPEC, &path, command.node, message);
            let finding = finding.help(format!("begin it with `cd {folder} && `"));
            let span = finding.span;
            let can_mend = checked.files.slice(span) == command.text
                && command.shell.commands.first().is_none_or(|it| it.name() != "cd");
            sink.push(if can_mend {
                let text = format!("cd {folder} && {}", command.text);
                finding.replace(Applicability::Safe, "go to the exercise's folder first", span, text)
            } else {
                finding
            });
        }
    }
}

/// The keys that lead to a command.
fn key_path<'k>(json: &'k crate::syntax::yaml::Node, command: &Lifecycle<'_>) -> Vec<&'k str> {
    let Some((key, node)) = json.entries().iter().find(|(key, _)| key.text == command.key) else {
        return Vec::new();
    };
    let inner = node.entries().iter().find(|(_, node)| std::ptr::eq(node, command.node));
    std::iter::once(key.text.as_str()).chain(inner.map(|(key, _)| key.text.as_str())).collect()
}

fn starts_in(command: &Lifecycle<'_>, folder: &str) -> bool {
    let Some(first) = command.shell.commands.first() else { return command.text.trim().is_empty() };
    let target = first.words.get(1).map_or("", |word| word.text.trim_end_matches('/'));
    let inside = target == folder || target.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let after = command.text.get(first.span.end..).unwrap_or("").trim_start();
    first.name() == "cd" && inside && (after.starts_with("&&") || after.is_empty()) && !command.is_list
}
