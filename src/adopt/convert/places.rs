//! The order of scenarios: tracks, groups, numbers, ids, and a folder pattern that gives the folders the
//! names that they have, where there is one.

use camino::Utf8Path;

use super::ids::{Ids, slug};
use crate::adopt::{Folder, Group, Repository};
use crate::syntax::yaml::is_valid_id;

/// The tracks of the course.
#[derive(Debug)]
pub(super) struct Places {
    pub tracks: Vec<TrackPlan>,
    /// For each folder of the repository its id.
    pub ids: Vec<String>,
}

/// A track.
#[derive(Debug)]
pub(super) struct TrackPlan {
    pub id: String,
    pub folder: String,
    pub groups: Vec<GroupPlan>,
}

/// A group of a track.
#[derive(Debug)]
pub(super) struct GroupPlan {
    pub id: String,
    /// Index of the curriculum's group; `None` for scenarios that the curriculum does not name.
    pub source: Option<usize>,
    pub entries: Vec<EntryPlan>,
}

/// A scenario in its place.
#[derive(Debug)]
pub(super) struct EntryPlan {
    pub id: String,
    pub folder: Option<usize>,
    /// Index among the entries of the curriculum's group.
    pub source: Option<usize>,
}

/// The title of a scenario that has a folder.
pub(super) fn title_of(folder: &Folder, repository: &Repository, index: usize) -> String {
    let page = folder.page.as_ref().and_then(|page| page.title.as_ref()).map(|title| title.value.clone());
    let listed = || {
        let mut entries = repository.curriculum.groups.iter().flat_map(|group| &group.entries);
        entries.find(|entry| entry.folder == Some(index)).map(|entry| entry.title.value.clone())
    };
    page.or_else(listed).filter(|title| !title.trim().is_empty()).unwrap_or_else(|| folder.name_in_words())
}

/// Puts all scenarios in order.
pub(super) fn plan_places(repository: &Repository) -> Places {
    let mut tracks = tracks_of(repository);
    let mut ids = Ids::default();
    let mut of_folders = vec![String::new(); repository.folders.len()];
    for track in &mut tracks {
        let names = Names::of(repository, track);
        track.folder = names
            .as_ref()
            .map_or_else(|| "scenario-{number:02}-{id}".to_owned(), |names| names.pattern.clone());
        for entry in track.groups.iter_mut().flat_map(|group| &mut group.entries) {
            let Some(index) = entry.folder else { continue };
            let own = names.as_ref().and_then(|names| names.id_of(&repository.folders[index]));
            let id = own.filter(|id| ids.reserve(id));
            entry.id = id.unwrap_or_else(|| {
                ids.take(&title_of(&repository.folders[index], repository, index), "scenario")
            });
            of_folders[index].clone_from(&entry.id);
        }
    }
    // Folders keep their names; what is only planned takes what is left.
    for group in tracks.iter_mut().flat_map(|track| &mut track.groups) {
        for entry in group.entries.iter_mut().filter(|entry| entry.folder.is_none()) {
            let listed = group.source.zip(entry.source);
            let title = listed.map_or("", |(group, at)| {
                repository.curriculum.groups[group].entries[at].title.value.as_str()
            });
            entry.id = ids.take(title, "planned");
        }
    }
    Places { tracks, ids: of_folders }
}

/// Tracks with their groups and numbers. Where numbers begin again with 1, a new track begins.
fn tracks_of(repository: &Repository) -> Vec<TrackPlan> {
    let mut tracks: Vec<TrackPlan> = Vec::new();
    let mut seen = vec![false; repository.folders.len()];
    let mut group_ids = Ids::default();
    for (index, group) in repository.curriculum.groups.iter().enumerate() {
        if group.entries.is_empty() {
            continue;
        }
        let restarts = first_number(group) == Some(1);
        let has_entries = tracks.last().is_some_and(|track| !track.groups.is_empty());
        if tracks.is_empty() || (restarts && has_entries) {
            tracks.push(new_track(tracks.len()));
            group_ids = Ids::default();
        }
        let Some(track) = tracks.last_mut() else { continue };
        let mut entries = Vec::new();
        for (at, entry) in group.entries.iter().enumerate() {
            let folder = entry.folder.filter(|folder| *folder < seen.len());
            if folder.is_some_and(|folder| std::mem::replace(&mut seen[folder], true)) {
                continue;
            }
            entries.push(EntryPlan { id: String::new(), folder, source: Some(at) });
        }
        track.groups.push(GroupPlan {
            id: group_ids.take(&group.name.value, "group"),
            source: Some(index),
            entries,
        });
    }
    add_unlisted(&mut tracks, &seen, &mut group_ids);
    tracks
}

fn first_number(group: &Group) -> Option<u32> {
    group.entries.iter().find_map(|entry| entry.number).map(|number| number.value)
}

fn new_track(before: usize) -> TrackPlan {
    let id = if before == 0 { "main".to_owned() } else { format!("track-{}", before + 1) };
    TrackPlan { id, folder: String::new(), groups: Vec::new() }
}

