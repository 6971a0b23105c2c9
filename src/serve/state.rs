//! What the server shows: the latest pages and findings, and the waiting for newer ones.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};

use super::notice::Notice;
use crate::emit::tree::OutputTree;

/// One state of the course.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Rises with every compilation, and from one process to the next, so that a page from before a
    /// restart is brought up to date.
    pub version: u64,
    /// The pages of the last compilation that made any.
    pub tree: Option<Arc<OutputTree>>,
    /// Whether the last compilation made none.
    pub stale: bool,
    pub notice: Arc<Notice>,
}

/// The latest snapshot, shared by all threads.
#[derive(Debug)]
pub struct Shared {
    /// The project's folder, absolute.
    root: Utf8PathBuf,
    snapshot: Mutex<Snapshot>,
    changed: Condvar,
}

impl Shared {
    /// Starts with what the first compilation gave.
    pub fn new(root: &Utf8Path, tree: Option<OutputTree>, notice: Notice) -> Self {
        // Of two processes the later one has the greater number unless it compiles a thousand times
        // in a second. Were a clock set back, the numbers would still differ.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let version = u64::try_from(now.as_millis()).unwrap_or_default();
        let stale = tree.is_none();
        let snapshot = Snapshot { version, tree: tree.map(Arc::new), stale, notice: Arc::new(notice) };
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        Self { root, snapshot: Mutex::new(snapshot), changed: Condvar::new() }
    }

    /// The project's folder.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The latest state.
    pub fn latest(&self) -> Snapshot {
        self.lock().clone()
    }

    /// Replaces the state and wakes everybody who waits. Without a tree the last pages stay, so
    /// that an author who breaks something still sees the page while repairing it.
    pub fn replace(&self, tree: Option<OutputTree>, notice: Notice) {
        let mut snapshot = self.lock();
        snapshot.version += 1;
        snapshot.stale = tree.is_none();
        if let Some(tree) = tree {
            snapshot.tree = Some(Arc::new(tree));
        }
        snapshot.notice = Arc::new(notice);
        self.changed.notify_all();
    }

    /// Waits until the state differs from `version`, at most for `patience`.
    pub fn wait_for_news(&self, version: u64, patience: Duration) -> Option<Snapshot> {
        let waited = self.changed.wait_timeout_while(self.lock(), patience, |now| now.version == version);
        let (snapshot, _) = waited.expect("nothing panics while it holds the state");
        (snapshot.version != version).then(|| snapshot.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Snapshot> {
        self.snapshot.lock().expect("nothing panics while it holds the state")
    }
}
