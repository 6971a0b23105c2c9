//! What source files look like from outside, to tell whether one has changed and whether it is done
//! changing. Nothing here reads what is in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::source::is_content_path;

/// A file from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    size: u64,
    changed: Option<SystemTime>,
    /// Whether it is a file that something could be in.
    is_file: bool,
    executable: bool,
}

impl Mark {
    /// What is at a path; `None` if nothing is, or a folder.
    fn of(path: &Utf8Path) -> Option<Self> {
        // A link to nothing is something, too: it is reported.
        let meta = std::fs::metadata(path).or_else(|_| std::fs::symlink_metadata(path)).ok()?;
        (!meta.is_dir()).then(|| Self {
            size: meta.len(),
            changed: meta.modified().ok(),
            is_file: meta.is_file(),
            executable: is_executable(&meta),
        })
    }
}

#[cfg(unix)]
fn is_executable(meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_meta: &std::fs::Metadata) -> bool {
    false
}

/// The files of a project that were there when a change was last looked at.
#[derive(Debug)]
pub struct Known {
    root: Utf8PathBuf,
    files: BTreeMap<Utf8PathBuf, Mark>,
}

impl Known {
    /// Looks at everything below the folders.
    pub fn new(root: &Utf8Path, folders: &[&str]) -> Self {
        let mut this = Self { root: root.to_owned(), files: BTreeMap::new() };
        for folder in folders {
            this.files.extend(this.files_at(Utf8Path::new(folder)));
        }
        this
    }

    /// Whether what is at a path may be half of something: the file is gone for now, or empty, or it
    /// is one that an editor keeps only while it saves.
    pub fn is_passing(&self, path: &Utf8Path) -> bool {
        let before = self.files.get(path);
        match Mark::of(&self.root.join(path)) {
            None => !self.root.join(path).is_dir() && self.known_at(path).next().is_some(),
            Some(now) => {
                let was_empty = before.is_some_and(|mark| mark.size == 0);
                is_scratch(path) || (now.is_file && now.size == 0 && !was_empty)
            }
        }
    }

    /// The files at or below these paths that are others than before, new or gone. From now on they are
    /// known as they are. A file that was changed after `safe` may change again within the same
    /// tick of the file system's clock; the next event about it counts whatever it looks like.
    pub fn take_changes(&mut self, paths: &BTreeSet<Utf8PathBuf>, safe: SystemTime) -> Vec<Utf8PathBuf> {
        let mut changes = BTreeSet::new();
        for path in paths {
            let now: BTreeMap<_, _> = self.files_at(path).collect();
            let gone =
                self.known_at(path).filter(|known| !now.contains_key(*known)).cloned().collect::<Vec<_>>();
            for path in gone {
                self.files.remove(&path);
                changes.insert(path);
            }
            for (path, mark) in now {
                let is_safe = mark.changed.is_none_or(|changed| changed <= safe);
                let kept = if is_safe { mark } else { Mark { changed: None, ..mark } };
                if self.files.insert(path.clone(), kept) != Some(mark) {
                    changes.insert(path);
                }
            }
        }
        changes.into_iter().collect()
    }

    /// The file at a path, or the files below it.
    fn files_at(&self, path: &Utf8Path) -> impl Iterator<Item = (Utf8PathBuf, Mark)> + use<> {
        let root = self.root.clone();
        let inside = root.clone();
        let relative = move |found: &std::path::Path| {
            Utf8Path::from_path(found)
                .and_then(|found| found.strip_prefix(&root).ok())
                .map(Utf8Path::to_owned)
        };
        let is_read = {
            let relative = relative.clone();
            move |found: &std::path::Path| relative(found).is_some_and(|path| is_content_path(&path))
        };
        WalkDir::new(inside.join(path))
            .follow_links(true)
            .into_iter()
            .filter_entry(move |entry| is_read(entry.path()))
            .filter_map(move |entry| {
                // What cannot be walked into may be a link to nothing.
                let found = match &entry {
                    Ok(entry) => entry.path(),
                    Err(error) => error.path()?,
                };
                let path = relative(found)?;
                let mark = Mark::of(&inside.join(&path))?;
                is_content_path(&path).then_some((path, mark))
            })
    }

    /// The same as it was.
    fn known_at<'a>(&'a self, path: &'a Utf8Path) -> impl Iterator<Item = &'a Utf8PathBuf> {
        self.files
            .range(path.to_owned()..)
            .map(|(known, _)| known)
            .take_while(move |known| known.starts_with(path))
    }
}

/// The names under which editors keep a file while they save it.
fn is_scratch(path: &Utf8Path) -> bool {
    const ENDS: [&str; 4] = ["~", "___jb_tmp___", "___jb_old___", ".tmp"];
    let name = path.file_name().unwrap_or_default();
    name == "4913" || name.starts_with('#') || ENDS.iter().any(|end| name.ends_with(end))
}
