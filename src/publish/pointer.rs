//! Scenarios that have moved. Learners have forks, links and open Codespaces with the old folder in
//! them, so a README stays there that says where the scenario is now.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::built::{Built, Home, is_reserved};
use super::manifest::Published;
use crate::emit::print::gfm::{encode_path, escape_text};
use crate::emit::tree::{OutputFile, fold, is_output_path};

/// A scenario whose folder is another one than when it was published last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub id: String,
    pub from: String,
    pub to: String,
}

/// What is known of the folders that scenarios have left.
pub(super) struct Pointers {
    /// Folder → id of the scenario that was there.
    pub folders: BTreeMap<String, String>,
    /// Those that leave theirs with this publish.
    pub moved: Vec<Moved>,
}

/// Adds a pointer to what was built for each folder that a scenario has left and no other has taken.
/// All of them name the folder where the scenario is now, never another pointer.
pub(super) fn add_pointers(built: &mut Built, before: &Published) -> Pointers {
    let mut found = Pointers { folders: BTreeMap::new(), moved: Vec::new() };
    let mut texts = Vec::new();
    for (id, from) in &before.scenarios {
        let Some(home) = home_of(built, id).filter(|home| home.folder != *from) else { continue };
        found.moved.push(Moved { id: home.id.clone(), from: from.clone(), to: home.folder.clone() });
    }
    let left = before.scenarios.iter().map(|(id, folder)| (folder, id));
    for (folder, id) in before.pointers.iter().chain(left) {
        let Some(home) = home_of(built, id).filter(|home| home.folder != *folder) else { continue };
        if !is_taken(built, folder) && is_folder_name(folder) {
            found.folders.insert(folder.clone(), home.id.clone());
            texts.push((Utf8Path::new(folder).join("README.md"), print_pointer(home)));
        }
    }
    for (path, text) in texts {
        let content = text.into_bytes().into();
        built.add(path, OutputFile { content, executable: false, origin: None });
    }
    found
}

fn home_of<'b>(built: &'b Built, id: &str) -> Option<&'b Home> {
    let homes = built.homes();
    homes
        .iter()
        .find(|home| home.id == id)
        .or_else(|| homes.iter().find(|home| home.was.iter().any(|was| was == id)))
}

/// Also by one that a disk without case takes for the same.
fn is_taken(built: &Built, folder: &str) -> bool {
    let is_same = |home: &Home| fold(&home.folder) == fold(folder);
    built.has_below(folder) || built.homes().iter().any(is_same)
}

/// The record lies where anybody can edit it.
fn is_folder_name(folder: &str) -> bool {
    let path = Utf8Path::new(folder);
    is_output_path(path) && !is_reserved(path) && path.components().count() == 1
}

fn print_pointer(home: &Home) -> String {
    let Home { title, folder, .. } = home;
    format!(
        "# This scenario has moved\n\n**{}** is in [{folder}](../{}/README.md) now.\n",
        escape_text(title),
        encode_path(folder)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(homes: &[(&str, &str, &[&str])]) -> Built {
        let file = OutputFile { content: b"x".as_slice().into(), executable: false, origin: None };
        let files =
            homes.iter().map(|(_, folder, _)| (Utf8Path::new(folder).join("README.md"), file.clone()));
        let homes = homes.iter().map(|(id, folder, was)| Home {
            id: (*id).to_owned(),
            was: was.iter().map(|id| (*id).to_owned()).collect(),
            title: format!("Title of {id}"),
            folder: (*folder).to_owned(),
        });
        Built::new(files, homes).expect("plain paths")
    }

    fn before(scenarios: &[(&str, &str)], pointers: &[(&str, &str)]) -> Published {
        let map =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Published { files: BTreeMap::new(), scenarios: map(scenarios), pointers: map(pointers) }
    }

    fn pointers(built: &mut Built, before: &Published) -> Vec<(String, String)> {
        add_pointers(built, before).folders.into_iter().collect()
    }

    #[test]
    fn a_moved_scenario_leaves_a_pointer_to_its_folder() {
        let mut built = built(&[("a", "s2-a", &[]), ("b", "s3-b", &[])]);
        let found = add_pointers(&mut built, &before(&[("a", "s1-a"), ("b", "s3-b")], &[]));
        assert_eq!(found.folders, [("s1-a".to_owned(), "a".to_owned())].into());
        assert_eq!(found.moved, [Moved { id: "a".into(), from: "s1-a".into(), to: "s2-a".into() }]);
        let text =
            built.get("s1-a/README.md".into()).map(|file| file.bytes().into_owned()).expect("a pointer");
        let expected = "# This scenario has moved\n\n**Title of a** is in [s2-a](../s2-a/README.md) now.\n";
        assert_eq!(String::from_utf8(text).as_deref(), Ok(expected));
    }

    #[test]
    fn pointers_name_the_present_folder_and_never_each_other() {
        let old = before(&[("a", "s2-a")], &[("s1-a", "a"), ("s0-gone", "gone")]);
        let mut moved = built(&[("a", "s3-a", &[])]);
        assert_eq!(pointers(&mut moved, &old), [("s1-a".into(), "a".into()), ("s2-a".into(), "a".into())]);
        for folder in ["s1-a", "s2-a"] {
            let file = moved.get(&Utf8Path::new(folder).join("README.md")).expect("a pointer");
            assert!(String::from_utf8_lossy(&file.bytes()).contains("../s3-a/"));
        }
        let mut back = built(&[("a", "s1-a", &[])]);
        assert_eq!(pointers(&mut back, &old), [("s2-a".into(), "a".into())]);
    }

    #[test]
    fn a_scenario_that_takes_the_folder_takes_the_pointer_away() {
        let old = before(&[("a", "s2"), ("b", "s3")], &[("s1", "a")]);
        let mut built = built(&[("a", "s3", &[]), ("b", "s1", &[])]);
        assert_eq!(pointers(&mut built, &old), [("s2".into(), "a".into())]);
    }

    #[test]
    fn a_scenario_with_another_id_is_found_by_what_it_was() {
        let mut built = built(&[("new", "s2-new", &["old"])]);
        assert_eq!(
            pointers(&mut built, &before(&[("old", "s1-old")], &[])),
            [("s1-old".into(), "new".into())]
        );
    }

    #[test]
    fn a_record_with_odd_folders_places_nothing_there() {
        let mut built = built(&[("a", "s2", &[])]);
        let old = before(&[("a", "../x")], &[(".git", "a"), ("a/b", "a"), ("", "a")]);
        assert_eq!(pointers(&mut built, &old), []);
    }
}
