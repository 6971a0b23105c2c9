//! `compose/bind-source-missing`.

use camino::Utf8Path;

use crate::check::{Checked, ComposeFile, authored_span, compose_files, default_of};
use crate::diag::{CodeSpec, Severity, Sink};
use crate::syntax::yaml::{Node, closest};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/bind-source-missing",
    severity: Severity::Error,
    what: "A container is given a file or folder of the exercise that does not exist.",
    why: "Docker makes an empty folder of that name instead, and the container starts without its settings or not at all.",
    fix: "Correct the path: it counts from the folder of the compose file.",
    source: "rules.md",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  nginx:\n    image: nginx:1.28.0\n    volumes:\n      - «./config/nginx.conf»:/etc/nginx/nginx.conf:ro\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  nginx:\n    image: nginx:1.28.0\n    volumes:\n      - type: bind\n        source: «./dashboards»\n        target: /etc/nginx/conf.d\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  nginx:\n    image: nginx:1.28.0\n    volumes:\n      - «db/nginx.conf»:/etc/nginx/nginx.conf:ro\n",
        ],
    ],
    good: &[compose_example![
        app!(),
        postgres!(),
        "    volumes:\n      - data:/var/lib/postgresql/data\n      - ./db:/seed:ro\n      - type: tmpfs\n        target: /tmp\n",
        grafana!(),
        prometheus!(),
        "  nginx:\n    image: nginx:1.28.0\n    volumes:\n      - ${SCENARIO_DIR:-.}/dashboard/prometheus.yml:/etc/p.yml\n      - /var/run/docker.sock:/var/run/docker.sock\n      - cache:/cache\n",
        "volumes:\n  data:\n  cache: {}\n",
    ]],
};

/// What is made beside the stage's files, whatever the exercise.
const MADE: [&str; 6] = ["SCENARIO.md", "ANSWERS.md", "README.md", "assets", "solution", "logs"];

/// Looks at mounts, at environment files and at what images are built from.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            let volumes = compose.root.get("volumes").map_or(&[][..], Node::entries);
            let known = |name: &str| volumes.iter().any(|(key, _)| key.text == name);
            for service in compose.services() {
                for mount in service.mounts() {
                    let path = default_of(&mount.source);
                    let is_volume = !path.starts_with(['.', '/', '~', '$']);
                    if !(is_volume && (known(&path) || mount.source.contains('$'))) {
                        look(checked, &compose, &path, mount.at, is_volume, sink);
                    }
                }
                if let Some((context, node)) = service.build_context() {
                    let at = crate::check::inner_range(compose.file.text, node);
                    look(checked, &compose, &default_of(context), at, false, sink);
                }
            }
        }
    }
}

fn look(
    checked: &Checked<'_>,
    compose: &ComposeFile<'_, '_>,
    path: &str,
    at: std::ops::Range<usize>,
    is_volume: bool,
    sink: &Sink,
) {
    let inside = path.trim_start_matches("./").trim_end_matches('/');
    // Paths of the machine and those above the exercise are not ours to know.
    let elsewhere = path.starts_with(['/', '~', '$']) || path.starts_with("..");
    if elsewhere || (exists(compose, inside) && !is_volume) || [".", ""].contains(&inside) {
        return;
    }
    let span = authored_span(checked, compose.exercise, compose.file, at.clone());
    let (message, help) = if is_volume && !path.contains('/') {
        let message = format!("there is no volume `{path}`");
        (
            message,
            format!(
                "declare it under `volumes:` at the end, or write `./{path}` for a folder of the exercise"
            ),
        )
    } else if is_volume {
        let message = format!("`{path}` is read as the name of a volume, which cannot hold a `/`");
        (message, format!("write `./{path}`"))
    } else {
        let names = compose.stage.stage.files.keys().map(|path| path.as_str());
        let help = match closest(inside, names) {
            Some(near) => format!("did you mean `./{near}`?"),
            None => format!("create `{inside}` in the exercise's folder, or correct the path"),
        };
        (format!("the exercise has no `{inside}`"), help)
    };
    sink.push(compose.file.finding_at(&SPEC, span, at, message).help(help));
}

fn exists(compose: &ComposeFile<'_, '_>, path: &str) -> bool {
    let first = path.split('/').next().unwrap_or("");
    let files = &compose.stage.stage.files;
    MADE.contains(&first) || files.keys().any(|file| file.starts_with(Utf8Path::new(path)))
}
