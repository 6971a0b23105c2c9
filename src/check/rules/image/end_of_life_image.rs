//! `image/end-of-life-image`.

use std::ops::Range;

use crate::check::{
    Checked, Exercise, ExerciseFile, authored_span, compose_files, inner_range, is_dockerfile,
};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::dockerfile::parse_dockerfile;

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/end-of-life-image",
    severity: Severity::Warning,
    what: "An image holds a version that is no longer maintained.",
    why: "It gets no more security updates, and packages stop supporting it one after the other.",
    fix: "Take a version that is still maintained; the help names one.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        Example::file(&[(
            "devcontainers/node-postgres/docker-compose.yml.j2",
            "services:\n  app:\n    build: .\n    command: [\"sh\", \"scripts/start.sh\", \"app\", \"npm\", \"run\", \"dev\"]\n    volumes:\n      - .:/app\n    environment:\n      PORT: \"3000\"\n      DATABASE_URL: postgresql://postgres:postgres@postgres:5432/feed\n    ports:\n      - \"3000:3000\"\n    depends_on:\n      postgres:\n        condition: service_healthy\n  postgres:\n    image: postgres:15.18-bookworm\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_DB: feed\n    healthcheck:\n      test: [\"CMD\", \"pg_isready\", \"-U\", \"postgres\", \"-d\", \"feed\"]\n  grafana:\n    image: grafana/grafana:12.4.0\n    environment:\n      GF_SERVER_HTTP_PORT: \"3001\"\n      GF_AUTH_ANONYMOUS_ENABLED: \"true\"\n      GF_AUTH_ANONYMOUS_ORG_ROLE: Viewer\n      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: /etc/grafana/dashboards/grafana-dashboard.json\n      GF_SECURITY_CSRF_TRUSTED_ORIGINS: \"*.app.github.dev localhost\"\n    volumes:\n      - ./dashboard/grafana-datasource.yml:/etc/grafana/provisioning/datasources/datasource.yml:ro\n      - ./dashboard/grafana-dashboard.yml:/etc/grafana/provisioning/dashboards/dashboard.yml:ro\n      - ./dashboard/grafana-dashboard.json:/etc/grafana/dashboards/grafana-dashboard.json:ro\n    ports:\n      - \"3001:3001\"\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      - ./dashboard/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n    ports:\n      - \"9090:9090\"\n  cache:\n    image: «redis:6.2-alpine»\n",
        )]),
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM «node:24.21.0-buster-slim»\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nWORKDIR /app\n",
        )]),
    ],
    good: &[Example::file(&[(
        "devcontainers/node-postgres/Dockerfile.j2",
        "FROM node:24.21.0-trixie-slim\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nWORKDIR /app\n",
    )])],
};

/// What is still maintained.
struct Line {
    image: &'static str,
    /// The first version that is maintained; node's odd ones never are for long.
    from: (u32, u32),
    take: &'static str,
}

/// As of November 2026. Nothing here reads a clock: the same course gets the same findings.
const LINES: [Line; 10] = [
    Line { image: "node", from: (22, 0), take: "node:24" },
    Line { image: "postgres", from: (15, 0), take: "postgres:18" },
    Line { image: "redis", from: (7, 2), take: "redis:8.2" },
    Line { image: "nginx", from: (1, 28), take: "nginx:1.28" },
    Line { image: "mysql", from: (8, 4), take: "mysql:8.4" },
    Line { image: "mariadb", from: (10, 11), take: "mariadb:11.8" },
    Line { image: "mongo", from: (7, 0), take: "mongo:8.0" },
    Line { image: "rabbitmq", from: (4, 0), take: "rabbitmq:4.2" },
    Line { image: "prometheus", from: (3, 0), take: "prom/prometheus:v3.5.0" },
    Line { image: "grafana", from: (11, 6), take: "grafana/grafana:12.4.0" },
];

/// Distributions that are no longer maintained, as tags name them.
const OLD_SYSTEMS: [&str; 9] =
    ["jessie", "stretch", "buster", "bullseye", "trusty", "xenial", "bionic", "focal", "centos7"];

/// Looks at images of services and at what Dockerfiles start from.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for compose in compose_files(exercise) {
            for (image, node) in compose.services().filter_map(|service| service.image()) {
                look(checked, exercise, compose.file, image, inner_range(compose.file.text, node), sink);
            }
        }
        for (_, file) in exercise.each_file().filter(|(_, file)| is_dockerfile(file)) {
            for image in parse_dockerfile(file.text).images(file.text) {
                look(checked, exercise, file, &image.text, image.span, sink);
            }
        }
    }
}

fn look(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
    image: &str,
    at: Range<usize>,
    sink: &Sink,
) {
    if let Some((reason, take)) = end_of_life(image) {
        let span = authored_span(checked, exercise, file, at.clone());
        let message = format!("`{image}` is no longer maintained: {reason}");
        sink.push(file.finding_at(&SPEC, span, at, message).help(format!("take {take}")));
    }
}

fn end_of_life(image: &str) -> Option<(String, String)> {
    let name = image.rsplit('/').next()?;
    let (name, tag) = name.split('@').next()?.split_once(':')?;
    let old = tag.split(['-', '.', '_']).find(|part| OLD_SYSTEMS.contains(part));
    if let Some(system) = old {
        return Some((
            format!("`{system}` gets no more updates"),
            "a tag with `bookworm` or `trixie`".to_owned(),
        ));
    }
    let mut numbers = tag.trim_start_matches('v').split(['.', '-']).map(str::parse::<u32>);
    let major = numbers.next()?.ok()?;
    let minor = numbers.next().and_then(Result::ok);
    let line = LINES.iter().find(|line| line.image == name)?;
    // A tag without a minor version stands for the newest of its kind.
    let is_old =
        major < line.from.0 || (major == line.from.0 && minor.is_some_and(|minor| minor < line.from.1));
    let is_odd = name == "node" && major % 2 == 1;
    let maintained =
        if line.from.1 == 0 { line.from.0.to_string() } else { format!("{}.{}", line.from.0, line.from.1) };
    let reason = if is_odd {
        "odd versions of Node are tried, not kept".to_owned()
    } else {
        format!("{name} is maintained from {maintained} on")
    };
    (is_old || is_odd).then(|| (reason, format!("`{}` or a later one", line.take)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for image in [
            "node:18",
            "node:21.1.0-slim",
            "postgres:9.6",
            "redis:7.0.5",
            "docker.io/library/nginx:1.9",
            "prom/prometheus:v2.53.0",
        ] {
            assert!(end_of_life(image).is_some(), "{image}");
        }
        for image in [
            "node:24-alpine",
            "postgres:15.18-bookworm",
            "redis:7",
            "redis:7.4.3",
            "nginx:1.28.0",
            "prom/prometheus:v3.5.0",
            "node",
            "mine:1",
            "node:lts",
            "redis@sha256:1",
        ] {
            assert!(end_of_life(image).is_none(), "{image}");
        }
    }
}
