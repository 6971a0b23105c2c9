//! `compose/unhealthy-dependency`.

use crate::check::{Checked, ComposeFile, ComposeService, compose_files};
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::syntax::yaml::{Node, Value, closest};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/unhealthy-dependency",
    severity: Severity::Error,
    what: "A service waits until another is healthy, and that one has no health check.",
    why: "Compose refuses to start: without a check nothing ever becomes healthy, so the Codespace never opens.",
    fix: "Give the service that is waited for a `healthcheck`, or wait with `condition: service_started`.",
    source: "rules.md",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            "    depends_on:\n      prometheus:\n        condition: «service_healthy»\n",
            prometheus!(),
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            "    depends_on:\n      prometheus:\n        condition: «service_healthy»\n",
            prometheus!(),
            "    healthcheck:\n      disable: true\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            "    depends_on:\n      - «prometeus»\n",
            prometheus!()
        ],
    ],
    good: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            "    depends_on:\n      prometheus:\n        condition: service_started\n",
            prometheus!(),
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            "    depends_on: [prometheus]\n",
            prometheus!(),
            "    healthcheck:\n      test: [\"CMD\", \"promtool\", \"check\", \"healthy\"]\n",
        ],
    ],
};

/// Looks at every `depends_on`.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            for service in compose.services() {
                check_service(checked, &compose, service, sink);
            }
        }
    }
}

fn check_service(
    checked: &Checked<'_>,
    compose: &ComposeFile<'_, '_>,
    service: ComposeService<'_>,
    sink: &Sink,
) {
    let name = service.name();
    for (needed, condition, at) in service.needs() {
        let finding = |message: String| compose.file.finding(checked.files, &SPEC, at.clone(), message);
        let Some(other) = compose.service(needed) else {
            let near = closest(needed, compose.services().map(|service| service.name()));
            let help = near.map_or_else(
                || format!("remove `{needed}` here, or add a service of this name"),
                |near| format!("did you mean `{near}`?"),
            );
            sink.push(
                finding(format!("`{name}` waits for `{needed}`, and there is no such service")).help(help),
            );
            continue;
        };
        if condition == Some("service_healthy") && !has_health_check(other) {
            sink.push(report(
                checked,
                compose,
                other,
                finding(format!(
                    "`{name}` waits until `{needed}` is healthy, but `{needed}` has no health check"
                )),
            ));
        }
    }
}

fn report(
    checked: &Checked<'_>,
    compose: &ComposeFile<'_, '_>,
    other: ComposeService<'_>,
    finding: Diagnostic,
) -> Diagnostic {
    let place = compose.file.span(checked.files, other.key.span.range());
    let help = format!(
        "add a `healthcheck` with a `test` to `{}`, or write `condition: service_started` here",
        other.name()
    );
    finding.also(place, "the service without a check").help(help)
}

/// A check that is switched off counts as none.
fn has_health_check(service: ComposeService<'_>) -> bool {
    let Some(check) = service.node.get("healthcheck") else { return false };
    let disabled = check.get("disable").is_some_and(|node| matches!(node.value, Value::Bool(true)));
    let test = check.get("test");
    let is_none = test.is_some_and(|test| {
        test.as_text() == Some("NONE") || test.items().first().and_then(Node::as_text) == Some("NONE")
    });
    test.is_some() && !disabled && !is_none
}
