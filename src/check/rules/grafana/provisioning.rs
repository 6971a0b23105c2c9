//! What Grafana is started with: its data sources, its dashboard providers, and what the compose
//! file mounts into it.

use std::ops::Range;

use crate::check::telemetry::{ComposeService, compose_file, services_of};
use crate::check::{ExerciseFile, StageFolder};
use crate::syntax::yaml::{Node, Value};

/// A data source as provisioned.
pub struct DatasourceEntry<'s> {
    pub file: &'s ExerciseFile<'s>,
    /// The entry's name, or the entry.
    pub at: Range<usize>,
    pub name: String,
    pub uid: Option<(String, Range<usize>)>,
}

/// A place that Grafana reads dashboards from.
pub struct Provider<'s> {
    pub file: &'s ExerciseFile<'s>,
    pub path: String,
    pub at: Range<usize>,
}

/// A bind mount of the Grafana service.
pub struct Mount {
    /// Relative to the learner's folder.
    pub source: String,
    pub target: String,
    pub at: Range<usize>,
}

fn yaml_files<'s>(stage: &'s StageFolder<'_>) -> impl Iterator<Item = (&'s ExerciseFile<'s>, &'s Node)> {
    let files = stage.files.values().filter(|file| file.has_extension("yml") || file.has_extension("yaml"));
    files.filter_map(|file| Some((&**file, file.yaml()?)))
}

/// The data sources of a stage.
pub fn datasources<'s>(stage: &'s StageFolder<'_>) -> Vec<DatasourceEntry<'s>> {
    let mut found = Vec::new();
    for (file, root) in yaml_files(stage) {
        for entry in root.get("datasources").map_or(&[][..], Node::items) {
            let name = entry.get("name");
            let uid = entry.get("uid").and_then(|uid| Some((uid.as_text()?.to_owned(), uid.span.range())));
            found.push(DatasourceEntry {
                file,
                at: name.map_or_else(|| entry.span.range(), |name| name.span.range()),
                name: name.and_then(Node::as_text).unwrap_or("").to_owned(),
                uid: uid.filter(|(uid, _)| !uid.is_empty()),
            });
        }
    }
    found
}

/// The dashboard providers of a stage.
pub fn providers<'s>(stage: &'s StageFolder<'_>) -> Vec<Provider<'s>> {
    let mut found = Vec::new();
    for (file, root) in yaml_files(stage) {
        for entry in root.get("providers").map_or(&[][..], Node::items) {
            let path = entry.get("options").and_then(|options| options.get("path"));
            if let Some((path, text)) = path.and_then(|path| Some((path, path.as_text()?))) {
                found.push(Provider { file, path: text.to_owned(), at: path.span.range() });
            }
        }
    }
    found
}

/// The Grafana service of a stage.
pub fn grafana_service<'s>(stage: &'s StageFolder<'_>) -> Option<ComposeService<'s>> {
    services_of(stage)
        .into_iter()
        .find(|service| service.image.is_some_and(|image| image.starts_with("grafana/grafana")))
}

/// The mounts of a service.
pub fn mounts_of(service: &ComposeService<'_>) -> Vec<Mount> {
    let volumes = service.node.get("volumes").map_or(&[][..], Node::items);
    volumes.iter().filter_map(mount_of).collect()
}

fn mount_of(node: &Node) -> Option<Mount> {
    let at = node.span.range();
    if let Value::Map(_) = node.value {
        let text = |key: &str| node.get(key).and_then(Node::as_text);
        return Some(Mount { source: relative(text("source")?), target: text("target")?.to_owned(), at });
    }
    // `${SCENARIO_DIR:-.}/dashboard/x.json:/etc/x.json:ro`
    let text = node.as_text()?;
    let from = text.find('}').map_or(0, |brace| brace + 1);
    let mut parts = text[from..].split(':');
    let source = format!("{}{}", &text[..from], parts.next()?);
    Some(Mount { source: relative(&source), target: parts.next()?.to_owned(), at })
}

/// The part of a source below the learner's folder.
fn relative(source: &str) -> String {
    let inside = source.rsplit_once('}').map_or(source, |(_, rest)| rest);
    let mut inside = inside.trim_start_matches('/');
    while let Some(rest) = inside.strip_prefix("./").or_else(|| inside.strip_prefix("../")) {
        inside = rest;
    }
    inside.trim_end_matches('/').to_owned()
}

/// Where a file of the learner's folder lies inside of the service.
pub fn mounted_path(mounts: &[Mount], path: &str) -> Option<String> {
    mounts.iter().find_map(|mount| {
        if mount.source == path {
            return Some(mount.target.clone());
        }
        let rest = match mount.source.as_str() {
            "" | "." => path,
            source => path.strip_prefix(source)?.strip_prefix('/')?,
        };
        Some(format!("{}/{rest}", mount.target.trim_end_matches('/')))
    })
}

/// The compose file of a stage, for places in it.
pub fn compose<'s>(stage: &'s StageFolder<'_>) -> Option<&'s ExerciseFile<'s>> {
    compose_file(stage)
}
