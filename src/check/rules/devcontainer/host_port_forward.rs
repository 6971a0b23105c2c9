//! `devcontainer/host-port-forward`.

use super::emitted::devcontainers;
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::{Node, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/host-port-forward",
    severity: Severity::Error,
    what: "A port is forwarded in the form `host:port`.",
    why: "Codespaces does not support it: the port is missing from the Ports tab, and Grafana cannot be opened.",
    fix: "Write the number alone, and publish the port in the compose file.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            commands!(),
            "  \"forwardPorts\": [3000, \"«grafana:3001»\", 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n",
        ],
        patch_example!("    forwardPorts: [3000, 3001, \"«9090»\"]\n"),
    ],
    good: &[patch_example!("    forwardPorts: [3000, 3001, 9090]\n")],
};

/// Ports are numbers and nothing else.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let ports = devcontainer.json.get("forwardPorts").map_or(&[][..], Node::items);
        for node in ports.iter().filter(|node| !matches!(node.value, Value::Int(_))) {
            let text = node.as_text().unwrap_or("");
            let number = text.rsplit(':').next().unwrap_or("");
            let message = format!("`{text}` is forwarded, which Codespaces takes only as a number");
            let finding = devcontainer.finding(checked.files, &SPEC, &["forwardPorts"], node, message);
            sink.push(finding.help(format!("write {number}, without quotes")));
        }
    }
}
