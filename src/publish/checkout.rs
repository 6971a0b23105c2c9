//! The checkout that is published to: where its files are, and where ours, which are never committed.

use std::fs::File;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::PublishError;
use super::state::Modes;
use crate::source::{GitError, git, is_in_repository};
use crate::write::disk::{self, Found};

/// A work tree.
#[derive(Clone, Debug)]
pub struct Checkout {
    root: Utf8PathBuf,
    /// Below git's own folder; relative to the root if that lies in it, as it mostly does.
    home: Utf8PathBuf,
    modes: Modes,
}

impl Checkout {
    /// Looks at the folder that somebody named.
    ///
    /// # Errors
    /// [`PublishError`] when it is not the top of a git checkout.
    pub fn open(folder: &Utf8Path) -> Result<Self, PublishError> {
        let path = || folder.to_owned();
        if !folder.is_dir() {
            return Err(PublishError::NoFolder(path()));
        }
        if !is_in_repository(folder)? {
            return Err(PublishError::NoRepository(path()));
        }
        let ask = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix"];
        let Some(said) = git(folder, &ask)? else { return Err(PublishError::Bare(path())) };
        let said =
            String::from_utf8(said).map_err(|_| GitError::Failed("its paths are not UTF-8".to_owned()))?;
        let mut lines = said.lines();
        let (top, git_folder) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        if lines.next().is_some_and(|prefix| !prefix.is_empty()) {
            return Err(PublishError::NotTop { folder: path(), top: top.into() });
        }
        let git_folder = Utf8Path::new(git_folder);
        let inside = git_folder.strip_prefix(top).unwrap_or(git_folder);
        let modes = git(folder, &["config", "--type=bool", "--get", "core.fileMode"])?;
        let are_known = cfg!(unix) && modes.is_none_or(|modes| modes.trim_ascii() != b"false");
        let home = inside.join("scenarist");
        Ok(Self { modes: Modes { are_known }, ..Self::with_home(path(), home) })
    }

    /// A folder with another one, relative to it or absolute, for what is not committed.
    #[must_use]
    pub fn with_home(root: Utf8PathBuf, home: Utf8PathBuf) -> Self {
        Self { root, home, modes: Modes { are_known: cfg!(unix) } }
    }

    /// The folder, as it was named.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    pub(super) fn modes(&self) -> Modes {
        self.modes
    }

    /// Waits until no other run publishes to this checkout, and keeps others waiting.
    ///
    /// # Errors
    /// [`PublishError::Write`] when git's folder cannot be written.
    pub fn claim(&self) -> Result<Claim<'_>, PublishError> {
        let lock = disk::lock(&self.root, &self.home.join("lock"))?;
        Ok(Claim { checkout: self, _lock: lock })
    }

    /// Whether a run was cut off after it had begun to change files, or is just doing so.
    ///
    /// # Errors
    /// [`PublishError::Write`] when git's folder cannot be read.
    pub fn is_unfinished(&self) -> Result<bool, PublishError> {
        Ok(disk::look(&self.root, &self.journal())? != Found::Nothing)
    }

    /// What is to be done, in order.
    pub(super) fn journal(&self) -> Utf8PathBuf {
        self.folder().join("journal.json")
    }

    /// The contents of all files that are to be written, one after the other.
    pub(super) fn staged(&self) -> Utf8PathBuf {
        self.folder().join("staged")
    }

    /// Holds both, while a run goes on.
    pub(super) fn folder(&self) -> Utf8PathBuf {
        self.home.join("publish")
    }
}

/// The right to change a checkout, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Claim<'c> {
    pub(super) checkout: &'c Checkout,
    _lock: File,
}
