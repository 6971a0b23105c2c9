//! What scenarist.yml says of the curriculum. It wins where it and the README speak of the same, and where the
//! README says nothing it is the curriculum.

use camino::Utf8Path;

use crate::adopt::{Curriculum, Entry, Folder, Group, SettingsFile};
use crate::diag::Sink;
use crate::manifest::repository::{self, Settings};
use crate::source::{FileId, Files, Span, Spanned};
use crate::syntax::yaml::{Decode, parse_yaml};

/// The name of the group of scenarios that no tier parts.
const UNNAMED: &str = "Scenarios";

/// The settings of a repository, with what is wrong in them.
pub(super) fn read_settings(files: &Files, file: FileId) -> SettingsFile {
    let sink = Sink::default();
    let said = parse_yaml(files, file, &sink).and_then(|node| Settings::decode(&node, &sink));
    SettingsFile { file, said, faults: sink.into_found() }
}

/// Brings order, tiers and concepts that are stated into a curriculum.
pub(super) fn state_curriculum(settings: &Settings, folders: &[Folder], curriculum: &mut Curriculum) {
    if !settings.order.is_empty() || settings.scenarios.iter().any(|stated| stated.tier.is_some()) {
        add_missing(settings, folders, curriculum);
    }
    for entry in curriculum.groups.iter_mut().flat_map(|group| &mut group.entries) {
        let Some(stated) = entry.folder.and_then(|folder| stated_of(settings, &folders[folder].path)) else {
            continue;
        };
        let add = |names: &mut Vec<Spanned<String>>, more: &[Spanned<String>]| {
            let new = more.iter().filter(|name| names.iter().all(|known| known.value != name.value));
            let new: Vec<_> = new.cloned().collect();
            names.extend(new);
        };
        add(&mut entry.concepts, &stated.introduces);
        add(&mut entry.builds_on, &stated.uses);
    }
    let groups = std::mem::take(&mut curriculum.groups);
    curriculum.groups = groups.into_iter().flat_map(|group| parted(settings, folders, group)).collect();
    for group in &mut curriculum.groups {
        put_in_order(settings, folders, &mut group.entries);
    }
}

fn stated_of<'s>(settings: &'s Settings, folder: &Utf8Path) -> Option<&'s repository::Folder> {
    settings.scenarios.iter().find(|stated| stated.folder.path == folder)
}

/// Where a folder is mentioned, and how early.
fn rank(settings: &Settings, folder: &Utf8Path) -> Option<usize> {
    settings.order.iter().position(|stated| stated.path == folder)
}

/// Scenarios that are stated, and that the README does not list, come in a group behind its own.
fn add_missing(settings: &Settings, folders: &[Folder], curriculum: &mut Curriculum) {
    let listed = |index: usize| {
        curriculum.groups.iter().flat_map(|group| &group.entries).any(|entry| entry.folder == Some(index))
    };
    let is_empty = curriculum.groups.is_empty();
    let mut missing: Vec<(usize, Span)> = Vec::new();
    for (index, folder) in folders.iter().enumerate().filter(|(index, _)| !listed(*index)) {
        let in_order = settings.order.iter().find(|stated| stated.path == folder.path);
        let place = in_order.map(|stated| stated.span);
        let place = place.or_else(|| stated_of(settings, &folder.path).map(|stated| stated.folder.span));
        // Without any curriculum, this is the one of all scenarios.
        let anywhere = is_empty.then(|| settings.order.first().map(|stated| stated.span)).flatten();
        missing.extend(place.or(anywhere).map(|place| (index, place)));
    }
    let Some((_, first)) = missing.first() else { return };
    let name = Spanned::new(UNNAMED.to_owned(), *first);
    let number = |index: usize| folders[index].number.unwrap_or(u32::MAX);
    missing.sort_by_key(|(index, _)| (number(*index), folders[*index].path.clone()));
    let entries = missing.iter().map(|(index, place)| entry_of(&folders[*index], *index, *place)).collect();
    curriculum.groups.push(Group { name, part_of: None, tier: None, goal: None, entries });
}

fn entry_of(folder: &Folder, index: usize, place: Span) -> Entry {
    let page = folder.page.as_ref();
    let title = page
        .and_then(|page| page.title.clone())
        .unwrap_or_else(|| Spanned::new(folder.name_in_words(), place));
    Entry {
        span: place,
        number: None,
        title,
        folder: Some(index),
        link: None,
        status: None,
        summary: None,
        app: None,
        concepts: Vec::new(),
        builds_on: Vec::new(),
        minutes: None,
        other: Vec::new(),
    }
}

