//! Files that show a solution: which file of the app each stands for, and which fix it belongs to.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::folders::{COMPOSE, Sorted};
use crate::adopt::SolutionFile;
use crate::source::{FileId, Files};

/// Folders that hold solutions.
const FOLDERS: [&str; 6] = ["solution", "solutions", ".solution", ".solutions", "fixed", "answer"];

/// Words in a file's name that say that it is repaired.
const FIXED: [&str; 4] = ["fixed", "solution", "solved", "fix"];

/// Names of files with statements that are typed.
const TYPED: [&str; 4] = ["fix", "attempt", "solution", "statements"];

/// Endings of files that are read and not put in the place of another.
const DOCUMENTS: [&str; 7] = ["md", "txt", "svg", "png", "jpg", "gif", "pdf"];

/// Whether a file, by its path in the scenario's folder, shows a solution.
pub(super) fn in_solution(inside: &Utf8Path) -> bool {
    let mut folders: Vec<&str> = inside.components().map(|part| part.as_str()).collect();
    let name = folders.pop().unwrap_or("");
    let is_marked = plain_name(name, &FIXED[..3]).is_some();
    folders.first().is_some_and(|first| FOLDERS.contains(&first.to_lowercase().as_str())) || is_marked
}

/// `server.fixed.js` without the word: `server.js`.
pub(super) fn plain_name(name: &str, words: &[&str]) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (stem, word) = stem.rsplit_once(['.', '-', '_'])?;
    (words.contains(&word.to_lowercase().as_str()) && !stem.is_empty()).then(|| format!("{stem}.{ending}"))
}

/// What each file of a solution is.
pub(super) fn read_solutions(files: &Files, scenario: &Sorted) -> Vec<SolutionFile> {
    let inside = |file: FileId| {
        let path = files.path(file);
        path.strip_prefix(&scenario.path).unwrap_or(path)
    };
    let app: Vec<&Utf8Path> = scenario.app.iter().map(|file| inside(*file)).collect();
    let compose = scenario.compose.map(inside);
    scenario
        .solution
        .iter()
        .map(|&file| {
            let (fix, rest) = split(inside(file));
            let replaces = replaced(&rest, &app, compose);
            let replaces = replaces.map(|path| likest(files, scenario, file, &path, &app).unwrap_or(path));
            SolutionFile { file, replaces, fix }
        })
        .collect()
}

/// Of several files of one name, the one that has most lines in common with the solution. `None` where
/// there are no several, or where the path says which one is meant.
fn likest(
    files: &Files,
    scenario: &Sorted,
    file: FileId,
    replaces: &Utf8Path,
    app: &[&Utf8Path],
) -> Option<Utf8PathBuf> {
    if app.contains(&replaces) || replaces.components().count() > 1 {
        return None;
    }
    let text = files.text(file).ok()?;
    let lines: BTreeSet<&str> = text.lines().map(str::trim).filter(|line| line.len() > 3).collect();
    let named = app.iter().zip(&scenario.app).filter(|(path, _)| path.file_name() == replaces.file_name());
    let shared = named.filter_map(|(path, file)| {
        let text = files.text(*file).ok()?;
        let count = text.lines().map(str::trim).filter(|line| lines.contains(line)).count();
        Some((count, *path))
    });
    shared.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, path)| path.to_owned())
}

/// The number of the fix in a solution's path, and the path below the folder of that fix.
fn split(inside: &Utf8Path) -> (Option<u32>, Utf8PathBuf) {
    let mut parts: Vec<&str> = inside.components().map(|part| part.as_str()).collect();
    let is_folder = parts.first().is_some_and(|first| FOLDERS.contains(&first.to_lowercase().as_str()));
    if !is_folder {
        return (None, inside.to_owned());
    }
    parts.remove(0);
    let number = parts.first().filter(|_| parts.len() > 1).and_then(|name| fix_number(name));
    if number.is_some() {
        parts.remove(0);
    }
    (number, parts.iter().collect())
}

