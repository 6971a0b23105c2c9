//! `compose/unknown-key`.

use super::keys;
use crate::check::{Checked, ExerciseFile, compose_files};
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::syntax::yaml::{Key, Node, closest};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/unknown-key",
    severity: Severity::Error,
    what: "A compose file has a key that Compose does not know.",
    why: "Compose refuses the whole file because of it, and no container starts.",
    fix: "Correct the key, or move it to where it belongs.",
    source: "the Compose Specification",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: redis:7.4.3\n    «port»:\n      - \"6379:6379\"\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: redis:7.4.3\n    healthcheck:\n      test: [\"CMD\", \"redis-cli\", \"ping\"]\n      «intervall»: 2s\n",
        ],
        compose_example![app!(), postgres!(), grafana!(), prometheus!(), "«volume»:\n  data:\n"],
    ],
    good: &[compose_example![
        app!(),
        postgres!(),
        grafana!(),
        prometheus!(),
        "  cache:\n    image: redis:7.4.3\n    x-note: anything\n    stop_grace_period: 1s\n    environment:\n      port: \"6379\"\n    ulimits:\n      nofile: 1024\n    depends_on:\n      app:\n        condition: service_started\n        required: false\nx-common: {port: 1}\nvolumes:\n  data:\n",
    ]],
};

/// Looks at the file's own keys, those of services, and those of their parts.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            let look = |node: &Node, known: &[&str], whose: &str| {
                for (key, _) in node.entries() {
                    if !known.contains(&key.text.as_str()) && !key.text.starts_with("x-") {
                        sink.push(report(checked, compose.file, key, known, whose));
                    }
                }
            };
            look(compose.root, keys::TOP, "a compose file");
            for service in compose.services() {
                look(service.node, keys::SERVICE, &format!("the service `{}`", service.name()));
                for (part, known) in keys::PARTS {
                    if let Some(node) = service.node.get(part) {
                        look(node, known, &format!("`{part}` of `{}`", service.name()));
                    }
                }
                let needs = service.node.get("depends_on").map_or(&[][..], Node::entries);
                for (_, node) in needs {
                    look(node, keys::DEPENDENCY, &format!("`depends_on` of `{}`", service.name()));
                }
            }
        }
    }
}

fn report(
    checked: &Checked<'_>,
    file: &ExerciseFile<'_>,
    key: &Key,
    known: &[&str],
    whose: &str,
) -> Diagnostic {
    let message = format!("{whose} has no key `{}`", key.text);
    let help = match closest(&key.text, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("remove it, or write it as `x-{}` if it is a note of your own", key.text),
    };
    file.finding(checked.files, &SPEC, key.span.range(), message).help(help)
}
