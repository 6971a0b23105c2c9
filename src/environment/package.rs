//! package.json.

use serde_json::{Map, Value, json};

use super::request::Request;
use crate::syntax::yaml::Entries;

/// The scenario's package.json.
#[must_use]
pub fn package_json(request: &Request) -> String {
    print_package(&package(request))
}

pub(super) fn print_package(package: &Map<String, Value>) -> String {
    let mut text = serde_json::to_string_pretty(package).unwrap_or_default();
    text.push('\n');
    text
}

/// What package.json says. Its name is the id and never a number, so it stays as it is when the
/// scenario moves.
pub(super) fn package(request: &Request) -> Map<String, Value> {
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
    package
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
