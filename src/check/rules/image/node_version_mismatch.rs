//! `image/node-version-mismatch`.

use std::ops::Range;

use crate::check::{Checked, ExerciseFile, StageFolder, authored_span, inner_range};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::dockerfile::parse_dockerfile;

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/node-version-mismatch",
    severity: Severity::Warning,
    what: "The image has another version of Node than the exercise asks for.",
    why: "With another version npm warns at every start, and code that works on the author's machine may not work in the container.",
    fix: "Make the version in the Dockerfile fit `engines` in package.json and `.nvmrc`.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM «node:22.20.0-bookworm-slim»\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nWORKDIR /app\n",
        )]),
        Example::file(&[("content/scenarios/first/app/.nvmrc", "«v22»\n")]),
    ],
    good: &[
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM node:24-bookworm-slim\n\nRUN apt-get update && apt-get install -y curl git postgresql-client procps\n\nWORKDIR /app\n",
        )]),
        Example::file(&[("content/scenarios/first/app/.nvmrc", "24.21\n")]),
        Example::file(&[("content/scenarios/first/app/.nvmrc", "lts/*\n")]),
    ],
};

/// Compares the Dockerfile at the top of the folder with what else names a version there.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for (stage, file) in exercise.each_file().filter(|(_, file)| file.path == "Dockerfile") {
            let images = parse_dockerfile(file.text).images(file.text);
            let node = images.iter().rev().find_map(|image| Some((image, node_version(&image.text)?)));
            let Some((image, version)) = node else { continue };
            let place = authored_span(checked, exercise, file, image.span.clone());
            if let Some((package, range, at)) = engines(stage)
                && !fits(&range, version)
            {
                let message = format!("the image has Node {version}, and package.json asks for `{range}`");
                let other = authored_span(checked, exercise, package, at);
                sink.push(
                    file.finding_at(&SPEC, place, image.span.clone(), message)
                        .also(other, "asked for here")
                        .help("take an image of the version that package.json asks for, in stack.yml's `images`"),
                );
            }
            for name in [".nvmrc", ".node-version"] {
                let Some(own) = stage.file(name) else { continue };
                let text = own.text.trim();
                let at = own.text.find(text).unwrap_or(0);
                let major =
                    text.trim_start_matches('v').split('.').next().and_then(|part| part.parse::<u32>().ok());
                if major.is_some_and(|major| major != version) {
                    let message = format!("`{name}` names Node {text}, and the image has Node {version}");
                    let finding = own.finding(checked.files, &SPEC, at..at + text.len(), message);
                    sink.push(finding.also(place, "the image").help(format!("write `{version}`")));
                }
            }
        }
    }
}

/// 24 of `node:24.21.0-slim`.
fn node_version(image: &str) -> Option<u32> {
    let name = image.rsplit('/').next()?;
    name.strip_prefix("node:")?.split(['.', '-']).next()?.parse().ok()
}

fn engines<'e, 'a>(stage: &'e StageFolder<'a>) -> Option<(&'e ExerciseFile<'a>, String, Range<usize>)> {
    let package = stage.file("package.json")?;
    let node = package.json()?.get("engines")?.get("node")?;
    Some((package, node.as_text()?.to_owned(), inner_range(package.text, node)))
}

/// Whether a major version lies in a range of npm. Parts that are not understood fit.
fn fits(range: &str, version: u32) -> bool {
    range
        .split("||")
        .any(|part| part.replace(">= ", ">=").split_whitespace().all(|part| fits_one(part, version)))
}

fn fits_one(part: &str, version: u32) -> bool {
    let number = part.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mark = &part[..part.len() - number.len()];
    let mut numbers = number.split('.').map(|part| part.parse::<u32>().ok());
    let Some(major) = numbers.next().flatten() else { return true };
    let rest_is_zero = numbers.all(|part| part.unwrap_or(0) == 0);
    match mark.trim_end_matches('v') {
        ">=" => version >= major,
        ">" => version > major || !rest_is_zero,
        "<" => version < major || (version == major && !rest_is_zero),
        "<=" => version <= major,
        "" | "=" | "^" | "~" => version == major,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_npm_are_read() {
        for range in [">=24", "^24", "24.x", "24", ">=18 <25", "20 || 24", "*", "~24.2.0", "<=24", ">= 22"] {
            assert!(fits(range, 24), "{range}");
        }
        for range in [">=25", "^22", "22.x", "18", ">=18 <24", "20 || 22"] {
            assert!(!fits(range, 24), "{range}");
        }
    }
}
