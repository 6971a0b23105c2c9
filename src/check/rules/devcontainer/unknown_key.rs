//! `devcontainer/unknown-key`.

use super::emitted::{Devcontainer, devcontainers};
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::{Key, Node, closest};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/unknown-key",
    severity: Severity::Error,
    what: "A devcontainer.json has a key or a word that its specification does not know.",
    why: "It is passed over without a message, and what it was meant to do does not happen.",
    fix: "Correct the spelling; settings of the editor belong under `customizations`.",
    source: "the Development Containers Specification",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            commands!(),
            "  «\"postAttachComand\": \"cd /app && code SCENARIO.md\"»,\n",
            ports!(),
        ],
        patch_example!("    «hostRequirement»: {cpus: 4}\n"),
        patch_example!("    portsAttributes:\n      \"3001\": {«onAutoforward»: notify}\n"),
        patch_example!("    portsAttributes:\n      \"3001\": {onAutoForward: «notifi»}\n"),
    ],
    good: &[patch_example!(
        "    $schema: https://raw.githubusercontent.com/devcontainers/spec/main/schemas/devContainer.base.schema.json\n    hostRequirements: {cpus: 4, memory: 8gb}\n    customizations: {vscode: {settings: {anything: 1}}}\n    secrets: {TOKEN: {description: made up}}\n    containerEnv: {anything: at all}\n"
    )],
};

/// Keys of devcontainer.json (containers.dev, as of 2026).
const KEYS: [&str; 42] = [
    "$schema",
    "name",
    "features",
    "overrideFeatureInstallOrder",
    "secrets",
    "forwardPorts",
    "portsAttributes",
    "otherPortsAttributes",
    "updateRemoteUserUID",
    "containerEnv",
    "containerUser",
    "mounts",
    "init",
    "privileged",
    "capAdd",
    "securityOpt",
    "remoteEnv",
    "remoteUser",
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
    "waitFor",
    "userEnvProbe",
    "hostRequirements",
    "customizations",
    "build",
    "dockerFile",
    "context",
    "image",
    "appPort",
    "runArgs",
    "overrideCommand",
    "workspaceFolder",
    "workspaceMount",
    "shutdownAction",
    "dockerComposeFile",
    "service",
    "runServices",
    "additionalProperties",
];

const PORT: [&str; 5] = ["label", "onAutoForward", "requireLocalPort", "protocol", "elevateIfNeeded"];
const HOST: [&str; 4] = ["cpus", "memory", "storage", "gpu"];
const FORWARD: [&str; 6] = ["notify", "openBrowser", "openBrowserOnce", "openPreview", "silent", "ignore"];
const WAIT: [&str; 5] =
    ["initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand"];

/// Looks at the top, at ports, and at what a machine must have.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let look = Look { checked, devcontainer: &devcontainer, sink };
        look.keys(&[], devcontainer.json, &KEYS);
        if let Some(node) = devcontainer.json.get("hostRequirements") {
            look.keys(&["hostRequirements"], node, &HOST);
        }
        if let Some(node) = devcontainer.json.get("waitFor") {
            look.word(&["waitFor"], node, &WAIT);
        }
        let ports = devcontainer.json.get("portsAttributes").map_or(&[][..], Node::entries);
        for (port, node) in ports {
            let path = ["portsAttributes", port.text.as_str()];
            look.keys(&path, node, &PORT);
            if let Some(word) = node.get("onAutoForward") {
                look.word(&[path[0], path[1], "onAutoForward"], word, &FORWARD);
            }
        }
    }
}

struct Look<'l, 'e, 'a> {
    checked: &'l Checked<'a>,
    devcontainer: &'l Devcontainer<'e, 'a>,
    sink: &'l Sink,
}

impl Look<'_, '_, '_> {
    fn keys(&self, path: &[&str], node: &Node, known: &[&str]) {
        for (key, _) in node.entries().iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
            let message = format!("devcontainer.json has no key `{}` here", key.text);
            let help = suggestion(&key.text, known);
            let span = self.key_span(path, key);
            let finding = self.devcontainer.file.finding_at(&SPEC, span, key.span.range(), message);
            self.sink.push(finding.help(help));
        }
    }

    fn word(&self, path: &[&str], node: &Node, known: &[&str]) {
        let word = node.as_text().unwrap_or("");
        if !known.contains(&word) {
            let key = path.last().copied().unwrap_or("");
            let message = format!("`{key}` cannot be `{word}`");
            let finding = self.devcontainer.finding(self.checked.files, &SPEC, path, node, message);
            self.sink.push(finding.help(suggestion(word, known)));
        }
    }

    /// A key of scenario.yml, or of the template.
    fn key_span(&self, path: &[&str], key: &Key) -> crate::source::Span {
        let environment = self.devcontainer.exercise.written.manifest.environment.as_ref();
        let mut node = environment.and_then(|environment| environment.node.get("devcontainer"));
        for step in path {
            node = node.and_then(|node| node.get(step));
        }
        let own = node.and_then(|node| node.entries().iter().find(|(known, _)| known.text == key.text));
        let mut full = path.to_vec();
        full.push(&key.text);
        own.map_or_else(|| self.devcontainer.span(self.checked.files, &full, 0..0), |(known, _)| known.span)
    }
}

fn suggestion(word: &str, known: &[&str]) -> String {
    match closest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here are {}", known.iter().take(8).copied().collect::<Vec<_>>().join(", ")),
    }
}
