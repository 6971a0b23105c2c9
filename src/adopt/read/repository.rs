//! The order of work: folders, pages, answers, the README; then entries and folders find each other.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::curriculum::read_curriculum;
use super::devcontainers::assign_devcontainers;
use super::folders::{Folders, Sorted, find_folders, number_in};
use super::github::github_in;
use super::marks::words;
use super::page::{PageRead, match_answers, read_answers_file, read_page};
use super::settings::{read_settings, state_curriculum};
use super::solution_fixes::number_by_code;
use super::solutions::read_solutions;
use crate::adopt::{Curriculum, Folder, PartKind, Repository};
use crate::manifest::scenario::Status;
use crate::source::{FileId, Files, path_from};

/// Reads a hand-made monorepo. Whatever its files hold, there is a repository.
#[must_use]
pub fn read_repository(files: Files) -> Repository {
    let Folders { mut scenarios, loose } = find_folders(&files, |file| is_page(&files, file));
    let taken = assign_devcontainers(&files, &mut scenarios);
    let readme = top(&files, &["README.md", "readme.md", "Readme.md"]);
    let settings = top(&files, &["scenarist.yml", "scenarist.yaml"]).map(|file| read_settings(&files, file));
    let mut folders: Vec<Folder> =
        scenarios.into_iter().map(|scenario| read_folder(&files, scenario)).collect();
    let paths: BTreeMap<Utf8PathBuf, usize> =
        folders.iter().enumerate().map(|(at, folder)| (folder.path.clone(), at)).collect();
    let leads = |address: &str| folder_of(&paths, address).is_some();
    let is_single = folders.len() == 1 && folders[0].path.as_str().is_empty();
    let mut curriculum = match readme.filter(|_| !is_single) {
        Some(readme) => read_curriculum(&files, readme, &leads),
        None => Curriculum::default(),
    };
    find_entries(&mut curriculum, &folders, &paths);
    if let Some(stated) = settings.as_ref().and_then(|settings| settings.said.as_ref()) {
        state_curriculum(stated, &folders, &mut curriculum);
    }
    put_in_order(&mut curriculum, &mut folders);
    let pages = folders.iter().filter_map(|folder| folder.page.as_ref()).map(|page| page.file);
    let github = readme.into_iter().chain(pages).find_map(|page| github_in(&files, page));
    let stated_in = settings.as_ref().map(|settings| settings.file);
    let is_loose = |file: &FileId| !taken.contains(file) && Some(*file) != readme && Some(*file) != stated_in;
    let loose = loose.into_iter().filter(is_loose).collect();
    Repository { files, settings, readme, curriculum, folders, github, loose }
}

fn top(files: &Files, names: &[&str]) -> Option<FileId> {
    names.iter().find_map(|name| files.find(name))
}

/// Whether a page that has no name of its own is a scenario: it has questions or steps.
fn is_page(files: &Files, file: FileId) -> bool {
    read_page(files, file, Vec::new()).page.parts.iter().any(|part| match &part.kind {
        PartKind::Question(_) => true,
        PartKind::Section(heading) => heading.step.is_some(),
        _ => false,
    })
}

fn read_folder(files: &Files, mut scenario: Sorted) -> Folder {
    let path = scenario.path.clone();
    let inside = |file: &FileId| files.path(*file).strip_prefix(&path).ok();
    let paths: Vec<&Utf8Path> = scenario.app.iter().filter_map(inside).collect();
    let read = scenario.page.map(|page| read_page(files, page, paths));
    let (page, mut answers) =
        read.map_or((None, Vec::new()), |PageRead { page, answers }| (Some(page), answers));
    let links = scenario.page.map(|page| links_of(files, page, &path)).unwrap_or_default();
    if scenario.answers.is_none() {
        scenario.answers = linked_answers(files, &scenario, &links);
        let answers = scenario.answers;
        scenario.app.retain(|file| Some(*file) != answers);
        scenario.solution.retain(|file| Some(*file) != answers);
    }
    if let Some(file) = scenario.answers {
        answers.extend(read_answers_file(files, file));
    }
    if let Some(page) = &page {
        match_answers(files, page, &mut answers);
    }
    let mut solution = read_solutions(files, &scenario);
    if let Some(page) = &page {
        number_by_code(files, page, &path, &mut solution);
    }
    let pictures = scenario
        .app
        .iter()
        .copied()
        .filter(|file| links.contains(files.path(*file)) && is_picture(files.path(*file)));
    Folder {
        number: number_in(&path),
        page,
        answers_file: scenario.answers,
        answers,
        readme: scenario.readme,
        devcontainer: scenario.devcontainer,
        compose: scenario.compose,
        pictures: pictures.collect(),
        solution,
        app: scenario.app,
        twins: scenario.twins,
        path,
    }
}

