//! package.json and its lockfile.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};

use super::request::Request;
use crate::diag::catalog::tree;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};
use crate::syntax::yaml::Entries;

/// The scenario's package.json. Its name is the id and never a number, so it stays as it is when
/// the scenario moves.
#[must_use]
pub fn package_json(request: &Request) -> String {
    let stack = &request.stack.manifest;
    let environment = request.environment;
    let mut package = Map::new();
    package.insert("name".to_owned(), json!(request.scenario.id));
    package.insert("private".to_owned(), json!(true));
    package.insert("description".to_owned(), json!(environment.app.title.value));
    if let Some(node) = node_range(stack.images.get("node").map_or("", String::as_str)) {
        package.insert("engines".to_owned(), json!({ "node": node }));
    }
    let scripts = over(&stack.scripts, &environment.scripts);
    package.insert("scripts".to_owned(), Value::Object(scripts.into_iter().collect()));
    let mut runtime = over(&stack.packages, &environment.packages);
    for (name, range) in request.extra_packages.iter() {
        set(&mut runtime, &name.value, range);
    }
    let mut development = over(&stack.dev_packages, &environment.dev_packages);
    // npm takes a package in one of the two lists; the app needs what it needs.
    development.retain(|(name, _)| !runtime.iter().any(|(known, _)| known == name));
    for (key, mut packages) in [("dependencies", runtime), ("devDependencies", development)] {
        packages.sort_by(|a, b| a.0.cmp(&b.0));
        if !packages.is_empty() {
            package.insert(key.to_owned(), Value::Object(packages.into_iter().collect()));
        }
    }
    let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
    text.push('\n');
    text
}

/// Where the lockfile of a request lies: in the scenario's folder if it has one of its own, else
/// in the stack's.
#[must_use]
pub fn lockfile_path(files: &Files, request: &Request) -> Option<(FileId, Utf8PathBuf)> {
    let own = Utf8PathBuf::from(format!("content/scenarios/{}/package-lock.json", request.scenario.id));
    files
        .find(&own)
        .or_else(|| request.stack.find(files, Utf8Path::new("package-lock.json")))
        .map(|file| (file, files.path(file).to_owned()))
}

/// The lockfile as the scenario gets it: under its own name. What does not fit its package.json is
/// reported, because `npm ci` would refuse it and the Codespace would not start.
pub(super) fn lockfile(
    files: &Files,
    request: &Request,
    package: &str,
    sink: &Sink,
) -> Option<(String, FileId)> {
    let Some((file, path)) = lockfile_path(files, request) else {
        let message = "there is no package-lock.json, neither in the scenario's folder nor in the stack's";
        sink.push(
            Diagnostic::new(&tree::MISSING_FILE, request.origin, message)
                .help("run `scenarist lock` to write it"),
        );
        return None;
    };
    let span = Span::file_start(file);
    let parsed = files.text(file).ok().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(mut lock) = parsed.filter(|lock| lock["packages"][""].is_object()) else {
        let message = format!("`{path}` is no lockfile of npm");
        sink.push(
            Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                .help("run `scenarist lock` to write it anew"),
        );
        return None;
    };
    // A fix that adds packages leaves the lockfile to the learner's own `npm install`.
    if request.extra_packages.0.is_empty() {
        report_mismatch(&lock["packages"][""], package, &path, span, request, sink);
    }
    let name = json!(request.scenario.id);
    lock["name"] = name.clone();
    lock["packages"][""]["name"] = name;
    let mut text = serde_json::to_string_pretty(&lock).unwrap_or_default();
    text.push('\n');
    Some((text, file))
}

fn report_mismatch(root: &Value, package: &str, path: &Utf8Path, span: Span, request: &Request, sink: &Sink) {
    let package: Value = serde_json::from_str(package).unwrap_or_default();
    for key in ["dependencies", "devDependencies"] {
        let none = Map::new();
        let wanted = package[key].as_object().unwrap_or(&none);
        let locked = root[key].as_object().unwrap_or(&none);
        let differs = wanted
            .iter()
            .find(|(name, range)| locked.get(*name) != Some(range))
            .or_else(|| locked.iter().find(|(name, _)| !wanted.contains_key(*name)));
        if let Some((name, _)) = differs {
            let message =
                format!("`{path}` does not fit the packages of `{}`: `{name}` differs", request.scenario.id);
            sink.push(
                Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                    .also(request.origin, "the scenario's environment")
                    .help("run `scenarist lock`, which writes the lockfile anew"),
            );
            return;
        }
    }
}

/// `>=24` of `node:24.21.0-bookworm-slim`.
fn node_range(image: &str) -> Option<String> {
    let (_, tag) = image.rsplit_once(':')?;
    let major = tag.split(['.', '-']).next()?;
    (!major.is_empty() && major.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!(">={major}"))
}

fn over(base: &Entries<String>, own: &Entries<String>) -> Vec<(String, Value)> {
    let mut merged = Vec::new();
    for (name, value) in base.iter().chain(own.iter()) {
        set(&mut merged, &name.value, value);
    }
    merged
}

fn set(entries: &mut Vec<(String, Value)>, name: &str, value: &str) {
    match entries.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => *known = json!(value),
        None => entries.push((name.to_owned(), json!(value))),
    }
}
