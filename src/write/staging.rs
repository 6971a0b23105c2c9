//! Contents between being printed and being written: files in `.scenarist/staging/`, on the same disk as
//! the output, so that memory need not hold them and the end of a build only moves them. They lie there in
//! folders like those of the output, so that a folder that the output does not have yet is moved as a whole.
//! What the output has already is not written again. Where a content cannot be staged it stays in memory,
//! and writing it says what is wrong.

#![expect(clippy::disallowed_methods, reason = "the writer of the disk")]

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use blake3::Hash;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::disk::{self, Found, Unlocked};
use super::error::WriteError;
use super::manifest::CACHE_FOLDER;
use crate::emit::content::{Content, Keeper, Store, Stored};
use crate::emit::tree::{OutputFile, OutputTree, folder_of, is_output_path};
use crate::source::{PathMap, Seen};

const FOLDER: &str = ".scenarist/staging";

/// Stands for the project's root: what is at a path below it is for the output with this path.
const TREE: &str = ".scenarist/staging/tree";

/// Held by the run that stages; a run beside it uses its memory.
const LOCK: &str = ".scenarist/staging/lock";

/// Contents that are not larger take less room in memory than what is known about a file.
const SMALL: usize = 512;

/// The staging folder of a project. What is left in it goes when this is dropped, also what a run left that
/// was cut off.
#[derive(Debug)]
pub struct Staging(Arc<Area>);

impl Staging {
    /// Nothing is touched before the first content comes.
    #[must_use]
    pub fn new(root: &Utf8Path) -> Self {
        Self(Arc::new(Area {
            root: root.to_owned(),
            lock: OnceLock::new(),
            next: AtomicU32::new(0),
            placed: AtomicUsize::new(0),
            is_full: AtomicBool::new(false),
            folders: Mutex::default(),
            made: Mutex::default(),
            fault: Mutex::default(),
        }))
    }

    /// The same for a run that writes nothing: what the output does not have stays in memory.
    #[must_use]
    pub fn only_comparing(root: &Utf8Path) -> Self {
        let staging = Self::new(root);
        let _ = staging.0.lock.set(None);
        staging
    }

    /// Puts contents into it.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        Keeper::new(Arc::clone(&self.0) as Arc<dyn Store>)
    }

    /// Whether what lies in the folders below [`TREE`] is in an output tree, each file at its path. It is
    /// not if something was made that did not become an output.
    pub(super) fn has_only(&self, tree: &OutputTree) -> bool {
        let is_placed = |(path, file): &(&Utf8Path, &OutputFile)| is_placed(path, &file.content);
        tree.iter().filter(is_placed).count() == self.0.placed.load(Ordering::Relaxed)
    }

    /// Sees to it that a file of the output lies in its staged folder.
    ///
    /// # Errors
    /// When it cannot be put there; no output is touched.
    pub(super) fn place(&self, path: &Utf8Path, file: &OutputFile) -> io::Result<()> {
        if !self.0.is_open() {
            return Err(io::Error::other("nothing can be staged"));
        }
        let (root, place) = (&self.0.root, place_of(path));
        self.0.make_folder_of(&place);
        if let Some(staged) = file.movable().and_then(Stored::staged_at)
            // A second name costs no copy. Not every disk has them.
            && (staged == place || disk::link(root, staged, &place).is_ok())
        {
            return Ok(());
        }
        let bytes = match &file.content {
            Content::Held(bytes) => Cow::Borrowed(&**bytes),
            Content::Stored(stored, _) => Cow::Owned(stored.read()?),
        };
        disk::write_new(root, &place, &bytes, file.executable).map(drop)
    }

    /// Moves a staged folder to where the output has none.
    ///
    /// # Errors
    /// When the system refuses, also because there is a folder by now. Nothing has changed then.
    pub(super) fn move_folder(&self, folder: &Utf8Path) -> io::Result<()> {
        disk::move_to(&self.0.root, &place_of(folder), folder)
    }

    /// Ends a run in which a content could not be read again.
    ///
    /// # Errors
    /// [`WriteError::Read`] with the file.
    pub fn check(&self) -> Result<(), WriteError> {
        let fault = self.0.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        fault.map_or(Ok(()), Err)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A run that had nothing to stage clears up after others all the same.
        let is_there = || matches!(disk::look(&self.0.root, FOLDER.into()), Ok(Found::Folder));
        if self.0.lock.get().is_none() && is_there() {
            let _ = self.0.is_open();
        }
        if self.0.lock.get().is_some_and(Option::is_some) {
            clear(&self.0.root);
            disk::discard_lock(&self.0.root, LOCK.into());
            // Another run may have its own files there.
            let _ = disk::remove_if_empty(&self.0.root, FOLDER.into());
            let _ = disk::remove_if_empty(&self.0.root, CACHE_FOLDER.into());
        }
    }
}

