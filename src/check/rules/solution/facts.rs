//! What the fixes of an exercise consist of, and which of its files set the starting state up.

use std::collections::BTreeSet;

use crate::check::{Checked, Exercise, ExerciseFile, compose_files, default_of};
use crate::source::Span;
use crate::syntax::shell::parse_shell;
use crate::syntax::sql_tokens::{Created, Statement};

/// A statement that a fix has learners type.
pub struct FixStatement<'e> {
    pub fix: String,
    pub statement: &'e Statement,
    pub created: Option<Created>,
    pub file: &'e ExerciseFile<'e>,
}

impl FixStatement<'_> {
    /// Where the solution has it.
    pub fn span(&self, checked: &Checked<'_>) -> Span {
        self.file.span(checked.files, self.statement.span())
    }

    /// Whether another statement does the same: by its words, or because it makes the same index.
    pub fn is_done_by(&self, other: &Statement) -> bool {
        if self.statement.normalized() == other.normalized() {
            return true;
        }
        let (Some(own), Some(made)) = (&self.created, other.created()) else { return false };
        let name = |created: &Created| created.name.as_ref().map(|name| name.text.clone());
        own.kind == made.kind
            && (name(own).is_some() && name(own) == name(&made)
                || own.kind == "index" && own.table == made.table && own.columns == made.columns)
    }
}

/// The statements of all fixes that change something: queries and measurements are left out.
pub fn fix_statements<'e>(exercise: &'e Exercise<'_>) -> Vec<FixStatement<'e>> {
    let mut found = Vec::new();
    for file in exercise.solution.iter().filter(|file| file.has_extension("sql")) {
        let mut parts = file.path.components().map(|part| part.as_str());
        let fix = parts.nth(1).unwrap_or("");
        for statement in file.sql().iter().filter(|statement| changes_something(statement)) {
            let created = statement.created();
            found.push(FixStatement { fix: fix.to_owned(), statement, created, file });
        }
    }
    found
}

/// Whether a statement changes how the database is built or set up.
pub fn changes_something(statement: &Statement) -> bool {
    ["create", "alter", "drop", "reindex", "cluster", "comment", "grant", "revoke"]
        .iter()
        .any(|word| statement.starts_with(&[word]))
}

/// Files that set the starting state up, by path: what the Codespace's start runs, what the database
/// runs when it is made, and what these name.
pub fn starting_files(exercise: &Exercise<'_>) -> BTreeSet<String> {
    let stage = exercise.broken();
    let mut found: BTreeSet<String> = BTreeSet::new();
    let is_named = |file: &ExerciseFile<'_>| {
        let stem = file.path.file_stem().unwrap_or("").to_lowercase();
        let sql = file.has_extension("sql");
        ["seed", "wait-and-seed"].contains(&stem.as_str())
            || sql && ["seed", "schema", "init"].iter().any(|name| stem.starts_with(name))
    };
    found.extend(stage.files.values().filter(|file| is_named(file)).map(|file| file.path.to_string()));
    for compose in compose_files(exercise) {
        for mount in compose.services().flat_map(|service| service.mounts()) {
            let source = default_of(&mount.source).trim_start_matches("./").to_owned();
            if mount.target.contains("initdb") && !source.is_empty() {
                let inside = stage.files.paths().filter(|path| path.starts_with(&source));
                found.extend(inside.map(ToString::to_string));
            }
        }
    }
    found.extend(scripts_of_the_start(exercise));
    // What a file of the start names belongs to the start.
    let mut open: Vec<String> = found.iter().cloned().collect();
    while let Some(path) = open.pop() {
        let Some(file) = stage.file(&path).filter(|file| file.is_script()) else { continue };
        let names: Vec<&str> =
            file.calls().texts.iter().filter_map(|(text, _)| text.value.rsplit('/').next()).collect();
        for other in stage.files.paths() {
            let is_named = other.file_name().is_some_and(|name| name.contains('.') && names.contains(&name));
            if is_named && found.insert(other.to_string()) {
                open.push(other.to_string());
            }
        }
    }
    found
}

/// The scripts that commands of the devcontainer run with node.
fn scripts_of_the_start(exercise: &Exercise<'_>) -> Vec<String> {
    let Some(json) = exercise.devcontainer.as_ref().and_then(|file| file.json()) else { return Vec::new() };
    let commands = json.entries().iter().filter(|(key, _)| key.text.ends_with("Command"));
    let texts = commands.flat_map(|(_, node)| {
        let several = node.entries().iter().filter_map(|(_, node)| node.as_text());
        node.as_text().into_iter().chain(several)
    });
    texts
        .flat_map(|text| parse_shell(text).commands)
        .filter(|command| command.name() == "node")
        .filter_map(|command| Some(command.words.get(1)?.text.trim_start_matches("./").to_owned()))
        .collect()
}

/// Whether a text is a path that leads through a folder `solution`.
pub fn is_solution_path(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && !text.contains("://")
        && text.split(['/', '\\']).any(|part| part == "solution")
}

/// Whether a text is a path to a file of `src/`.
pub fn is_source_path(text: &str) -> bool {
    let path = text.trim_start_matches("./");
    let inside = path.rsplit("../").next().unwrap_or(path);
    let inside = inside.strip_prefix("/app/").unwrap_or(inside);
    !text.contains(char::is_whitespace)
        && !text.contains("://")
        && (inside == "src" || inside.starts_with("src/") || inside == "server.js")
}
