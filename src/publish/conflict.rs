//! What only a person can decide: files that are in the checkout otherwise than they were published.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};
use schemars::JsonSchema;
use serde::Serialize;

use super::error::PublishError;
use super::plan::Plan;
use crate::syntax::yaml::closest;

/// Why a file is not simply written or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// It was changed after it was published; the sources have not changed since.
    Edited,
    /// It was changed after it was published, and so were the sources.
    BothChanged,
    /// It was changed after it was published, and is no longer built.
    EditedAndGone,
    /// It was removed after it was published.
    Removed,
    /// It was there before us.
    Foreign,
    /// A symbolic link is there.
    Link,
    /// A pipe, a socket or a device is there.
    Odd,
}

/// A file to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub path: Utf8PathBuf,
    pub cause: Cause,
    /// What lies there, if it is a file.
    pub theirs: Option<Vec<u8>>,
    /// What would be written there, if anything.
    pub ours: Option<Vec<u8>>,
    /// Whether theirs and ours can be run.
    pub executable: (bool, bool),
}

impl Conflict {
    /// Whether there is an edit that the sources could take.
    #[must_use]
    pub fn has_edit(&self) -> bool {
        self.theirs.is_some() && self.ours.is_some()
    }
}

/// Something that stands where a folder or a file has to be, and that publishing moves away in no
/// case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A link or a file where a folder has to be.
    NoFolder { path: Utf8PathBuf, is_link: bool },
    /// A folder with something of others in it, where a file has to be.
    Folder { path: Utf8PathBuf, foreign: Utf8PathBuf },
}

impl Obstacle {
    /// What has to be moved away.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        match self {
            Self::NoFolder { path, .. } | Self::Folder { path, .. } => path,
        }
    }
}

/// How a person decides about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The repository's version stays.
    Keep,
    /// What is built replaces it.
    Overwrite,
    /// The edit goes into the sources.
    Take,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keep => "keep",
            Self::Overwrite => "overwrite",
            Self::Take => "take",
        })
    }
}

/// What was decided, file by file.
#[derive(Clone, Debug, Default)]
pub struct Words {
    by_path: BTreeMap<Utf8PathBuf, Word>,
    /// Files about which a word may be said although nothing has to be decided.
    settled: BTreeSet<Utf8PathBuf>,
}

impl Words {
    /// Notes a decision.
    ///
    /// # Errors
    /// [`PublishError::TwoWords`] when another one was made about the same file.
    pub fn say(&mut self, path: Utf8PathBuf, word: Word) -> Result<(), PublishError> {
        match self.by_path.insert(path.clone(), word) {
            Some(other) if other != word => Err(PublishError::TwoWords(path)),
            _ => Ok(()),
        }
    }

    /// What was decided about a file.
    #[must_use]
    pub fn about(&self, path: &Utf8Path) -> Option<Word> {
        self.by_path.get(path).copied()
    }

    /// Lets words pass about files that a run just finished has settled: whoever was cut off types the same
    /// again.
    pub fn excuse(&mut self, settled: impl IntoIterator<Item = Utf8PathBuf>) {
        self.settled.extend(settled);
    }

    /// Without those that a word was said about.
    #[must_use]
    pub fn without(mut self, word: Word) -> Self {
        self.by_path.retain(|_, said| *said != word);
        self
    }

    /// The files that were named with a word.
    pub fn with(&self, word: Word) -> impl Iterator<Item = &Utf8Path> {
        self.by_path.iter().filter(move |(_, said)| **said == word).map(|(path, _)| path.as_path())
    }

    /// Checks that each word is about a file that has to be decided about. `plan` was made without
    /// words.
    ///
    /// # Errors
    /// [`PublishError::NothingToDecide`] with the nearest file that has to be decided about, and
    /// [`PublishError::WrongWord`].
    pub fn check(&self, plan: &Plan) -> Result<(), PublishError> {
        let conflicts = plan.conflicts.iter().map(|conflict| conflict.path.as_path());
        let open: BTreeSet<&Utf8Path> =
            conflicts.chain(plan.kept.iter().map(|kept| kept.path.as_path())).collect();
        for (path, word) in &self.by_path {
            let (path, word) = (path.clone(), *word);
            if let Some(obstacle) = plan.obstacles.iter().find(|obstacle| obstacle.path() == path) {
                let reason = match obstacle {
                    Obstacle::Folder { .. } => {
                        "a folder with files that are not ours has this name; move it away"
                    }
                    Obstacle::NoFolder { .. } => "a folder has to be there; move it away",
                };
                return Err(PublishError::WrongWord { word, path, reason });
            }
            if !open.contains(path.as_path()) && !self.settled.contains(&path) {
                let near = closest(path.as_str(), open.iter().map(|path| path.as_str()));
                let near = match near {
                    _ if open.iter().any(|file| file.starts_with(&path)) => {
                        "\nhelp: it is a folder; name the files in it".to_owned()
                    }
                    Some(near) => format!("\nhelp: did you mean `{near}`?"),
                    None => String::new(),
                };
                return Err(PublishError::NothingToDecide { word, path, near });
            }
        }
        Ok(())
    }
}
