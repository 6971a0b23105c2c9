//! Reading a project from disk. Symbolic links that leave the project are refused, files that
//! cannot be read are reported; nothing is skipped without a word.

#![expect(clippy::disallowed_methods, reason = "the one reader of the disk")]

use std::cell::RefCell;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::iter;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::files::{Files, Normalised, Origin};
use super::state::{Moment, Seen, is_executable};

/// Text files above this size (5 MB) are refused: no scenario needs one, and a parser should not
/// meet a log file that was dropped into the tree.
pub const MAX_TEXT_BYTES: usize = 5 * 1000 * 1000;

/// Files above this size (64 MB) are not read at all.
pub(super) const MAX_BINARY_BYTES: u64 = 64 * 1000 * 1000;

/// The folders of a project that are compiled.
pub(super) const ROOTS: [&str; 3] = ["content", "devcontainers", "themes"];

/// Something in the tree that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFault {
    /// Relative to the project's root.
    pub path: Utf8PathBuf,
    pub kind: ReadFaultKind,
}

/// What was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFaultKind {
    /// A symbolic link whose target lies outside the project.
    LinkLeavesTree,
    /// A symbolic link in a repository that is read as it stands: links are left alone.
    LinkNotFollowed,
    /// A symbolic link that points to nothing or to itself.
    BrokenLink,
    /// The operating system refused; its message.
    Unreadable(String),
    /// A file name that is not UTF-8; the path holds its readable part.
    NameNotUtf8,
    /// A file too large to read; its size in bytes.
    TooLarge(u64),
}

/// Whether a path inside a project is one that a build reads: below `content/`,
/// `devcontainers/` or `themes/`, and not a hidden or package folder.
#[must_use]
pub fn is_content_path(path: &Utf8Path) -> bool {
    let mut parts = path.components().map(|part| part.as_str());
    parts.next().is_some_and(|first| ROOTS.contains(&first)) && parts.all(|name| !is_ignored(name))
}

/// Reads `content/`, `devcontainers/` and `themes/` below `root`. Names that start with a dot are
/// passed over except those that belong to an app (`.dockerignore`, `.env.example`, …), and so are
/// `node_modules` folders.
#[must_use]
pub fn read_dir(root: &Utf8Path) -> (Files, Vec<ReadFault>) {
    let (files, faults, _) = read_seen_dir(root);
    (files, faults)
}

/// The same with each file as it was when it was read, in order of their paths: what
/// [`super::see_sources`] says while nothing changes. `None` if that says nothing, or something could not
/// be read.
#[must_use]
pub fn read_seen_dir(root: &Utf8Path) -> (Files, Vec<ReadFault>, Option<Vec<Seen>>) {
    let moment = Moment::now();
    let canonical = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
    let folders = ROOTS.iter().map(|top| root.join(top)).filter(|folder| folder.exists());
    let listed = folders.flat_map(|folder| walk_folder(root, &canonical, folder));
    // Files are read while others are looked for, and so come in any order.
    let read = |(at, listed): (usize, Result<Listed, ReadFault>)| {
        (at, listed.and_then(|listed| read_file(root, listed)))
    };
    let mut read = deal(listed.enumerate(), read);
    read.sort_unstable_by_key(|(at, _)| *at);
    let mut files = Files::default();
    let mut faults = Vec::new();
    let mut all_seen = moment.map(|_| Vec::with_capacity(read.len()));
    for (_, result) in read {
        match result {
            Ok(Found { path, content, executable, seen }) => {
                let seen = seen.filter(|seen| moment.is_some_and(|moment| moment.is_behind(seen)));
                all_seen = all_seen.zip(seen).map(|(mut all, seen)| {
                    all.push(seen);
                    all
                });
                files.add_normalised(path, content, Origin::Project, executable);
            }
            Err(fault) => {
                faults.push(fault);
                all_seen = None;
            }
        }
    }
    if let Some(seen) = &mut all_seen {
        seen.sort_unstable();
    }
    (files, faults, all_seen)
}

/// How many files a core takes at once: few, so that no core waits for another's last ones.
pub(crate) const FILES_AT_ONCE: usize = 32;