fn is_picture(path: &Utf8Path) -> bool {
    let ending = path.extension().unwrap_or("").to_lowercase();
    ["svg", "png", "jpg", "jpeg", "gif", "webp"].contains(&ending.as_str())
}

/// A file of answers that the page links to, under whatever name.
fn linked_answers(
    files: &Files,
    scenario: &Sorted,
    links: &std::collections::BTreeSet<Utf8PathBuf>,
) -> Option<FileId> {
    let all = scenario.app.iter().chain(&scenario.solution).copied();
    let mut fitting = all.filter(|file| {
        let path = files.path(*file);
        let name = path.file_stem().unwrap_or("").to_lowercase();
        path.extension() == Some("md") && name.contains("answer") && links.contains(path)
    });
    fitting.next()
}

/// The files that a page links to or shows, from the repository's top.
fn links_of(files: &Files, page: FileId, folder: &Utf8Path) -> std::collections::BTreeSet<Utf8PathBuf> {
    super::page::addresses_of(files, page)
        .iter()
        .filter(|address| !address.contains("://"))
        .filter_map(|address| path_from(folder, address.split(['#', '?']).next().unwrap_or("")))
        .collect()
}

/// The scenario into whose folder an address leads.
fn folder_of(paths: &BTreeMap<Utf8PathBuf, usize>, address: &str) -> Option<usize> {
    if address.contains("://") || address.starts_with('#') {
        return None;
    }
    let plain = address.split(['#', '?']).next().unwrap_or("").replace("%20", " ");
    let path = path_from(Utf8Path::new(""), plain.trim_end_matches('/'))?;
    path.ancestors()
        .filter(|folder| !folder.as_str().is_empty())
        .find_map(|folder| paths.get(folder).copied())
}

/// Finds the folder of each entry: by its link, then by its title, then by its number.
fn find_entries(curriculum: &mut Curriculum, folders: &[Folder], paths: &BTreeMap<Utf8PathBuf, usize>) {
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_number: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, folder) in folders.iter().enumerate() {
        if let Some(title) = folder.page.as_ref().and_then(|page| page.title.as_ref()) {
            by_title.entry(words(title)).or_insert(at);
        }
        if let Some(number) = folder.number {
            by_number.entry(number).or_default().push(at);
        }
    }
    let is_divided = curriculum.groups.iter().any(|group| group.part_of.is_some());
    for entry in curriculum.groups.iter_mut().flat_map(|group| &mut group.entries) {
        if let Some(link) = &entry.link {
            entry.folder = folder_of(paths, link);
            continue;
        }
        let is_planned = entry.status.as_ref().is_some_and(|status| status.value == Status::Planned);
        let numbered = entry
            .number
            .and_then(|number| by_number.get(&number.value))
            .filter(|_| !is_planned && !is_divided);
        let one = numbered.and_then(|found| if let [one] = found.as_slice() { Some(*one) } else { None });
        entry.folder = by_title.get(&words(&entry.title)).copied().or(one);
    }
}

/// Folders in the order of the curriculum, then by number and name.
fn put_in_order(curriculum: &mut Curriculum, folders: &mut Vec<Folder>) {
    let mut rank: Vec<usize> = vec![usize::MAX; folders.len()];
    let named = curriculum.groups.iter().flat_map(|group| &group.entries).filter_map(|entry| entry.folder);
    for (at, folder) in named.enumerate() {
        rank[folder] = rank[folder].min(at);
    }
    let mut order: Vec<usize> = (0..folders.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| (rank[at], folders[at].number.unwrap_or(u32::MAX));
        key(*a).cmp(&key(*b)).then_with(|| folders[*a].path.cmp(&folders[*b].path))
    });
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut sorted: Vec<(usize, Folder)> =
        folders.drain(..).enumerate().map(|(old, folder)| (place[old], folder)).collect();
    sorted.sort_by_key(|(new, _)| *new);
    folders.extend(sorted.into_iter().map(|(_, folder)| folder));
    for entry in curriculum.groups.iter_mut().flat_map(|group| &mut group.entries) {
        entry.folder = entry.folder.map(|old| place[old]);
    }
}
