//! Why nothing could be published. What people have to decide about is no error: it is in the plan.

use camino::Utf8PathBuf;
use thiserror::Error;

use super::conflict::Word;
use super::manifest::MANIFEST;
use crate::source::GitError;
use crate::write::WriteError;

/// A fault of the environment or of what was typed; `cli` puts it into words.
#[derive(Debug, Error)]
pub enum PublishError {
    #[error(
        "there is no folder `{0}`\n\
         help: `git clone <ADDRESS> {0}` fetches the learners' repository, `git init {0}` starts one"
    )]
    NoFolder(Utf8PathBuf),
    #[error(
        "`{0}` is not a git checkout: nobody could look at what publishing changes, or take it back\n\
         help: `git init {0}` makes it one"
    )]
    NoRepository(Utf8PathBuf),
    #[error("`{0}` is a bare repository, which has no files\nhelp: name a checkout: `git clone {0} <DIR>`")]
    Bare(Utf8PathBuf),
    #[error(
        "`{folder}` is a folder inside the checkout `{top}`, and Codespaces only looks at its top\n\
         help: `--to` names the top of the learners' checkout; `git init {folder}` makes this folder one"
    )]
    NotTop { folder: Utf8PathBuf, top: Utf8PathBuf },
    #[error("`{0}` is the course itself\nhelp: `--to` names a checkout of the repository that learners open")]
    CourseItself(Utf8PathBuf),
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(
        "`{MANIFEST}` in the repository cannot be used: {reason}\n\
         help: `git checkout HEAD -- {MANIFEST}` in there gives back the last one that was committed"
    )]
    BadManifest { reason: String },
    #[error("{what} was written by a newer version of scenarist; this one cannot go on from there")]
    Newer { what: String },
    #[error("`{0}` cannot be published: git keeps its own data under this name, or scenarist does")]
    ReservedPath(Utf8PathBuf),
    #[error("`--{word} {path}`: nothing has to be decided about this file{near}")]
    NothingToDecide { word: Word, path: Utf8PathBuf, near: String },
    #[error("`--{word} {path}` does not help there: {reason}")]
    WrongWord { word: Word, path: Utf8PathBuf, reason: &'static str },
    #[error("`{0}` is named with two different words")]
    TwoWords(Utf8PathBuf),
}

impl PublishError {
    /// Whether it was typed wrongly, as against refused by the machine.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NothingToDecide { .. } | Self::WrongWord { .. } | Self::TwoWords(_) | Self::CourseItself(_)
        )
    }
}
