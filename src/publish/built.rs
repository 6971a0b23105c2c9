//! What a build has for the repository: the files of the monorepo, and which scenario lies where.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::PublishError;
use super::manifest::MANIFEST;
use crate::emit::monorepo::ROOT;
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Course;

/// The place of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub id: String,
    /// Ids that it had before.
    pub was: Vec<String>,
    pub title: String,
    pub folder: String,
}

/// What is to be in the repository.
#[derive(Clone, Debug, Default)]
pub struct Built {
    files: BTreeMap<Utf8PathBuf, OutputFile>,
    homes: Vec<Home>,
}

impl Built {
    /// The monorepo's part of an output tree. Scenarios without a file in it have no home.
    ///
    /// # Errors
    /// [`PublishError::ReservedPath`] when a file has a path that belongs to git or to the manifest.
    pub fn of_tree(course: &Course, tree: &OutputTree) -> Result<Self, PublishError> {
        let files = tree.below(ROOT).filter_map(|(path, file)| {
            let path = path.strip_prefix(ROOT).ok()?;
            Some((path.to_owned(), file.clone()))
        });
        let homes = course.scenarios.iter().map(|scenario| Home {
            id: scenario.id.clone(),
            was: scenario.was.clone(),
            title: scenario.title.clone(),
            folder: scenario.folder.clone(),
        });
        Self::new(files, homes)
    }

    /// Files by path relative to the repository, with the homes of scenarios.
    ///
    /// # Errors
    /// As [`Built::of_tree`].
    pub fn new(
        files: impl IntoIterator<Item = (Utf8PathBuf, OutputFile)>,
        homes: impl IntoIterator<Item = Home>,
    ) -> Result<Self, PublishError> {
        let files: BTreeMap<Utf8PathBuf, OutputFile> = files.into_iter().collect();
        if let Some(reserved) = files.keys().find(|path| is_reserved(path)) {
            return Err(PublishError::ReservedPath(reserved.clone()));
        }
        let mut built = Self { files, homes: Vec::new() };
        built.homes = homes.into_iter().filter(|home| built.has_below(&home.folder)).collect();
        Ok(built)
    }

    /// The file with this path.
    #[must_use]
    pub fn get(&self, path: &Utf8Path) -> Option<&OutputFile> {
        self.files.get(path)
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &OutputFile)> {
        self.files.iter().map(|(path, file)| (path.as_path(), file))
    }

    /// The scenarios that have files.
    #[must_use]
    pub fn homes(&self) -> &[Home] {
        &self.homes
    }

    /// Whether a file lies below a folder.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let mut from = self.files.range(Utf8PathBuf::from(&prefix)..);
        from.next().is_some_and(|(path, _)| path.as_str().starts_with(&prefix))
    }

    /// Adds a file that no build made.
    pub(super) fn add(&mut self, path: Utf8PathBuf, file: OutputFile) {
        self.files.insert(path, file);
    }
}

/// Whether git or we keep something else under this path.
pub(super) fn is_reserved(path: &Utf8Path) -> bool {
    path.as_str().eq_ignore_ascii_case(MANIFEST)
        || path.components().any(|part| part.as_str().eq_ignore_ascii_case(".git"))
}