/// What `work` makes of each thing that a walk finds, in any order. One core walks and hands over some at a time to
/// all. Were they to take turns at the walk, they would wait for each other, and the system may put two threads
/// that wake each other on one core.
pub(super) fn deal<T: Send, R: Send>(
    mut walk: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let done = Mutex::new(Vec::new());
    let take = |hand: Vec<T>| {
        let made: Vec<R> = hand.into_iter().map(&work).collect();
        done.lock().unwrap_or_else(PoisonError::into_inner).extend(made);
    };
    rayon::scope(|scope| {
        let hands = iter::from_fn(|| {
            let hand: Vec<T> = walk.by_ref().take(FILES_AT_ONCE).collect();
            (!hand.is_empty()).then_some(hand)
        });
        hands.for_each(|hand| scope.spawn(|_| take(hand)));
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

thread_local! {
    /// What a core has read last, and where it reads to next: new room for each file takes longer than reading it.
    static READ: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A file as it was read.
struct Found {
    /// Relative to the project's root.
    path: Utf8PathBuf,
    content: Normalised,
    executable: bool,
    /// `None` if a link leads to it, or its time cannot be told.
    seen: Option<Seen>,
}

/// A file to be read.
struct Listed {
    path: Utf8PathBuf,
    is_linked: bool,
}

/// The files below a folder, in order, and what cannot be walked.
fn walk_folder(
    root: &Utf8Path,
    canonical: &Utf8Path,
    folder: Utf8PathBuf,
) -> impl Iterator<Item = Result<Listed, ReadFault>> {
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let walk = walk.into_iter().filter_entry(|entry| !is_ignored(&entry.file_name().to_string_lossy()));
    // The depth of the linked folder that is being walked.
    let mut linked = None;
    walk.filter_map(move |entry| {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(walk_fault(root, &error))),
        };
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let shown = entry.path().to_string_lossy().into_owned();
            let path = relative(root, Utf8Path::new(&shown));
            return Some(Err(ReadFault { path, kind: ReadFaultKind::NameNotUtf8 }));
        };
        linked = linked.filter(|depth| entry.depth() > *depth);
        // Where no link leads to it, a file is where its path says.
        let is_inside = || stays_inside(canonical, path);
        if entry.path_is_symlink() {
            if !is_inside() {
                let path = relative(root, path);
                linked = linked.or(Some(entry.depth()));
                return Some(Err(ReadFault { path, kind: ReadFaultKind::LinkLeavesTree }));
            }
            linked = linked.or(Some(entry.depth()));
        }
        // A file below a linked folder is not itself a link, so the real place of each is looked at.
        let is_meant = entry.file_type().is_file() && (linked.is_none() || is_inside());
        is_meant.then(|| Ok(Listed { path: path.to_owned(), is_linked: linked.is_some() }))
    })
}

fn read_file(root: &Utf8Path, Listed { path, is_linked }: Listed) -> Result<Found, ReadFault> {
    let fault = |kind| ReadFault { path: relative(root, &path), kind };
    let unreadable = |error: io::Error| fault(ReadFaultKind::Unreadable(error.to_string()));
    let file = File::open(&path).map_err(unreadable)?;
    // Looked at before it is read: what changes in between is seen to have changed.
    let meta = file.metadata().ok();
    let size = meta.as_ref().map_or(0, Metadata::len);
    if size > MAX_BINARY_BYTES {
        return Err(fault(ReadFaultKind::TooLarge(size)));
    }
    let content = READ.with_borrow_mut(|bytes| {
        bytes.clear();
        // Room for one byte more, at which the end is seen; the file is asked for its size once.
        bytes.reserve(usize::try_from(size).unwrap_or(0) + 1);
        file.take(MAX_BINARY_BYTES + 1).read_to_end(bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_BINARY_BYTES {
            return Err(fault(ReadFaultKind::TooLarge(bytes.len() as u64)));
        }
        let content = Normalised::of(bytes);
        if bytes.capacity() > MAX_TEXT_BYTES {
            *bytes = Vec::new();
        }
        Ok(content)
    })?;
    let executable = meta.as_ref().is_some_and(is_executable);
    let path = relative(root, &path);
    let seen = meta.filter(|_| !is_linked).and_then(|meta| Seen::of(path.clone(), &meta));
    Ok(Found { path, content, executable, seen })
}

/// The bytes of one file below a project's root, by its path from there. `None` unless it is a plain file
/// that [`read_dir`] would read, too: then everything has to be read again to say what is wrong.
#[must_use]
pub fn read_again(root: &Utf8Path, path: &Utf8Path) -> Option<Vec<u8>> {
    let canonical = root.canonicalize_utf8().ok()?;
    let file = root.join(path);
    let meta = fs::symlink_metadata(&file).ok()?;
    let is_plain = is_content_path(path) && meta.is_file() && meta.len() <= MAX_BINARY_BYTES;
    if is_plain && stays_inside(&canonical, &file) { fs::read(file).ok() } else { None }
}

fn walk_fault(root: &Utf8Path, error: &walkdir::Error) -> ReadFault {
    let path = error.path().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let path = relative(root, Utf8Path::new(&path));
    let kind = if error.loop_ancestor().is_some() {
        ReadFaultKind::BrokenLink
    } else {
        match error.io_error() {
            Some(io) if io.kind() == std::io::ErrorKind::NotFound || is_link(error.path()) => {
                ReadFaultKind::BrokenLink
            }
            Some(io) => ReadFaultKind::Unreadable(io.to_string()),
            None => ReadFaultKind::Unreadable(error.to_string()),
        }
    };
    ReadFault { path, kind }
}

/// A link that cannot be followed is broken, whatever the system calls that.
fn is_link(path: Option<&std::path::Path>) -> bool {
    path.is_some_and(std::path::Path::is_symlink)
}

fn stays_inside(canonical: &Utf8Path, path: &Utf8Path) -> bool {
    path.canonicalize_utf8().is_ok_and(|real| real.starts_with(canonical))
}

fn relative(root: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

pub(super) fn is_ignored(name: &str) -> bool {
    const KEPT: [&str; 6] =
        [".dockerignore", ".gitignore", ".npmrc", ".env.example", ".editorconfig", ".node-version"];
    name == "node_modules" || (name.starts_with('.') && !KEPT.contains(&name))
}
