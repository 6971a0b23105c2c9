//! `devcontainer/unknown-service`.

use super::emitted::devcontainers;
use crate::check::Checked;
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "devcontainer/unknown-service",
    severity: Severity::Error,
    what: "The devcontainer names a service that the compose file does not have.",
    why: "There is no container to open the editor in, so the Codespace does not start.",
    fix: "Name a service of the exercise's compose file; the one with the terminal is `app`.",
    source: "rules.md",
    params: &[],
    bad: &[
        devcontainer_example![
            "  \"dockerComposeFile\": \"../../scenario-01-first/docker-compose.yml\",\n  \"service\": \"«api»\",\n  \"workspaceFolder\": \"/app\",\n",
            commands!(),
            ports!(),
        ],
        patch_example!("    runServices: [app, postgres, «grafanna», prometheus]\n"),
    ],
    good: &[
        devcontainer_example![opened!(), commands!(), ports!()],
        patch_example!("    runServices: [app, postgres, grafana, prometheus]\n"),
    ],
};

/// Looks at the service with the terminal and at those that are to run.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for devcontainer in devcontainers(checked) {
        let Some(compose) = devcontainer.compose() else { continue };
        for key in ["service", "runServices"] {
            let Some(node) = devcontainer.json.get(key) else { continue };
            for item in std::iter::once(node).filter(|node| node.items().is_empty()).chain(node.items()) {
                let Some(name) = item.as_text().filter(|name| compose.service(name).is_none()) else {
                    continue;
                };
                let message = format!("the compose file has no service `{name}`");
                let names: Vec<&str> = compose.services().map(|service| service.name()).collect();
                let help = match closest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its services are {}", names.join(", ")),
                };
                sink.push(devcontainer.finding(checked.files, &SPEC, &[key], item, message).help(help));
            }
        }
    }
}