/// Removes all staged files. One that cannot be removed is for the next run.
fn clear(root: &Utf8Path) {
    let _ = disk::remove_all(root, TREE.into());
    for (path, is_folder) in disk::list(root, FOLDER.into()).unwrap_or_default() {
        let is_staged = path.file_name().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        if is_staged && !is_folder {
            let _ = disk::remove(root, &path);
        }
    }
}

#[derive(Debug)]
struct Area {
    root: Utf8PathBuf,
    /// `None` in it if the folder cannot be used.
    lock: OnceLock<Option<File>>,
    /// The name of the next file that has no place below [`TREE`].
    next: AtomicU32,
    /// How many contents have one.
    placed: AtomicUsize,
    /// Whether a file could not be written.
    is_full: AtomicBool,
    /// Folders of the output: whether they are there, and reached without a link.
    folders: Mutex<PathMap<bool>>,
    /// Folders below [`TREE`] that were made.
    made: Mutex<FxHashSet<String>>,
    /// The first content that could not be read again.
    fault: Mutex<Option<WriteError>>,
}

impl Area {
    fn is_open(&self) -> bool {
        self.lock.get_or_init(|| self.open()).is_some() && !self.is_full.load(Ordering::Relaxed)
    }

    fn open(&self) -> Option<File> {
        for folder in [CACHE_FOLDER, FOLDER] {
            let look = || disk::look(&self.root, folder.into()).ok();
            if look()? == Found::Nothing {
                let _ = fs::create_dir(self.root.join(folder));
            }
            if look()? != Found::Folder {
                return None;
            }
        }
        match disk::try_lock(&self.root, LOCK.into()) {
            Ok(lock) => {
                clear(&self.root);
                Some(lock)
            }
            Err(Unlocked) => None,
        }
    }

