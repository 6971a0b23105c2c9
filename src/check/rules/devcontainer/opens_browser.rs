//! `devcontainer/opens-browser`.

use super::emitted::devcontainers;
use crate::check::Checked;
use crate::diag::{Applicability, CodeSpec, Severity, Sink};
use crate::syntax::yaml::Node;

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/opens-browser",
    severity: Severity::Warning,
    what: "A forwarded port opens a browser by itself.",
    why: "It opens before the service has started, so the first thing that learners see is a connection error.",
    fix: "Write `notify` for what learners open, and `silent` for the rest.",
    source: "platform-vision.md, Grafana does not auto-open in Codespaces",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            commands!(),
            "  \"forwardPorts\": [3000, 3001, 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\", \"onAutoForward\": \"silent\"},\n    \"3001\": {\n      \"label\": \"Grafana\",\n      \"onAutoForward\": \"«openBrowser»\"\n    },\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n",
        ],
        patch_example!("    portsAttributes:\n      \"3001\":\n        onAutoForward: «openBrowserOnce»\n"),
        patch_example!("    otherPortsAttributes: {onAutoForward: \"«openPreview»\"}\n"),
    ],
    good: &[patch_example!(
        "    otherPortsAttributes: {onAutoForward: ignore}\n    portsAttributes: {\"3001\": {label: openBrowser}}\n"
    )],
};

/// Looks at what happens with each port once it is forwarded.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let ports = devcontainer.json.get("portsAttributes").map_or(&[][..], Node::entries);
        let each = ports
            .iter()
            .map(|(port, node)| (vec!["portsAttributes", port.text.as_str(), "onAutoForward"], node));
        let others = devcontainer.json.get("otherPortsAttributes");
        let others = others.into_iter().map(|node| (vec!["otherPortsAttributes", "onAutoForward"], node));
        for (path, node) in each.chain(others) {
            let Some(value) = node.get("onAutoForward") else { continue };
            let Some(word) = value.as_text().filter(|word| word.starts_with("open")) else { continue };
            let message = format!("`{word}` opens a page before the service behind it has started");
            let finding = devcontainer.finding(checked.files, &SPEC, &path, value, message);
            let finding = finding.help("write `notify`: learners open it from the Ports tab");
            let span = finding.span;
            sink.push(if checked.files.slice(span) == word {
                finding.replace(Applicability::Safe, "notify instead", span, "notify")
            } else {
                finding
            });
        }
    }
}
