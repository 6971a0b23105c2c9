//! Whether files are still those that were seen: by size and time, without reading them.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use walkdir::{DirEntry, WalkDir};

use super::read::{ROOTS, deal, is_ignored};

/// File systems keep time in steps: what changes within one step of being looked at may look the
/// same afterwards. No step is longer than this but those of FAT, which has no projects on it.
pub const STEP: Duration = Duration::from_millis(50);

/// A file as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Relative to the project's root.
    pub path: Utf8PathBuf,
    /// In bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub changed: u64,
    pub executable: bool,
}

/// What stands in a record of thousands of files: without names.
impl Serialize for Seen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { path, size, changed, executable } = self;
        (path, size, changed, executable).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Seen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (path, size, changed, executable) = Deserialize::deserialize(deserializer)?;
        Ok(Self { path, size, changed, executable })
    }
}

impl Seen {
    /// The file at a path as it is now; `None` if no plain file is there.
    #[must_use]
    pub fn now(root: &Utf8Path, path: &Utf8Path) -> Option<Self> {
        let meta = std::fs::symlink_metadata(root.join(path)).ok()?;
        Self::of(path.to_owned(), &meta)
    }

    /// The same of a file that was looked at.
    pub(crate) fn of(path: Utf8PathBuf, meta: &Metadata) -> Option<Self> {
        if !meta.is_file() {
            return None;
        }
        let changed = nanoseconds(meta.modified().ok()?)?;
        Some(Self { path, size: meta.len(), changed, executable: is_executable(meta) })
    }
}

/// When files began to be looked at.
#[derive(Clone, Copy)]
pub(super) struct Moment(u64);

impl Moment {
    /// `None` if the clock is unusable.
    pub(super) fn now() -> Option<Self> {
        nanoseconds(SystemTime::now()).map(Self)
    }

    /// Whether a file was changed so long before that every later change can be told from it.
    pub(super) fn is_behind(self, file: &Seen) -> bool {
        let step = u64::try_from(STEP.as_nanos()).unwrap_or(u64::MAX);
        file.changed.saturating_add(step) <= self.0
    }
}

/// Every file that [`super::read_dir`] would read, in order of their paths. `None` if that cannot be
/// told without reading: where there are links, where something refuses to be looked at, and while
/// files are being changed.
#[must_use]
pub fn see_sources(root: &Utf8Path) -> Option<Vec<Seen>> {
    let moment = Moment::now()?;
    let folders = ROOTS.iter().map(|top| root.join(top)).filter(|folder| folder.exists());
    let entries = folders.flat_map(|folder| {
        let walk = WalkDir::new(folder).into_iter();
        walk.filter_entry(|entry| !is_ignored(&entry.file_name().to_string_lossy()))
    });
    let files = entries.filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir()));
    let see = |entry: Result<DirEntry, walkdir::Error>| {
        let entry = entry.ok()?;
        let path = Utf8Path::from_path(entry.path())?.strip_prefix(root).ok()?;
        Seen::of(path.to_owned(), &entry.metadata().ok()?).filter(|file| moment.is_behind(file))
    };
    let mut seen = deal(files, see).into_iter().collect::<Option<Vec<_>>>()?;
    seen.sort_unstable();
    Some(seen)
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

/// Whether anybody may run a file.
#[cfg(unix)]
pub(super) fn is_executable(meta: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o111 != 0
}

/// Files have no such right here.
#[cfg(not(unix))]
pub(super) fn is_executable(_meta: &Metadata) -> bool {
    false
}