    /// Writes a content to a file of its own, the one in the output's staged folder if nothing is there.
    fn stage(&self, path: Option<&Utf8Path>, bytes: &[u8]) -> Option<Place> {
        let write = |place: Utf8PathBuf| {
            self.make_folder_of(&place);
            let meta = disk::write_new(&self.root, &place, bytes, false).ok()?;
            Some(Place::Staged { seen: meta.and_then(|meta| Seen::of(place.clone(), &meta)), place })
        };
        // Whether a path can be one is seen when an output is put into its tree, which comes later.
        let path = path.filter(|path| is_output_path(path));
        if let Some(place) = path.map(place_of).and_then(write) {
            self.placed.fetch_add(1, Ordering::Relaxed);
            return Some(place);
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let place = write(Utf8PathBuf::from(format!("{FOLDER}/{number}")));
        if place.is_none() {
            self.is_full.store(true, Ordering::Relaxed);
        }
        place
    }

    /// Most files are the first of their folder, or the second: one by one they would be tried twice.
    fn make_folder_of(&self, place: &Utf8Path) {
        let folder = folder_of(place.as_str());
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let is_made = made().contains(folder);
        if !is_made && disk::make_folders(&self.root, folder.into()).is_ok() {
            made().insert(folder.to_owned());
        }
    }

    /// The output at a path, if these are its bytes.
    fn output(&self, path: &Utf8Path, bytes: &[u8]) -> Option<Seen> {
        if !self.has_folder(path.parent()?) {
            return None;
        }
        let seen = Seen::now(&self.root, path)?;
        let is_same = seen.size == bytes.len() as u64 && fs::read(self.root.join(path)).ok()? == bytes;
        is_same.then_some(seen)
    }

    fn has_folder(&self, folder: &Utf8Path) -> bool {
        if folder.as_str().is_empty() {
            return true;
        }
        let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(folder).copied();
        found.unwrap_or_else(|| {
            let is_there = folder.parent().is_some_and(|parent| self.has_folder(parent))
                && matches!(disk::look(&self.root, folder), Ok(Found::Folder));
            known().insert(folder.to_owned(), is_there);
            is_there
        })
    }
}

impl Store for Area {
    fn keep(self: Arc<Self>, path: Option<&Utf8Path>, bytes: &[u8]) -> Option<Arc<dyn Stored>> {
        if bytes.len() <= SMALL {
            return None;
        }
        let place = match path.and_then(|path| self.output(path, bytes)) {
            Some(seen) => Place::Output(seen),
            None if self.is_open() => self.stage(path, bytes)?,
            None => return None,
        };
        Some(Arc::new(Kept { area: self, place, hash: blake3::hash(bytes) }))
    }
}

/// Where the content of an output is staged.
fn place_of(path: &Utf8Path) -> Utf8PathBuf {
    Utf8PathBuf::from([TREE, "/", path.as_str()].concat())
}

/// Whether a content lies where the output with this path is staged.
fn is_placed(path: &Utf8Path, content: &Content) -> bool {
    let Content::Stored(stored, _) = content else { return false };
    let below = stored.staged_at().and_then(|place| place.as_str().strip_prefix(TREE)?.strip_prefix('/'));
    below == Some(path.as_str())
}

/// A content that is on the disk.
#[derive(Debug)]
struct Kept {
    area: Arc<Area>,
    place: Place,
    hash: Hash,
}

#[derive(Debug)]
enum Place {
    /// The staged file, and as it was when it was written.
    Staged { place: Utf8PathBuf, seen: Option<Seen> },
    /// The output had this content when it was looked at.
    Output(Seen),
}

impl Kept {
    fn path(&self) -> &Utf8Path {
        match &self.place {
            Place::Staged { place: path, .. } | Place::Output(Seen { path, .. }) => path,
        }
    }
}

impl Stored for Kept {
    fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.area.root.join(self.path()))?.read_to_end(&mut bytes)?;
        let is_changed = matches!(self.place, Place::Output(_)) && !self.is_in_place();
        if is_changed {
            return Err(io::Error::other("it was changed while the build ran; run it again"));
        }
        Ok(bytes)
    }

    fn lost(&self, error: io::Error) {
        let mut fault = self.area.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.get_or_insert_with(|| WriteError::read(self.path(), error));
    }

    fn hash(&self) -> Hash {
        self.hash
    }

    fn is_in_place(&self) -> bool {
        match &self.place {
            Place::Staged { .. } => false,
            Place::Output(seen) => Seen::now(&self.area.root, &seen.path).as_ref() == Some(seen),
        }
    }

    fn staged_at(&self) -> Option<&Utf8Path> {
        match &self.place {
            Place::Staged { place, .. } => Some(place),
            Place::Output(_) => None,
        }
    }

    fn seen_as(&self, output: &Utf8Path) -> Option<Seen> {
        // Parts of the search are compared when their paths are known, and then may be there already.
        let seen = match &self.place {
            Place::Staged { place, seen } if *place == place_of(output) => seen.as_ref()?,
            Place::Output(seen) if seen.path == output => seen,
            Place::Staged { .. } | Place::Output(_) => return None,
        };
        Some(Seen { path: output.to_owned(), ..*seen })
    }
}
