//! Files, spans and positions. The only reader of the disk: everything that is compiled comes
//! through [`Files`], read once from a directory or handed over as an in-memory tree.

mod builtin;
mod edit;
mod excerpt;
mod files;
mod git;
mod path;
mod path_map;
mod read;
mod repository;
mod revision;
mod span;
mod state;

pub use builtin::{builtin_files, builtin_template};
pub use edit::{Replacement, edit_original};
pub use excerpt::Excerpt;
pub use files::{Content, FileEntry, Files, Origin, TextError};
pub use git::GitError;
pub(crate) use git::{ask_git, git, is_in_repository};
pub use path::path_from;
pub use path_map::{PathMap, PathSet};
pub(crate) use read::FILES_AT_ONCE;
pub use read::{
    MAX_TEXT_BYTES, ReadFault, ReadFaultKind, is_content_path, read_again, read_dir, read_seen_dir,
};
pub use repository::read_repository_dir;
pub use revision::{RevisionError, read_revision, read_whole_revision};
pub use span::{FileId, Position, Span, Spanned};
pub use state::{STEP, Seen, see_sources};