/// "1-index", "fix-2", "fix2_pool", "step-3".
fn fix_number(folder: &str) -> Option<u32> {
    let lower = folder.to_lowercase();
    let bare = ["fix", "step", "change", "solution"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let bare = bare.trim_start_matches(['-', '_', ' ']);
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let ends = bare[digits.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    digits.parse().ok().filter(|_| ends)
}

/// The file of the app that a file of a solution stands for.
fn replaced(rest: &Utf8Path, app: &[&Utf8Path], compose: Option<&Utf8Path>) -> Option<Utf8PathBuf> {
    let name = rest.file_name()?;
    let marked = plain_name(name, &FIXED);
    let plain = marked.as_deref().unwrap_or(name);
    let wanted = rest.with_file_name(plain);
    // Below a folder that bears the name of a fix, the path begins one folder further down.
    let shorter: Utf8PathBuf = wanted.components().skip(1).map(|part| part.as_str()).collect();
    // "fix.sql" is typed, also where somebody has left a copy of it among the learner's files.
    let is_typed = wanted.extension() == Some("sql") && TYPED.contains(&wanted.file_stem().unwrap_or(""));
    if is_typed && marked.is_none() {
        return None;
    }
    let exact = [&wanted, &shorter].into_iter().find(|path| app.contains(&path.as_path()));
    if let Some(path) = exact {
        return Some(path.clone());
    }
    if let Some(compose) = compose.filter(|_| COMPOSE.contains(&plain)) {
        return Some(compose.to_owned());
    }
    let mut same_name = app.iter().filter(|path| path.file_name() == Some(plain));
    if let (Some(one), None) = (same_name.next(), same_name.next()) {
        return Some((*one).to_owned());
    }
    let ending = wanted.extension().unwrap_or("").to_lowercase();
    if ending == "sql" || DOCUMENTS.contains(&ending.as_str()) {
        return None;
    }
    // A file that the fix adds: where its folder is one of the app's, there.
    let is_known = |path: &Utf8Path| {
        path.components().next().is_some_and(|top| {
            path.components().count() > 1 && app.iter().any(|known| known.starts_with(top))
        })
    };
    Some(if is_known(&shorter) && !is_known(&wanted) { shorter } else { wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaces(rest: &str) -> Option<String> {
        let app =
            ["src/server.js", "docker-compose.yml", "db/schema.sql", "config/nginx.conf", "a/x.js", "b/x.js"];
        let app: Vec<&Utf8Path> = app.iter().map(Utf8Path::new).collect();
        let (_, rest) = split(Utf8Path::new(rest));
        replaced(&rest, &app, Some(Utf8Path::new("docker-compose.yml"))).map(Utf8PathBuf::into_string)
    }

    #[test]
    fn a_solution_stands_for_a_file_of_the_app() {
        for (rest, expected) in [
            ("solution/server.fixed.js", Some("src/server.js")),
            ("solution/src/server.js", Some("src/server.js")),
            ("solution/1-index/fix.sql", None),
            ("solution/fix.sql", None),
            ("solution/2-query/src/server.js", Some("src/server.js")),
            ("solution/shared-pool/src/server.js", Some("src/server.js")),
            ("solution/shared-pool/src/cache.js", Some("src/cache.js")),
            ("solution/docker-compose.fixed.yml", Some("docker-compose.yml")),
            ("solution/compose.fixed.yaml", Some("docker-compose.yml")),
            ("solution/schema.sql", Some("db/schema.sql")),
            ("solution/x.js", Some("x.js")),
            ("solution/README.md", None),
            ("solutions/fix-3/nginx.conf", Some("config/nginx.conf")),
        ] {
            assert_eq!(replaces(rest).as_deref(), expected, "{rest}");
        }
    }

    #[test]
    fn the_number_of_a_fix_is_in_its_folder() {
        for (name, expected) in
            [("1-index", Some(1)), ("fix2", Some(2)), ("fix-3_pool", Some(3)), ("pool", None), ("3d", None)]
        {
            assert_eq!(fix_number(name), expected, "{name}");
        }
    }

    #[test]
    fn marked_files_outside_of_the_folder_count() {
        assert!(in_solution(Utf8Path::new("src/server.fixed.js")));
        assert!(!in_solution(Utf8Path::new("src/fixed.js")));
        assert!(in_solution(Utf8Path::new("solutions/x.js")));
        assert!(!in_solution(Utf8Path::new("src/solution/x.js")));
    }
}
