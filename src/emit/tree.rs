//! The files a build makes, before anything of the output is touched. Holds the rules for their paths;
//! what is on disk and how it gets there is the business of `write`.

use std::borrow::Cow;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use super::content::{Content, Keeper, Stored};
use crate::source::{PathMap, Span};

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    pub content: Content,
    pub executable: bool,
    /// What an author can edit to change this file; `None` when nothing in the project does.
    pub origin: Option<Span>,
}

impl OutputFile {
    /// What is in it.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        self.content.read()
    }

    /// Its content, if that is stored and what holds it can become the file itself. One that can be run is a copy.
    #[must_use]
    pub fn movable(&self) -> Option<&dyn Stored> {
        match &self.content {
            Content::Stored(stored, _) if !self.executable => Some(stored.as_ref()),
            _ => None,
        }
    }
}

/// What has to be put into a tree, and taken out of it, to make another state of it.
#[derive(Clone, Debug, Default)]
pub struct TreeChanges(Vec<(Utf8PathBuf, Option<Arc<OutputFile>>)>);

impl TreeChanges {
    /// Takes out what a tree has below a folder, before everything else.
    #[must_use]
    pub fn without(mut self, tree: &OutputTree, folder: &str) -> Self {
        let gone: Vec<_> = tree.below(folder).map(|(path, _)| (path.to_owned(), None)).collect();
        self.0.splice(0..0, gone);
        self
    }

    /// Adds later changes.
    pub fn extend(&mut self, later: Self) {
        self.0.extend(later.0);
    }
}

/// Why a file was not taken into the tree.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InsertError {
    /// The path is taken: by the same path, by one that differs only in case, or because one of
    /// the two would have to be a file and a folder at once.
    #[error("the output path is already taken by `{existing}`")]
    Collision {
        existing: Utf8PathBuf,
        /// The origin of the file that was there first.
        origin: Option<Span>,
    },
    /// See [`is_output_path`].
    #[error("not a path that an output file can have")]
    BadPath,
}

/// All files of a build by path, in path order. A path is never written twice, also not on a disk
/// that ignores case: learners clone the result on macOS and Windows.
#[derive(Clone, Debug, Default)]
pub struct OutputTree {
    /// Shared by copies of the tree.
    files: PathMap<Arc<OutputFile>>,
    /// The path without regard to case → the path as written.
    by_folded: FxHashMap<String, Utf8PathBuf>,
    /// The folders that files lie in, and those above them, without regard to case; `None` until somebody asks
    /// after files were taken out.
    folders: Option<FxHashSet<String>>,
    keeper: Keeper,
}

impl OutputTree {
    /// A tree whose contents go to a keeper.
    #[must_use]
    pub fn kept_by(keeper: Keeper) -> Self {
        Self { keeper, ..Self::default() }
    }

