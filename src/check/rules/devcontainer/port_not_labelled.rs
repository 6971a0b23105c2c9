//! `devcontainer/port-not-labelled`.

use super::emitted::devcontainers;
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::{Node, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/port-not-labelled",
    severity: Severity::Warning,
    what: "A forwarded port has no label.",
    why: "In the Ports tab learners see a bare number, and the page tells them to look for Grafana.",
    fix: "Give it a `label` in `portsAttributes`.",
    source: "rules.md",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            commands!(),
            "  \"forwardPorts\": [3000, 3001, «9090»],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"}\n  }\n",
        ],
        devcontainer_example![
            opened!(),
            commands!(),
            "  \"forwardPorts\": [3000, «3001», 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n",
        ],
    ],
    good: &[devcontainer_example![opened!(), commands!(), ports!()]],
};

/// Looks for a label of each forwarded port.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let ports = devcontainer.json.get("forwardPorts").map_or(&[][..], Node::items);
        let attributes = devcontainer.json.get("portsAttributes");
        for node in ports {
            let Value::Int(port) = node.value else { continue };
            let own = attributes.and_then(|all| all.get(&port.to_string())).and_then(|own| own.get("label"));
            if own.and_then(Node::as_text).is_none_or(|label| label.trim().is_empty()) {
                let message = format!("port {port} is forwarded without a label");
                let finding = devcontainer.finding(checked.files, &SPEC, &["forwardPorts"], node, message);
                sink.push(finding.help(format!("add `\"{port}\": {{\"label\": \"…\"}}` to `portsAttributes`")));
            }
        }
    }
}
