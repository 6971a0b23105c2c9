//! What differs, and of what kind it is.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};

use super::{files, page};
use crate::adopt::{Conversion, Repository};
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Course;
use crate::source::Span;

/// A difference between the repository and what is built.
#[derive(Clone, Debug)]
pub struct Difference {
    pub kind: DifferenceKind,
    /// Where it stands in the repository.
    pub span: Span,
    /// What is there no longer.
    pub what: String,
}

/// Of what kind a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Numbers that come from the order now, and the words that belong to them.
    Renumbered,
    /// Words that a build makes by itself, in its own form.
    Generated,
    /// It stands somewhere else: answers in ANSWERS.md, pictures in `assets/`.
    Moved,
    /// Nobody can read it any more.
    Lost,
}

impl DifferenceKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Renumbered, Self::Generated, Self::Moved, Self::Lost];

    /// In a phrase.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Renumbered => "renumbered",
            Self::Generated => "made by the build",
            Self::Moved => "moved",
            Self::Lost => "lost",
        }
    }
}

/// Compares a repository with what was built from its conversion.
#[must_use]
pub fn verify(
    repository: &Repository,
    conversion: &Conversion,
    course: &Course,
    built: &OutputTree,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for (index, folder) in repository.folders.iter().enumerate() {
        let id = conversion.ids.get(index).map_or("", String::as_str);
        let scenario = course.scenarios.iter().find(|scenario| scenario.id == id);
        let target = scenario.map(|scenario| Utf8Path::new("dist/monorepo").join(&scenario.folder));
        let built = Built { tree: built, folder: target.unwrap_or_default() };
        page::compare_pages(repository, folder, &built, &mut found);
        files::compare_folders(repository, folder, &built, &mut found);
    }
    found.sort_by_key(|difference| (difference.span.file, difference.span.start));
    found
}

/// A scenario's folder as it was built.
pub(super) struct Built<'a> {
    tree: &'a OutputTree,
    folder: Utf8PathBuf,
}

impl Built<'_> {
    pub(super) fn bytes(&self, inside: impl AsRef<Utf8Path>) -> Option<Cow<'_, [u8]>> {
        self.tree.get(self.folder.join(inside.as_ref())).map(OutputFile::bytes)
    }

    pub(super) fn text(&self, inside: &str) -> Cow<'_, str> {
        self.tree.text(self.folder.join(inside)).unwrap_or_default()
    }

    /// The files below a folder of it.
    pub(super) fn below(&self, inside: &str) -> impl Iterator<Item = Cow<'_, [u8]>> {
        let folder = self.folder.join(inside);
        self.tree.iter().filter(move |(path, _)| path.starts_with(&folder)).map(|(_, file)| file.bytes())
    }
}
