//! Which part of a course a run of rules looks at: all of it, or one scenario whose page was edited.

use super::registry::Checked;
use crate::model::Scenario;
use crate::source::{FileEntry, FileId, Origin};

/// What a run looks at. What it looks things up in is always the whole course.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    Whole,
    /// The scenario with this index: its page, its folder, what is emitted of it.
    Scenario(usize),
}

impl Scope {
    /// Whether a scenario is part of it.
    #[must_use]
    pub fn has(self, scenario: usize) -> bool {
        match self {
            Self::Whole => true,
            Self::Scenario(index) => index == scenario,
        }
    }
}

impl<'a> Checked<'a> {
    /// The scenarios to look at, with their indices.
    pub fn scenarios(&self) -> impl Iterator<Item = (usize, &'a Scenario)> + use<'a> {
        let scope = self.scope;
        self.course.scenarios.iter().enumerate().filter(move |(index, _)| scope.has(*index))
    }

    /// The project's own files to look at, in path order.
    #[must_use]
    pub fn sources(&self) -> Vec<(FileId, &'a FileEntry)> {
        self.all_sources_in(self.scope)
    }

    /// The manifests or the pictures among them, by their ending.
    pub fn sources_with<'e>(&self, ending: &'e str) -> impl Iterator<Item = FileId> + use<'a, 'e> {
        self.sources_in(self.scope, ending)
    }

    /// The same of another part of the course.
    pub fn sources_in<'e>(
        &self,
        scope: Scope,
        ending: &'e str,
    ) -> impl Iterator<Item = FileId> + use<'a, 'e> {
        let own = self.all_sources_in(scope).into_iter();
        let own = own.filter(|(_, entry)| entry.path.starts_with("content"));
        own.filter(move |(_, entry)| entry.path.extension() == Some(ending)).map(|(file, _)| file)
    }

    fn all_sources_in(&self, scope: Scope) -> Vec<(FileId, &'a FileEntry)> {
        let files = self.files;
        let is_own = |(_, entry): &(FileId, &FileEntry)| entry.origin == Origin::Project;
        match scope {
            Scope::Whole => files.iter().filter(is_own).collect(),
            Scope::Scenario(index) => {
                let Some(written) = &self.course.scenarios[index].written else { return Vec::new() };
                let below = files.below(&written.source).map(|(file, _)| (file, files.entry(file)));
                below.filter(is_own).collect()
            }
        }
    }
}