    /// Who takes the contents of files before they are inserted.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        self.keeper.clone()
    }

    /// Adds a file. `origin` is what an author can edit to change it.
    ///
    /// # Errors
    /// [`InsertError`] when the path is taken or not one that a file can have; the tree stays as
    /// it was.
    pub fn insert(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        bytes: impl Into<Vec<u8>>,
        origin: Option<Span>,
    ) -> Result<(), InsertError> {
        self.insert_file(path.into(), OutputFile { content: bytes.into().into(), executable: false, origin })
    }

    /// Adds a file that can be run, such as a shell script.
    ///
    /// # Errors
    /// As [`OutputTree::insert`].
    pub fn insert_executable(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        bytes: impl Into<Vec<u8>>,
        origin: Option<Span>,
    ) -> Result<(), InsertError> {
        self.insert_file(path.into(), OutputFile { content: bytes.into().into(), executable: true, origin })
    }

    /// Adds a file that was made elsewhere.
    ///
    /// # Errors
    /// As [`OutputTree::insert`].
    pub fn insert_file(&mut self, path: Utf8PathBuf, file: OutputFile) -> Result<(), InsertError> {
        if !is_output_path(&path) {
            return Err(InsertError::BadPath);
        }
        let folded = fold(path.as_str());
        self.folders.get_or_insert_with(|| {
            let mut folders = FxHashSet::default();
            self.by_folded.keys().for_each(|file| add_folders_of(file, &mut folders));
            folders
        });
        if let Some(existing) = self.taken_by(&folded) {
            let origin = self.get(existing).and_then(|file| file.origin);
            return Err(InsertError::Collision { existing: existing.to_owned(), origin });
        }
        if let Some(folders) = &mut self.folders {
            add_folders_of(&folded, folders);
        }
        self.by_folded.insert(folded, path.clone());
        self.files.insert(path, Arc::new(file));
        Ok(())
    }

    /// Takes in all files of another tree, whose paths must be other ones.
    pub fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.by_folded.extend(other.by_folded);
        self.folders = self.folders.take().zip(other.folders).map(|(mut folders, others)| {
            folders.extend(others);
            folders
        });
    }

    /// Brings in what differs from another state of the same outputs.
    pub fn apply(&mut self, changes: &TreeChanges) {
        self.folders = None;
        for (path, file) in &changes.0 {
            let folded = fold(path.as_str());
            if let Some(file) = file {
                self.by_folded.insert(folded, path.clone());
                self.files.insert(path.clone(), Arc::clone(file));
            } else {
                self.by_folded.remove(&folded);
                self.files.remove(path);
            }
        }
    }

    /// The changes that make the files of another tree the ones of this.
    #[must_use]
    pub fn changes_by(&self, part: &Self) -> TreeChanges {
        let differs = |(path, file): &(&Utf8Path, &Arc<OutputFile>)| self.files.get(path) != Some(*file);
        let changed = part.files.iter().filter(differs);
        TreeChanges(changed.map(|(path, file)| (path.to_owned(), Some(Arc::clone(file)))).collect())
    }

    /// The file with this path.
    #[must_use]
    pub fn get(&self, path: impl AsRef<Utf8Path>) -> Option<&OutputFile> {
        self.files.get(path.as_ref()).map(Arc::as_ref)
    }

    /// The files below a folder, in path order.
    pub fn below<'t>(
        &'t self,
        folder: &str,
    ) -> impl Iterator<Item = (&'t Utf8Path, &'t OutputFile)> + use<'t> {
        self.files.below(folder.into()).map(|(path, file)| (path, file.as_ref()))
    }

    /// The text of a file; `None` when there is no such file or it is not UTF-8.
    #[must_use]
    pub fn text(&self, path: impl AsRef<Utf8Path>) -> Option<Cow<'_, str>> {
        match self.get(path)?.content.read() {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        }
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &OutputFile)> {
        self.files.iter().map(|(path, file)| (path, file.as_ref()))
    }

    /// The path in this tree that equals `path` without regard to case.
    #[must_use]
    pub fn find_ignoring_case(&self, path: &Utf8Path) -> Option<&Utf8Path> {
        self.by_folded.get(&fold(path.as_str())).map(Utf8PathBuf::as_path)
    }

    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file that keeps a new one with this folded path from being inserted.
    fn taken_by(&self, folded: &str) -> Option<&Utf8Path> {
        let is_folder = |path: &str| self.folders.as_ref().is_some_and(|folders| folders.contains(path));
        let as_file = || self.by_folded.get(folded);
        let as_folder = || {
            let is_below = |path: &str| path.strip_prefix(folded).is_some_and(|rest| rest.starts_with('/'));
            let below = is_folder(folded).then(|| self.by_folded.iter().filter(|(path, _)| is_below(path)));
            below.into_iter().flatten().min().map(|(_, file)| file)
        };
        // Where a folder is known, none of those above it is a file.
        let is_known = is_folder(folder_of(folded));
        let above = || {
            let mut folders = folded.match_indices('/').filter(|_| !is_known);
            folders.find_map(|(at, _)| self.by_folded.get(&folded[..at]))
        };
        as_file().or_else(as_folder).or_else(above).map(Utf8PathBuf::as_path)
    }
}

/// Adds the folder that a path is in, and those above it. Where one is known, those above it are.
fn add_folders_of(path: &str, folders: &mut FxHashSet<String>) {
    for folder in folders_above(path) {
        if folders.contains(folder) {
            break;
        }
        folders.insert(folder.to_owned());
    }
}

/// The folders that a path is in, the nearest first.
pub(crate) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(folder_of(path)))
        .skip(1)
        .take_while(|path| !path.is_empty())
}

/// The folder that a path is in; empty for one that is in none.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file of the output can have this path: relative, parts divided by single `/`, none of
/// them empty, `.` or `..`. A backslash or a colon would name another folder or drive on Windows,
/// and a control character breaks tools that read lists of paths, so none of these may occur.
#[must_use]
pub fn is_output_path(path: &Utf8Path) -> bool {
    let plain = |part: &[u8]| !matches!(part, b"" | b"." | b"..");
    let odd = |byte: &u8| matches!(byte, b'\\' | b':') || byte.is_ascii_control();
    let bytes = path.as_str().as_bytes();
    let is_odd = bytes.iter().any(odd) || (!bytes.is_ascii() && path.as_str().contains(char::is_control));
    !is_odd && bytes.split(|byte| *byte == b'/').all(plain)
}

