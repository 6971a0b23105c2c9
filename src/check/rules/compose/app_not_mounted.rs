//! `compose/app-not-mounted`.

use crate::check::{Checked, compose_files};
use crate::diag::{CodeSpec, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/app-not-mounted",
    severity: Severity::Warning,
    what: "The learner's folder is not mounted into a container that runs its code.",
    why: "The container runs the copy in its image: edits change nothing until it is rebuilt, and a rebuild loses them.",
    fix: "Mount the folder: `volumes: [\".:/app\"]`.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        compose_example![
            "  app:\n    «build»: .\n    command: [\"npm\", \"run\", \"dev\"]\n    environment:\n      DATABASE_URL: postgresql://postgres:postgres@postgres:5432/feed\n    ports:\n      - \"3000:3000\"\n    volumes:\n      - ./db:/seed:ro\n",
            postgres!(),
            grafana!(),
            prometheus!(),
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  worker:\n    «build»:\n      context: .\n    command: npx nodemon src/server.js\n",
        ],
    ],
    good: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  worker:\n    build: {context: ./}\n    command: npx nodemon src/server.js\n    volumes:\n      - ./src:/app/src\n",
        ],
        compose_example![
            "  app:\n    build: .\n    command: [\"npm\", \"run\", \"dev\"]\n    environment:\n      DATABASE_URL: postgresql://postgres:postgres@postgres:5432/feed\n    ports:\n      - \"3000:3000\"\n    volumes:\n      - type: bind\n        source: .\n        target: /app\n",
            postgres!(),
            grafana!(),
            prometheus!(),
        ],
    ],
};

/// Services whose image is built from the folder itself run the learner's code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            for service in compose.services().filter(|service| service.runs_code()) {
                let is_code = |source: &str| {
                    let path = crate::check::default_of(source);
                    path.trim_start_matches("./").trim_end_matches('/') == "src"
                };
                let mounts = service.mounts();
                if service.workspace().is_some() || mounts.iter().any(|mount| is_code(&mount.source)) {
                    continue;
                }
                let build = service.node.entries().iter().find(|(key, _)| key.text == "build");
                let at = build.map_or(service.key.span.range(), |(key, _)| key.span.range());
                let message =
                    format!("`{}` runs a copy of the learner's code, not the code itself", service.name());
                let finding = compose.file.finding(checked.files, &SPEC, at, message);
                sink.push(finding.help("add `- .:/app` to its `volumes`"));
            }
        }
    }
}