/// Folders that the curriculum does not name follow in a group of their own.
fn add_unlisted(tracks: &mut Vec<TrackPlan>, seen: &[bool], ids: &mut Ids) {
    let unlisted: Vec<usize> = (0..seen.len()).filter(|index| !seen[*index]).collect();
    if unlisted.is_empty() && !tracks.is_empty() {
        return;
    }
    if tracks.is_empty() {
        tracks.push(new_track(0));
    }
    let Some(track) = tracks.last_mut() else { return };
    let name = if track.groups.is_empty() { "scenarios" } else { "more-scenarios" };
    let entries = unlisted
        .into_iter()
        .map(|folder| EntryPlan { id: String::new(), folder: Some(folder), source: None })
        .collect();
    track.groups.push(GroupPlan { id: ids.take(name, "scenarios"), source: None, entries });
}

/// How the folders of a track are called.
struct Names {
    prefix: String,
    separator: String,
    pattern: String,
    has_id: bool,
}

impl Names {
    /// The pattern that gives all folders of a track the names that they have.
    fn of(repository: &Repository, track: &TrackPlan) -> Option<Self> {
        let entries = track.groups.iter().flat_map(|group| &group.entries);
        let folders: Vec<&Folder> =
            entries.filter_map(|entry| entry.folder).map(|index| &repository.folders[index]).collect();
        let first = folders.first()?;
        let names = match split(first) {
            Some((prefix, digits, separator, rest)) => {
                let is_padded =
                    folders.iter().filter_map(|folder| split(folder)).any(|parts| parts.1.starts_with('0'));
                let number = match digits.len() {
                    2 if is_padded => "{number:02}",
                    3 if is_padded => "{number:03}",
                    _ => "{number}",
                };
                let has_id = !rest.is_empty();
                let id = if has_id { "{id}" } else { "" };
                let pattern = format!("{prefix}{number}{separator}{id}");
                Self { prefix: prefix.to_owned(), separator: separator.to_owned(), pattern, has_id }
            }
            None => Self {
                prefix: String::new(),
                separator: String::new(),
                pattern: "{id}".to_owned(),
                has_id: true,
            },
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '{' | '}' | ':');
        let valid = names.pattern.chars().all(is_name) && !names.pattern.starts_with('.');
        (valid && folders.iter().all(|folder| names.fits(folder))).then_some(names)
    }

    fn fits(&self, folder: &Folder) -> bool {
        if self.pattern == "{id}" {
            return self.id_of(folder).is_some();
        }
        split(folder).is_some_and(|(prefix, _, separator, rest)| {
            prefix == self.prefix
                && separator == self.separator
                && rest.is_empty() != self.has_id
                && (!self.has_id || is_valid_id(rest))
        })
    }

    /// The id that gives a folder its name.
    fn id_of(&self, folder: &Folder) -> Option<String> {
        if !self.has_id {
            return None;
        }
        let name = folder.path.file_name()?;
        let id = if self.pattern == "{id}" { name } else { split(folder)?.3 };
        (is_valid_id(id) && slug(id).len() <= id.len()).then(|| id.to_owned())
    }
}

/// A folder's name around its number: what comes before, the digits, a separator, the rest.
fn split(folder: &Folder) -> Option<(&str, &str, &str, &str)> {
    let name = Utf8Path::new(folder.path.as_str()).file_name()?;
    let number = folder.number?;
    let mut at = 0;
    while at < name.len() {
        let Some(start) = name[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) else {
            break;
        };
        let end = name[start..].find(|c: char| !c.is_ascii_digit()).map_or(name.len(), |end| start + end);
        if name[start..end].parse() == Ok(number) {
            let rest = &name[end..];
            let separator = rest.len() - rest.trim_start_matches(['-', '_', '.']).len();
            return Some((&name[..start], &name[start..end], &rest[..separator], &rest[separator..]));
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adopt::convert::testing::{folder, repository};

    fn plan(names: &[(&str, Option<u32>)]) -> (Vec<String>, String) {
        let mut repository = repository();
        for (name, number) in names {
            repository.folders.push(folder(name, *number));
        }
        let places = plan_places(&repository);
        (places.ids, places.tracks[0].folder.clone())
    }

    #[test]
    fn folders_keep_their_names_where_a_pattern_gives_them() {
        let (ids, pattern) = plan(&[("scenario-01-late", Some(1)), ("scenario-02-the-list", Some(2))]);
        assert_eq!(
            (ids, pattern.as_str()),
            (vec!["late".into(), "the-list".into()], "scenario-{number:02}-{id}")
        );
        let (ids, pattern) = plan(&[("exercises/1_ovens", Some(1)), ("exercises/2_tills", Some(2))]);
        assert_eq!((ids, pattern.as_str()), (vec!["ovens".into(), "tills".into()], "{number}_{id}"));
        let (ids, pattern) = plan(&[("ovens", None), ("tills", None)]);
        assert_eq!((ids, pattern.as_str()), (vec!["ovens".into(), "tills".into()], "{id}"));
    }

    #[test]
    fn folders_with_other_names_get_ids_from_titles() {
        let (ids, pattern) = plan(&[("Lesson One", None), ("lesson-two", None)]);
        assert_eq!(
            (ids, pattern.as_str()),
            (vec!["lesson-one".into(), "lesson-two".into()], "scenario-{number:02}-{id}")
        );
        let (ids, pattern) = plan(&[("week3", Some(3)), ("week4", Some(4))]);
        assert_eq!((ids, pattern.as_str()), (vec!["week3".into(), "week4".into()], "week{number}"));
    }
}
