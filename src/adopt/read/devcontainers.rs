//! Which devcontainer.json belongs to which scenario: by the name of its folder first, since what it points
//! at may be wrong, then by the files and folders that it names.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::folders::Sorted;
use crate::source::{FileId, Files, path_from};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::yaml::{Node, Value};

/// Gives each scenario its devcontainer; those taken are returned.
pub(super) fn assign_devcontainers(files: &Files, scenarios: &mut [Sorted]) -> BTreeSet<FileId> {
    let all: Vec<FileId> = files
        .iter()
        .filter(|(_, entry)| {
            let path = &entry.path;
            path.starts_with(".devcontainer") && path.file_name() == Some("devcontainer.json")
        })
        .map(|(file, _)| file)
        .collect();
    let mut taken = BTreeSet::new();
    let by_name: BTreeMap<String, FileId> =
        all.iter().filter_map(|file| Some((name_of(files.path(*file))?, *file))).collect();
    for scenario in scenarios.iter_mut().filter(|scenario| scenario.devcontainer.is_none()) {
        let found = names_of(&scenario.path).iter().find_map(|name| by_name.get(name).copied());
        if let Some(file) = found {
            scenario.devcontainer = Some(file);
            taken.insert(file);
        }
    }
    let mut by_folder: BTreeMap<Utf8PathBuf, FileId> = BTreeMap::new();
    for &file in all.iter().filter(|file| !taken.contains(file)) {
        for folder in folders_named(files, file) {
            by_folder.entry(folder).or_insert(file);
        }
    }
    for scenario in scenarios.iter_mut().filter(|scenario| scenario.devcontainer.is_none()) {
        // A workspace is a path in the container: it ends with the scenario's.
        let ends =
            |named: &&Utf8PathBuf| !scenario.path.as_str().is_empty() && named.ends_with(&scenario.path);
        let found = by_folder
            .get(&scenario.path)
            .or_else(|| by_folder.keys().find(ends).and_then(|named| by_folder.get(named)));
        if let Some(&file) = found {
            scenario.devcontainer = Some(file);
            taken.insert(file);
        }
    }
    taken
}

/// The folder below `.devcontainer/`.
fn name_of(path: &Utf8Path) -> Option<String> {
    let folder = path.parent()?.strip_prefix(".devcontainer").ok()?;
    (!folder.as_str().is_empty()).then(|| folder.as_str().to_lowercase())
}

/// Names by which a scenario's folder may be called: its own, and its path in one word.
fn names_of(path: &Utf8Path) -> Vec<String> {
    let lower = path.as_str().to_lowercase();
    let last = path.file_name().unwrap_or("").to_lowercase();
    vec![last, lower.replace('/', "-"), lower.replace('/', "_"), lower]
}

/// The folders that a devcontainer points at: those of its compose files, and its workspace.
fn folders_named(files: &Files, file: FileId) -> Vec<Utf8PathBuf> {
    let Ok(text) = files.text(file) else { return Vec::new() };
    let (Some(root), _) = parse_json(text, file, Dialect::WithComments) else { return Vec::new() };
    let home = files.path(file).parent().unwrap_or(Utf8Path::new(""));
    let mut found = Vec::new();
    for path in root.get("dockerComposeFile").map(texts).unwrap_or_default() {
        found.extend(path_from(home, &path).and_then(|path| path.parent().map(Utf8Path::to_owned)));
    }
    let build = root.get("build").and_then(|build| build.get("context")).and_then(Node::as_text);
    found.extend(build.and_then(|context| path_from(home, context)));
    found.extend(
        root.get("workspaceFolder")
            .and_then(Node::as_text)
            .map(|path| Utf8PathBuf::from(path.trim_matches('/'))),
    );
    found
}

fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.iter().filter_map(|item| item.as_text().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}
