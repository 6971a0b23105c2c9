//! `devcontainer/port-not-forwarded`.

use super::emitted::{Devcontainer, devcontainers};
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::{Node, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/port-not-forwarded",
    severity: Severity::Warning,
    what: "A port that the compose file publishes, or that has a label, is not forwarded.",
    why: "It does not appear in the Ports tab, so learners cannot open what they are told to open.",
    fix: "Add the number to `forwardPorts`, or take the port out of the other place.",
    source: "rules.md",
    params: &[],
    bad: &[
        devcontainer_example![
            opened!(),
            commands!(),
            "  «\"forwardPorts\": [3000, 9090]»,\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n",
        ],
        devcontainer_example![
            opened!(),
            commands!(),
            "  \"forwardPorts\": [3000, 3001, 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"},\n    «\"9091\": {\"label\": \"Pushgateway\"}»\n  }\n",
        ],
    ],
    good: &[devcontainer_example![
        opened!(),
        commands!(),
        "  \"forwardPorts\": [3000, 3001, 9090, 9229],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"},\n    \"9229\": {\"label\": \"Debugger\"},\n    \"40000-55000\": {\"onAutoForward\": \"ignore\"}\n  }\n",
    ]],
};

/// Compares with the compose file, then with the ports' own settings.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let Some(list) = devcontainer.json.get("forwardPorts") else { continue };
        let forwarded: Vec<u32> = list.items().iter().filter_map(number).collect();
        let published = published(&devcontainer);
        for (port, service) in published.iter().filter(|(port, _)| !forwarded.contains(port)) {
            let message = format!("port {port} of `{service}` is published and not forwarded");
            let span = devcontainer.span(checked.files, &["forwardPorts"], 0..0);
            let finding = devcontainer.file.finding_at(&SPEC, span, list.span.range(), message);
            sink.push(finding.help(format!("add {port} to `forwardPorts`")));
        }
        let labelled = devcontainer.json.get("portsAttributes").map_or(&[][..], Node::entries);
        for (key, _) in labelled {
            let Ok(port) = key.text.parse::<u32>() else { continue };
            if forwarded.contains(&port) || published.iter().any(|(other, _)| *other == port) {
                continue;
            }
            let message = format!("port {port} has settings and is not forwarded");
            let span = devcontainer.span(checked.files, &["portsAttributes", &key.text], 0..0);
            let finding = devcontainer.file.finding_at(&SPEC, span, key.span.range(), message);
            sink.push(finding.help(format!("add {port} to `forwardPorts`, or remove it here")));
        }
    }
}

fn number(node: &Node) -> Option<u32> {
    match &node.value {
        Value::Int(port) => u32::try_from(*port).ok(),
        // `grafana:3001` has a finding of its own.
        _ => node.as_text()?.rsplit(':').next()?.parse().ok(),
    }
}

fn published(devcontainer: &Devcontainer<'_, '_>) -> Vec<(u32, String)> {
    let Some(compose) = devcontainer.compose() else { return Vec::new() };
    let mut ports = Vec::new();
    for service in compose.services() {
        ports.extend(
            service.ports().iter().filter_map(|port| Some((port.published?, service.name().to_owned()))),
        );
    }
    ports
}