/// A group without a tier, taken apart where the tiers of its scenarios are stated.
fn parted(settings: &Settings, folders: &[Folder], mut group: Group) -> Vec<Group> {
    put_in_order(settings, folders, &mut group.entries);
    let tier_of = |entry: &Entry| {
        let stated = stated_of(settings, &folders[entry.folder?].path)?;
        stated.tier.clone()
    };
    if group.tier.is_some() || !group.entries.iter().any(|entry| tier_of(entry).is_some()) {
        return vec![group];
    }
    let Group { name, part_of, goal, entries, .. } = group;
    let mut parts: Vec<Group> = Vec::new();
    for entry in entries {
        let tier = tier_of(&entry);
        let goes_on = |last: &Group| tier.is_none() || tier == last.tier;
        match parts.last_mut().filter(|last| goes_on(last)) {
            Some(last) => last.entries.push(entry),
            None => {
                let is_named = name.value != UNNAMED && parts.is_empty();
                let name = tier.clone().filter(|_| !is_named).unwrap_or_else(|| name.clone());
                let goal = goal.filter(|_| parts.is_empty());
                parts.push(Group { name, part_of: part_of.clone(), tier, goal, entries: vec![entry] });
            }
        }
    }
    parts
}

/// The scenarios of a group that are in the order take their places among themselves; all others keep theirs.
fn put_in_order(settings: &Settings, folders: &[Folder], entries: &mut Vec<Entry>) {
    let rank_of = |entry: &Entry| entry.folder.and_then(|folder| rank(settings, &folders[folder].path));
    let places: Vec<usize> = (0..entries.len()).filter(|at| rank_of(&entries[*at]).is_some()).collect();
    let mut all: Vec<Option<Entry>> = entries.drain(..).map(Some).collect();
    let mut ranked: Vec<Entry> = places.iter().filter_map(|at| all[*at].take()).collect();
    ranked.sort_by_key(|entry| rank_of(entry));
    for (at, entry) in places.into_iter().zip(ranked) {
        all[at] = Some(entry);
    }
    entries.extend(all.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adopt::{Repository, read_repository};

    fn repository(readme: &str, settings: &str) -> Repository {
        let mut files = Files::default();
        for name in ["01-a", "02-b", "03-c"] {
            files.add_text(format!("{name}/SCENARIO.md"), &format!("# Title of {name}\n\n**Q1:** Why?\n"));
        }
        files.add_text("README.md", readme);
        files.add_text("scenarist.yml", settings);
        read_repository(files)
    }

    /// Each group with its tier, and the folders in it.
    fn outline(repository: &Repository) -> Vec<String> {
        let group = |group: &Group| {
            let tier = group.tier.as_ref().map_or("-", |tier| tier.value.as_str());
            let folders = group.entries.iter().filter_map(|entry| entry.folder);
            let folders = folders.map(|index| repository.folders[index].path.as_str()).collect::<Vec<_>>();
            format!("{} ({tier}): {}", group.name.value, folders.join(" "))
        };
        repository.curriculum.groups.iter().map(group).collect()
    }

    const README: &str = "# Course\n\n## Scenarios\n\n| # | Scenario |\n|---|---|\n| 1 | [A](01-a/SCENARIO.md) |\n\
                          | 2 | [B](02-b/SCENARIO.md) |\n| 3 | [C](03-c/SCENARIO.md) |\n";

    #[test]
    fn an_order_is_the_curriculum_where_there_is_no_other() {
        let made = repository("# Course\n", "order: [02-b, 01-a]\n");
        assert_eq!(outline(&made), ["Scenarios (-): 02-b 01-a 03-c"]);
        let folders: Vec<&str> = made.folders.iter().map(|folder| folder.path.as_str()).collect();
        assert_eq!(folders, ["02-b", "01-a", "03-c"]);
    }

    #[test]
    fn an_order_wins_over_the_readme() {
        let made = repository(README, "order: [03-c, 01-a]\n");
        assert_eq!(outline(&made).len(), 1);
        assert!(outline(&made)[0].ends_with(": 03-c 02-b 01-a"), "{:?}", outline(&made));
    }

    #[test]
    fn tiers_part_a_group_and_concepts_join_what_the_readme_says() {
        let made = repository(
            "# Course\n",
            "scenarios:\n  - {folder: 01-a, tier: Crawling, introduces: [index]}\n  - {folder: 02-b, tier: \
             Walking, uses: [index]}\n  - {folder: 03-c, tier: Walking}\n",
        );
        assert_eq!(outline(&made), ["Crawling (Crawling): 01-a", "Walking (Walking): 02-b 03-c"]);
        let entries: Vec<&Entry> = made.curriculum.groups.iter().flat_map(|group| &group.entries).collect();
        assert_eq!(entries[0].concepts[0].value, "index");
        assert_eq!(entries[1].builds_on[0].value, "index");
    }

    #[test]
    fn settings_that_cannot_be_read_change_nothing() {
        assert!(outline(&repository("# Course\n", "order: {\n")).is_empty());
        assert!(outline(&repository("# Course\n", "order: [nowhere]\n")).len() <= 1);
    }
}