/// Maps spellings that a disk without case takes for the same name onto one. Each character goes
/// through its upper case, so that those with two lower-case forms (`σ` and `ς`) meet, and is
/// mapped alone, because the lower case of a whole word depends on its neighbours.
pub(crate) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn tree(paths: &[&str]) -> OutputTree {
        let mut tree = OutputTree::default();
        for path in paths {
            tree.insert(*path, *path, None).expect("a free path");
        }
        tree
    }

    fn existing(result: Result<(), InsertError>) -> Utf8PathBuf {
        match result {
            Err(InsertError::Collision { existing, .. }) => existing,
            other => panic!("expected a collision, got {other:?}"),
        }
    }

    #[test]
    fn paths_that_leave_the_tree_or_are_written_oddly_are_refused() {
        let bad = [
            "", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/./b", "a/../b", "../a", "a\\b", "C:a", "a\nb",
            "a\0",
        ];
        for path in bad {
            let mut tree = OutputTree::default();
            assert_eq!(tree.insert(path, "", None), Err(InsertError::BadPath), "{path:?}");
            assert!(tree.is_empty());
        }
        assert_eq!(tree(&["a", "b/.c", "b/..d", "b/e f", "größe/ü.md"]).len(), 5);
    }

    #[test]
    fn a_taken_path_keeps_its_file_and_names_its_origin() {
        let mut files = Files::default();
        let origin = Span::file_start(files.add_text("content/course.yml", ""));
        let mut tree = OutputTree::default();
        tree.insert("a/b.md", "first", Some(origin)).expect("a free path");
        let second = tree.insert("a/b.md", "second", None);
        assert_eq!(second, Err(InsertError::Collision { existing: "a/b.md".into(), origin: Some(origin) }));
        assert_eq!(tree.text("a/b.md").as_deref(), Some("first"));
    }

    #[test]
    fn case_does_not_tell_paths_apart() {
        let mut tree = tree(&["Docs/README.md", "docs/GRÖSSE.md", "σίσυφος"]);
        assert_eq!(existing(tree.insert("docs/readme.MD", "", None)), "Docs/README.md");
        assert_eq!(existing(tree.insert("docs/größe.md", "", None)), "docs/GRÖSSE.md");
        assert_eq!(existing(tree.insert("ΣΊΣΥΦΟΣ", "", None)), "σίσυφος");
        assert_eq!(tree.find_ignoring_case("DOCS/readme.md".into()), Some("Docs/README.md".into()));
    }

    #[test]
    fn folders_are_known_after_files_were_taken_out() {
        let mut tree = tree(&["a/b/c", "a/b/d", "e"]);
        let gone = TreeChanges(vec![("a/b/c".into(), None), ("e".into(), None)]);
        tree.apply(&gone);
        assert_eq!(existing(tree.insert("A/B", "", None)), "a/b/d");
        tree.insert("e/f", "", None).expect("a free path");
        tree.apply(&TreeChanges(vec![("a/b/d".into(), None)]));
        tree.insert("a/b", "", None).expect("a free path");
        let mut other = OutputTree::default();
        other.insert("g/h", "", None).expect("a free path");
        tree.append(other);
        assert_eq!(existing(tree.insert("g", "", None)), "g/h");
        assert_eq!(existing(tree.insert("a/b/c", "", None)), "a/b");
    }

    #[test]
    fn a_file_cannot_be_a_folder_too() {
        let mut tree = tree(&["a/b/c", "a-b"]);
        assert_eq!(existing(tree.insert("A/b", "", None)), "a/b/c");
        assert_eq!(existing(tree.insert("a", "", None)), "a/b/c");
        assert_eq!(existing(tree.insert("a/B/c/d/e", "", None)), "a/b/c");
        tree.insert("a/b.c", "", None).expect("a neighbour, not a folder");
    }

    #[test]
    fn text_is_given_for_utf8_only() {
        let mut tree = tree(&["a"]);
        tree.insert_executable("b", vec![0xFF], None).expect("a free path");
        assert_eq!(tree.text("a").as_deref(), Some("a"));
        assert_eq!((tree.text("b"), tree.text("c")), (None, None));
        assert!(tree.get("b").is_some_and(|file| file.executable));
    }
}
