//! `adopt/unknown-script`.

use std::collections::BTreeSet;

use super::course::{Scenario, scenarios};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::UNKNOWN_SCRIPT;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::yaml::{Node, closest};

/// Compares the commands that a scenario names with the scripts of its package.json and with its files.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let Some(scripts) = scripts_of(repository, scenario) else { continue };
        let folder = scenario.folder;
        let texts = [
            Some(scenario.page.file),
            folder.readme,
            folder.answers_file,
            folder.compose,
            folder.devcontainer,
        ];
        let docker = folder.app.iter().copied();
        let docker = docker.filter(|file| repository.files.path(*file).file_name() == Some("Dockerfile"));
        for file in texts.into_iter().flatten().chain(docker).collect::<BTreeSet<FileId>>() {
            check_file(repository, file, &scripts, sink);
        }
        for file in [Some(scenario.page.file), folder.readme].into_iter().flatten() {
            check_paths(repository, scenario, file, sink);
        }
    }
}

/// The scripts of every package.json of a scenario, solutions included; `None` if it has none.
fn scripts_of(repository: &Repository, scenario: Scenario<'_>) -> Option<BTreeSet<String>> {
    let files = &repository.files;
    let solution = scenario.folder.solution.iter().map(|it| it.file);
    let all = scenario.folder.app.iter().copied().chain(solution);
    let packages = all.filter(|file| files.path(*file).file_name() == Some("package.json"));
    let mut found: Option<BTreeSet<String>> = None;
    for file in packages {
        let Ok(text) = files.text(file) else { continue };
        let (Some(root), _) = parse_json(text, file, Dialect::WithComments) else { continue };
        let names =
            root.get("scripts").map_or(&[][..], Node::entries).iter().map(|(key, _)| key.text.clone());
        found.get_or_insert_default().extend(names);
    }
    found
}

fn check_file(repository: &Repository, file: FileId, scripts: &BTreeSet<String>, sink: &Sink) {
    const RUN: [&str; 3] = ["npm run ", "npm run -s ", "npm run --silent "];
    let Ok(text) = repository.files.text(file) else { return };
    for mark in RUN {
        for (at, _) in text.match_indices(mark) {
            let start = at + mark.len();
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
            let end = text[start..].find(|c| !is_name(c)).map_or(text.len(), |length| start + length);
            let name = text[start..end].trim_end_matches(['.', ':']);
            if name.is_empty() || name.starts_with('-') || scripts.contains(name) {
                continue;
            }
            let message = format!("package.json has no script `{name}`");
            let help = match closest(name, scripts.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `npm run {near}`?"),
                None => "add it to `scripts`, or write a command that is there".to_owned(),
            };
            let span = Span::new(file, start, start + name.len());
            sink.push(Diagnostic::new(&UNKNOWN_SCRIPT, span, message).help(help));
        }
    }
}

/// `node scripts/x.js`, where there is no such file.
fn check_paths(repository: &Repository, scenario: Scenario<'_>, file: FileId, sink: &Sink) {
    let files = &repository.files;
    let Ok(text) = files.text(file) else { return };
    for (at, mark) in text.match_indices("node ") {
        let start = at + mark.len();
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | ';' | ')'))
            .unwrap_or(rest.len());
        let path = &rest[..end];
        let begins_word =
            !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/'));
        let is_script = [".js", ".mjs", ".cjs"].iter().any(|ending| path.ends_with(ending));
        if !begins_word || !is_script || path.starts_with(['/', '$', '~']) || path.contains("..") {
            continue;
        }
        let whole = scenario.folder.path.join(path.trim_start_matches("./"));
        if files.find(&whole).is_none() && files.find(path.trim_start_matches("./")).is_none() {
            let message = format!("there is no file `{path}` to run");
            let span = Span::new(file, start, start + path.len());
            let names = files.below(&scenario.folder.path);
            let names: Vec<&str> = names
                .filter_map(|(_, path)| {
                    path.strip_prefix(&scenario.folder.path).ok().map(|path| path.as_str())
                })
                .collect();
            let help = match closest(path, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the path, or add the file".to_owned(),
            };
            sink.push(Diagnostic::new(&UNKNOWN_SCRIPT, span, message).help(help));
        }
    }
}
