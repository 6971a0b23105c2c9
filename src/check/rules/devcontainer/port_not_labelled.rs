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
            "  \"forwardPorts\": [3000, 3001, 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    «\"3001\": {\"onAutoForward\": \"notify\"}»,\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n",
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
            let entries = attributes.map_or(&[][..], Node::entries);
            let own = entries.iter().find(|(key, _)| key.text == port.to_string());
            let label = own.and_then(|(_, own)| own.get("label"));
            if label.and_then(Node::as_text).is_none_or(|label| label.trim().is_empty()) {
                let message = format!("port {port} is forwarded without a label");
                // The port's entry is what lacks the label, if it has one.
                sink.push(match own {
                    Some((key, node)) => {
                        let path = ["portsAttributes", key.text.as_str()];
                        let whole = node.span.range().start..node.span.range().start;
                        let own = devcontainer.span(checked.files, &path, whole.clone());
                        // A template that fills the port in says it nowhere.
                        let span = if own.start == 0 {
                            devcontainer.span(checked.files, &path[..1], whole)
                        } else {
                            own
                        };
                        devcontainer
                            .file
                            .finding_at(&SPEC, span, key.span.range(), message)
                            .help("add `\"label\": \"…\"` to its entry in `portsAttributes`")
                    }
                    None => devcontainer
                        .finding(checked.files, &SPEC, &["forwardPorts"], node, message)
                        .help(format!("add `\"{port}\": {{\"label\": \"…\"}}` to `portsAttributes`")),
                });
            }
        }
    }
}
