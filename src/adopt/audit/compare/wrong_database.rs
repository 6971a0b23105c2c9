//! `adopt/wrong-database`.

use super::course::{Scenario, scenarios};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::WRONG_DATABASE;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::compose::services_in;
use crate::syntax::yaml::parse_yaml;

/// Compares the databases that pages connect to with those of the compose file.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let Some(compose) = scenario.folder.compose else { continue };
        let known = databases_of(repository, compose);
        if !known.is_empty() {
            check_page(repository, scenario, &known, sink);
        }
    }
}

/// Names of databases, each with its place.
fn databases_of(repository: &Repository, compose: FileId) -> Vec<(String, Span)> {
    const NAMES: [&str; 4] = ["POSTGRES_DB", "MYSQL_DATABASE", "MARIADB_DATABASE", "MONGO_INITDB_DATABASE"];
    let files = &repository.files;
    let (Ok(text), Some(root)) = (files.text(compose), parse_yaml(files, compose, &Sink::default())) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for service in services_in(text, &root) {
        for variable in service.environment() {
            let span = Span::new(compose, variable.at.start, variable.at.end);
            if NAMES.contains(&variable.name.as_str()) {
                found.push((variable.value.clone(), span));
            } else if let Some((name, _)) = database_in(&variable.value) {
                found.push((name.to_owned(), span));
            }
        }
    }
    found
}

/// The database of a connection string, and where it begins.
fn database_in(text: &str) -> Option<(&str, usize)> {
    let (_, rest) = text.split_once("://")?;
    let (_, rest) = rest.split_once('@').unwrap_or(("", rest));
    let (_, name) = rest.split_once('/')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(name.len());
    let at = name.as_ptr() as usize - text.as_ptr() as usize;
    (end > 0).then_some((&name[..end], at))
}

fn check_page(repository: &Repository, scenario: Scenario<'_>, known: &[(String, Span)], sink: &Sink) {
    const SCHEMES: [&str; 4] = ["postgres://", "postgresql://", "mysql://", "mongodb://"];
    let file = scenario.page.file;
    let Ok(text) = repository.files.text(file) else { return };
    let check = |name: &str, at: usize| {
        if name.is_empty() || known.iter().any(|(right, _)| right == name) {
            return;
        }
        let (right, place) = &known[0];
        let message = format!("the page speaks of a database `{name}`, the compose file of `{right}`");
        let finding = Diagnostic::new(&WRONG_DATABASE, Span::new(file, at, at + name.len()), message);
        sink.push(
            finding.also(*place, "the database").help(format!("write `{right}`, or rename the database")),
        );
    };
    for scheme in SCHEMES {
        for (at, _) in text.match_indices(scheme) {
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
            if let Some((name, inside)) = database_in(&text[at..end]) {
                check(name, at + inside);
            }
        }
    }
    for mark in ["database `", "Database `", "psql -d ", "-U postgres -d "] {
        for (at, _) in text.match_indices(mark) {
            let start = at + mark.len();
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            let length = text[start..].find(|c: char| !is_name(c)).unwrap_or(0);
            check(&text[start..start + length], start);
        }
    }
}
