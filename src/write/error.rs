//! What can go wrong between what was built and the disk. Paths are relative to the project's root, or
//! to that of the checkout that is published to.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use thiserror::Error;

/// A fault of the environment; `cli` puts it into words and exits with 3.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error("cannot read `{path}`: {source}")]
    Read { path: Utf8PathBuf, source: io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: Utf8PathBuf, source: io::Error },
    #[error("cannot remove `{path}`: {source}")]
    Remove { path: Utf8PathBuf, source: io::Error },
    /// No room left, or the user's quota is used up.
    #[error(
        "the disk is full: `{path}` was not written; files already written stay, run again once there is room"
    )]
    DiskFull { path: Utf8PathBuf, source: io::Error },
    /// No build made this file, so none removes it.
    #[error("`{path}` has to be a folder, but a file that no build made has this name")]
    FileInTheWay { path: Utf8PathBuf },
    /// No build made what is in this folder, so none removes it.
    #[error("`{path}` has to be a file, but a folder with `{foreign}` has this name, which no build made")]
    FolderInTheWay {
        path: Utf8PathBuf,
        /// The first thing in the folder that is not ours.
        foreign: Utf8PathBuf,
    },
    /// Replacing the link would surprise whoever made it; following it would write elsewhere.
    #[error("`{path}` is a symbolic link; a build writes into real folders only")]
    LinkedOutput { path: Utf8PathBuf },
}

impl WriteError {
    pub(super) fn read(path: &Utf8Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Utf8Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path, source },
            _ => Self::Write { path, source },
        }
    }

    pub(crate) fn remove(path: &Utf8Path, source: io::Error) -> Self {
        Self::Remove { path: path.to_owned(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_has_its_own_words() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            let error = WriteError::write("dist/a".into(), kind.into());
            assert!(error.to_string().starts_with("the disk is full: `dist/a`"), "{error}");
        }
        let other = WriteError::write("dist/a".into(), io::ErrorKind::PermissionDenied.into());
        assert_eq!(other.to_string(), "cannot write `dist/a`: permission denied");
    }
}
