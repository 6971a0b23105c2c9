//! Which folders are scenarios, and what each of their files is for, by name and place.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::solutions::{in_solution, plain_name};
use crate::adopt::Twin;
use crate::source::{FileId, Files};

/// Names of a compose file, the most common one first.
pub(super) const COMPOSE: [&str; 4] =
    ["docker-compose.yml", "docker-compose.yaml", "compose.yaml", "compose.yml"];

/// Names of a page that is no README, in small letters.
const PAGES: [&str; 7] =
    ["scenario.md", "exercise.md", "lab.md", "task.md", "workshop.md", "instructions.md", "guide.md"];

/// Names of a file that holds answers, in small letters.
const ANSWERS: [&str; 8] = [
    "answers.md",
    "answer_key.md",
    "answer-key.md",
    "answerkey.md",
    "answers_key.md",
    "model-answers.md",
    "model_answers.md",
    "answer.md",
];

/// Folders in which no scenario begins.
const CLOSED: [&str; 3] = ["node_modules", "solution", "solutions"];

/// The files of a scenario, each by what it is for.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub path: Utf8PathBuf,
    pub page: Option<FileId>,
    pub readme: Option<FileId>,
    pub answers: Option<FileId>,
    pub compose: Option<FileId>,
    /// Below a `.devcontainer/` of its own.
    pub devcontainer: Option<FileId>,
    pub app: Vec<FileId>,
    pub solution: Vec<FileId>,
    pub twins: Vec<Twin>,
}

/// Files that belong to scenarios, and those that don't.
pub(super) struct Folders {
    pub scenarios: Vec<Sorted>,
    pub loose: Vec<FileId>,
}

/// Finds the scenarios. `is_page` looks into a README that may be one.
pub(super) fn find_folders(files: &Files, is_page: impl Fn(FileId) -> bool) -> Folders {
    let pages = find_pages(files, is_page);
    let mut scenarios: Vec<Sorted> = pages
        .iter()
        .map(|(path, page)| Sorted { path: path.clone(), page: Some(*page), ..Sorted::default() })
        .collect();
    let index: BTreeMap<&Utf8Path, usize> =
        pages.keys().enumerate().map(|(at, path)| (path.as_path(), at)).collect();
    let mut loose = Vec::new();
    let mut members: Vec<Vec<FileId>> = vec![Vec::new(); scenarios.len()];
    for (file, entry) in files.iter() {
        match owner(&entry.path, &index) {
            Some(at) => members[at].push(file),
            None => loose.push(file),
        }
    }
    for (scenario, members) in scenarios.iter_mut().zip(members) {
        sort(files, scenario, &members);
    }
    Folders { scenarios, loose }
}

/// The innermost scenario that a file lies in.
fn owner(path: &Utf8Path, index: &BTreeMap<&Utf8Path, usize>) -> Option<usize> {
    path.ancestors().skip(1).find_map(|folder| index.get(folder).copied())
}

/// The pages by their folders.
fn find_pages(files: &Files, is_page: impl Fn(FileId) -> bool) -> BTreeMap<Utf8PathBuf, FileId> {
    let mut named: BTreeMap<Utf8PathBuf, (usize, FileId)> = BTreeMap::new();
    let mut readmes: BTreeMap<Utf8PathBuf, FileId> = BTreeMap::new();
    let mut with_compose: BTreeMap<&Utf8Path, ()> = BTreeMap::new();
    for (file, entry) in files.iter() {
        let (Some(folder), Some(name)) = (entry.path.parent(), entry.path.file_name()) else { continue };
        if folder.components().any(|part| is_closed(part.as_str())) {
            continue;
        }
        let name = name.to_lowercase();
        if COMPOSE.contains(&name.as_str()) {
            with_compose.insert(folder, ());
        }
        if name == "readme.md" {
            readmes.insert(folder.to_owned(), file);
        }
        if let Some(rank) = PAGES.iter().position(|page| *page == name) {
            let best = named.entry(folder.to_owned()).or_insert((rank, file));
            *best = (*best).min((rank, file));
        }
    }
    // A name that says less than "scenario" needs an environment beside it, and questions inside.
    let may_be = |folder: &Utf8Path| with_compose.contains_key(folder);
    let mut pages: BTreeMap<Utf8PathBuf, FileId> = named
        .into_iter()
        .filter(|(folder, (rank, file))| *rank == 0 || (may_be(folder) && is_page(*file)))
        .map(|(folder, (_, file))| (folder, file))
        .collect();
    for (folder, file) in readmes {
        let is_top = folder.as_str().is_empty();
        if !is_top && !pages.contains_key(&folder) && may_be(&folder) && is_page(file) {
            pages.insert(folder, file);
        }
    }
    // The top is a scenario only where nothing else is.
    if pages.len() > 1 {
        pages.remove(Utf8Path::new(""));
    }
    pages
}

fn is_closed(name: &str) -> bool {
    CLOSED.contains(&name) || name.starts_with('.')
}

fn sort(files: &Files, scenario: &mut Sorted, members: &[FileId]) {
    let by_path: BTreeMap<&Utf8Path, FileId> =
        members.iter().map(|file| (files.path(*file), *file)).collect();
    let folder = scenario.path.clone();
    for &file in members {
        let path = files.path(file);
        let inside = path.strip_prefix(&folder).unwrap_or(path);
        let name = inside.file_name().unwrap_or("").to_lowercase();
        let is_top = inside.components().count() == 1;
        if scenario.page == Some(file) {
            continue;
        }
        if is_top && name == "readme.md" {
            scenario.readme = Some(file);
        } else if ANSWERS.contains(&name.as_str()) && scenario.answers.is_none() {
            scenario.answers = Some(file);
        } else if inside.starts_with(".devcontainer") && name == "devcontainer.json" {
            scenario.devcontainer = Some(file);
        } else if in_solution(inside) {
            scenario.solution.push(file);
        } else if let Some(plain) = twin_of(path, &by_path) {
            scenario.twins.push(Twin { commented: file, plain });
        } else {
            scenario.app.push(file);
            let rank =
                |file: FileId| COMPOSE.iter().position(|known| files.path(file).file_name() == Some(known));
            let is_better = match (rank(file), scenario.compose.and_then(rank)) {
                (Some(new), Some(known)) => new < known,
                (Some(_), None) => true,
                _ => false,
            };
            if is_top && is_better {
                scenario.compose = Some(file);
            }
        }
    }
}

/// Words in a file's name that say that it holds more comments than another.
const COMMENTED: [&str; 4] = ["comments", "commented", "annotated", "explained"];

/// The file that a `server.comments.js` explains, which lies beside it.
fn twin_of(path: &Utf8Path, by_path: &BTreeMap<&Utf8Path, FileId>) -> Option<FileId> {
    let plain = plain_name(path.file_name()?, &COMMENTED)?;
    by_path.get(path.with_file_name(plain).as_path()).copied()
}

/// The number in a folder's name: the one after "scenario", or the first.
pub(super) fn number_in(path: &Utf8Path) -> Option<u32> {
    let name = path.file_name()?.to_lowercase();
    let from = ["scenario", "exercise", "lab"].iter().find_map(|word| {
        let at = name.find(word)? + word.len();
        name[at..].trim_start_matches(['-', '_', ' ']).starts_with(|c: char| c.is_ascii_digit()).then_some(at)
    });
    let digits: String = name[from.unwrap_or(0)..]
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    // "s3-storage" begins with a letter: digits inside of a word are no number.
    let is_number = from.is_some() || name.split(['-', '_', ' ', '.']).any(|part| part == digits);
    digits.parse().ok().filter(|_| is_number)
}
