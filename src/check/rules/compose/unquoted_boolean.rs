//! `compose/unquoted-boolean`.

use crate::check::{Checked, compose_files};
use crate::diag::{Applicability, CodeSpec, Severity, Sink};
use crate::syntax::yaml::Value;

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/unquoted-boolean",
    severity: Severity::Warning,
    what: "An environment variable's value is `true` or `false` without quotes.",
    why: "Compose refuses the file: a variable is a text or a number, and YAML reads these words as neither.",
    fix: "Put the value in double quotes.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: redis:7.4.3\n    environment:\n      APPEND_ONLY: «true»\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: redis:7.4.3\n    labels:\n      debug: «False»\n",
        ],
    ],
    good: &[compose_example![
        app!(),
        postgres!(),
        grafana!(),
        prometheus!(),
        "  cache:\n    image: redis:7.4.3\n    init: true\n    read_only: false\n    environment:\n      APPEND_ONLY: \"true\"\n      PORT: 6379\n      VERBOSE: 'false'\n  queue:\n    image: redis:7.4.3\n    environment:\n      - APPEND_ONLY=true\n",
    ]],
};

/// Keys of a service whose values go into the container as texts.
const TEXTS: [&str; 2] = ["environment", "labels"];

/// Booleans elsewhere are meant as such.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            let maps = compose.services().flat_map(|service| {
                let build = service.node.get("build").and_then(|build| build.get("args"));
                TEXTS.iter().filter_map(move |key| service.node.get(key)).chain(build)
            });
            for (key, value) in maps.flat_map(|map| map.entries()) {
                if !matches!(value.value, Value::Bool(_)) {
                    continue;
                }
                let range = value.span.range();
                let word = compose.file.text.get(range.clone()).unwrap_or("");
                let message = format!("`{}` is `{word}`, which is neither a text nor a number", key.text);
                let finding = compose.file.finding(checked.files, &SPEC, range, message);
                let finding = finding.help(format!("write `\"{word}\"`"));
                let is_word = checked.files.slice(finding.span) == word;
                let span = finding.span;
                sink.push(if is_word {
                    finding.replace(Applicability::Safe, "put it in quotes", span, format!("\"{word}\""))
                } else {
                    finding
                });
            }
        }
    }
}
