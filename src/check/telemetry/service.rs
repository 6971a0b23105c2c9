//! The services of a compose file, and the commands that they run.

use std::collections::BTreeMap;

use crate::check::{ExerciseFile, StageFolder};
use crate::syntax::yaml::{Node, Value};

/// A service of the compose file.
#[derive(Debug)]
pub struct ComposeService<'s> {
    pub id: &'s str,
    pub node: &'s Node,
    pub image: Option<&'s str>,
    /// Variables with constant values.
    pub environment: BTreeMap<String, String>,
    /// The words of its command, with those of the npm scripts that it runs.
    pub words: Vec<String>,
    /// Whether it is built from the learner's folder, or mounts it.
    pub runs_code: bool,
}

const COMPOSE_NAMES: [&str; 4] = ["docker-compose.yml", "docker-compose.yaml", "compose.yaml", "compose.yml"];

/// How many npm scripts may call each other.
const MAX_SCRIPTS: usize = 5;

/// The compose file of a stage.
#[must_use]
pub fn compose_file<'s>(stage: &'s StageFolder<'_>) -> Option<&'s ExerciseFile<'s>> {
    COMPOSE_NAMES.iter().find_map(|name| stage.file(name))
}

/// The services of a stage in the order of the file.
#[must_use]
pub fn services_of<'s>(stage: &'s StageFolder<'_>) -> Vec<ComposeService<'s>> {
    services(stage, |_| true)
}

/// Those of them that run code of the exercise.
#[must_use]
pub fn services_with_code<'s>(stage: &'s StageFolder<'_>) -> Vec<ComposeService<'s>> {
    services(stage, runs_code)
}

fn runs_code(service: &Node) -> bool {
    service.get("build").is_some()
}

fn services<'s>(stage: &'s StageFolder<'_>, is_meant: impl Fn(&Node) -> bool) -> Vec<ComposeService<'s>> {
    let Some(root) = compose_file(stage).and_then(ExerciseFile::yaml) else { return Vec::new() };
    let scripts =
        stage.file("package.json").and_then(ExerciseFile::json).and_then(|json| json.get("scripts"));
    let entries = root.get("services").map_or(&[][..], Node::entries);
    let service = |(key, node): &'s (crate::syntax::yaml::Key, Node)| {
        let mut words = words_of(node.get("command"));
        words.extend(words_of(node.get("entrypoint")));
        let runs_code = runs_code(node);
        if words.is_empty() && runs_code {
            words = stage.file("Dockerfile").map_or(Vec::new(), |file| command_of_image(file.text));
        }
        expand_scripts(&mut words, scripts);
        ComposeService {
            id: &key.text,
            node,
            image: node.get("image").and_then(Node::as_text),
            environment: environment_of(node),
            words,
            runs_code,
        }
    };
    entries.iter().filter(|(_, node)| is_meant(node)).map(service).collect()
}

/// The words of a command, whether it is written as a text or as a list.
fn words_of(command: Option<&Node>) -> Vec<String> {
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    match command.map(|node| &node.value) {
        Some(Value::Text(text)) => split(text),
        Some(Value::List(items)) => items.iter().filter_map(Node::as_text).flat_map(split).collect(),
        _ => Vec::new(),
    }
}

/// What an image runs by itself: the last `CMD` of its Dockerfile.
fn command_of_image(dockerfile: &str) -> Vec<String> {
    let lines = dockerfile.lines().map(str::trim);
    let Some(command) = lines.filter_map(|line| line.strip_prefix("CMD ")).next_back() else {
        return Vec::new();
    };
    let words = command.split(|c: char| c.is_whitespace() || "[],\"'".contains(c));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Adds the words of npm scripts behind those that call them.
fn expand_scripts(words: &mut Vec<String>, scripts: Option<&Node>) {
    let mut at = 0;
    let mut expanded = 0;
    while at < words.len() && expanded < MAX_SCRIPTS {
        if ["npm", "yarn", "pnpm"].contains(&words[at].as_str()) {
            let rest = words[at + 1..].iter().filter(|word| *word != "run" && !word.starts_with('-'));
            let script = rest.clone().next().and_then(|name| scripts?.get(name)?.as_text());
            if let Some(script) = script {
                words.extend(script.split_whitespace().map(str::to_owned));
                expanded += 1;
            }
        }
        at += 1;
    }
}

fn environment_of(node: &Node) -> BTreeMap<String, String> {
    let Some(environment) = node.get("environment") else { return BTreeMap::new() };
    match &environment.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| item.as_text()?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        _ => {
            environment.entries().iter().map(|(key, value)| (key.text.clone(), scalar_text(value))).collect()
        }
    }
}

/// A plain value as text.
#[must_use]
fn scalar_text(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    }
}
