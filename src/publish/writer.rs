//! The one way in which publishing changes a disk. Whoever is asked before each change can end it
//! there, as a kill would: tests do so at every one of them.

use std::io;

use camino::Utf8Path;

use crate::write::WriteError;
use crate::write::disk::{self, Kind};

/// A change that is about to be made. Each happens as a whole or not at all, except that a write can
/// leave an unfinished file beside its place.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    Write { path: &'a Utf8Path, bytes: &'a [u8] },
    Remove { path: &'a Utf8Path },
    RemoveFolder { path: &'a Utf8Path },
}

/// Asked before each change; an error ends the run at once, and nothing is cleaned up.
pub type Before<'a> = &'a dyn Fn(&Change<'_>) -> io::Result<()>;

/// Changes files below a root.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub root: &'a Utf8Path,
    pub before: Before<'a>,
}

impl Writer<'_> {
    /// Writes a file of the repository, whole and down to the disk.
    pub(super) fn write(&self, path: &Utf8Path, bytes: &[u8], executable: bool) -> Result<(), WriteError> {
        self.ask(path, &Change::Write { path, bytes })?;
        disk::write_whole(self.root, path, bytes, Kind::Published { executable })
    }

    /// Writes a file of our own, and the name of it, down to the disk.
    pub(super) fn record(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), WriteError> {
        self.ask(path, &Change::Write { path, bytes })?;
        disk::write_whole(self.root, path, bytes, Kind::Record)?;
        disk::settle_folder(self.root, path.parent().unwrap_or(Utf8Path::new("")));
        Ok(())
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &Utf8Path) -> Result<(), WriteError> {
        self.ask(path, &Change::Remove { path })?;
        disk::remove(self.root, path)
    }

    /// Removes a folder if nothing is in it.
    pub(super) fn remove_folder(&self, path: &Utf8Path) -> Result<(), WriteError> {
        self.ask(path, &Change::RemoveFolder { path })?;
        disk::remove_if_empty(self.root, path)
    }

    fn ask(&self, path: &Utf8Path, change: &Change<'_>) -> Result<(), WriteError> {
        (self.before)(change).map_err(|error| WriteError::write(path, error))
    }
}
