//! `compose/unpinned-image`.

use std::ops::Range;

use crate::check::{
    Checked, Exercise, ExerciseFile, authored_span, compose_files, inner_range, is_dockerfile,
};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::dockerfile::parse_dockerfile;

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/unpinned-image",
    severity: Severity::Warning,
    what: "An image has no version.",
    why: "Next month's version may behave differently or not start, and every learner gets another one.",
    fix: "Name a version in the tag, such as `redis:7.4.3`, or a digest.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        compose_example![app!(), postgres!(), grafana!(), prometheus!(), "  cache:\n    image: «redis»\n",],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: \"«redis:alpine»\"\n",
        ],
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM «node:lts-slim»\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nWORKDIR /app\n",
        )]),
    ],
    good: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  cache:\n    image: localhost:5000/redis:7\n  queue:\n    image: redis@sha256:6c5f1a0e2d3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5\n  pinned-outside:\n    image: ${REDIS_IMAGE}\n",
        ],
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM node:24.21.0-slim AS base\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nFROM base\n\nWORKDIR /app\n",
        )]),
    ],
};

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
    let after_host = image.rfind('/').map_or(0, |slash| slash + 1);
    let tag = image[after_host..].split_once(':').map(|(_, tag)| tag);
    // A version has a digit that is not part of a distribution's name, as in `alpine3.20`.
    let is_version = |tag: &str| {
        tag.split(['-', '.', '_'])
            .any(|part| part.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()))
    };
    if image.contains(['@', '$']) || tag.is_some_and(is_version) {
        return;
    }
    let span = authored_span(checked, exercise, file, at.clone());
    let message = match tag {
        Some(tag) => format!("`{image}` is another image every few weeks: `{tag}` is no version"),
        None => format!("`{image}` names no version"),
    };
    let name = image.split_once(':').filter(|_| tag.is_some()).map_or(image, |(name, _)| name);
    let finding = file.finding_at(&SPEC, span, at, message);
    sink.push(finding.help(format!("write a version behind the colon, as in `{name}:1.2.3`")));
}
