//! `compose/port-collision`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::{Checked, ComposeFile, compose_files, stack_port_span};
use crate::diag::{CodeSpec, Severity, Sink};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/port-collision",
    severity: Severity::Error,
    what: "Two services want the same port of the machine.",
    why: "The second one does not start: \"port is already allocated\".",
    fix: "Give one of them another port; inside its own container each may keep its usual one.",
    source: "rules.md",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  nginx:\n    image: nginx:1.28.0\n    ports:\n      - \"«3000:80»\"\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  nginx:\n    image: nginx:1.28.0\n    ports:\n      - target: 80\n        published: «9090»\n",
        ],
    ],
    good: &[compose_example![
        app!(),
        postgres!(),
        grafana!(),
        prometheus!(),
        "  nginx:\n    image: nginx:1.28.0\n    ports:\n      - \"9000\"\n      - \"3000:3000/udp\"\n  other:\n    image: nginx:1.28.0\n    ports:\n      - \"9000\"\n    expose: [3000]\n",
    ]],
};

/// Ports inside of containers may be equal; those of the machine may not, for the same protocol.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            let mut taken: BTreeMap<(u32, bool), (&str, Range<usize>)> = BTreeMap::new();
            for service in compose.services() {
                for port in service.ports() {
                    let Some(published) = port.published else { continue };
                    let is_udp =
                        compose.file.text.get(port.at.clone()).is_some_and(|text| text.ends_with("/udp"));
                    let Some((other, first)) = taken.get(&(published, is_udp)) else {
                        taken.insert((published, is_udp), (service.name(), port.at));
                        continue;
                    };
                    let span = place(checked, &compose, service.name(), published, port.at.clone());
                    let first = place(checked, &compose, other, published, first.clone());
                    // Of two places, a scenario's author edits the one in scenario.yml.
                    let own =
                        compose.exercise.written.manifest.environment.as_ref().map(|it| it.node.span.file);
                    let is_own = |span: Span| own == Some(span.file);
                    let mut pair = ((service.name(), span), (*other, first));
                    if is_own(first) && !is_own(span) {
                        pair = (pair.1, pair.0);
                    }
                    let ((name, span), (other, first)) = pair;
                    let message = format!("`{name}` and `{other}` both want port {published} of the machine");
                    let finding = compose.file.finding_at(&SPEC, span, port.at, message);
                    let help = format!("give `{name}` another port, such as {}", free(&taken, published));
                    sink.push(finding.also(first, format!("taken by `{other}` here")).help(help));
                }
            }
        }
    }
}

/// The port in scenario.yml or in stack.yml, if it is declared there.
fn place(
    checked: &Checked<'_>,
    compose: &ComposeFile<'_, '_>,
    service: &str,
    port: u32,
    at: Range<usize>,
) -> Span {
    let span = compose.file.span(checked.files, at);
    let environment = compose.stage.stage.environment.as_ref().filter(|_| compose.file.rendered);
    let declared = environment.and_then(|environment| {
        let of_service = environment.services.iter().find(|declared| declared.id.text == service);
        if service == "app" { Some(environment.app.port) } else { of_service?.port }
    });
    // A template that writes the number itself is what its author edits.
    if !compose.file.rendered || checked.files.slice(span).contains(&port.to_string()) {
        return span;
    }
    let declared = declared.filter(|declared| declared.value == port).map(|declared| declared.span);
    declared.or_else(|| stack_port_span(checked, compose.exercise, service, port)).unwrap_or(span)
}

fn free<T>(taken: &BTreeMap<(u32, bool), T>, from: u32) -> u32 {
    (from + 1..).find(|port| !taken.contains_key(&(*port, false))).unwrap_or(from)
}
