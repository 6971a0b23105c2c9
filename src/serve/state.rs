//! What the server shows: the latest pages and findings, and the waiting for newer ones.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use super::notice::Notice;
use crate::emit::tree::OutputTree;

/// One state of the course.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Rises with every compilation. Starts at another number in every process, so that a page
    /// from before a restart is loaded again.
    pub version: u64,
    /// The pages of the last compilation that made any.
    pub tree: Option<Arc<OutputTree>>,
    pub notice: Arc<Notice>,
}

/// The latest snapshot, shared by all threads.
#[derive(Debug)]
pub struct Shared {
    snapshot: Mutex<Snapshot>,
    changed: Condvar,
}

impl Shared {
    /// Starts with what the first compilation gave.
    pub fn new(tree: Option<OutputTree>, notice: Notice) -> Self {
        let version = u64::from(std::process::id()) * 1_000_000;
        let snapshot = Snapshot { version, tree: tree.map(Arc::new), notice: Arc::new(notice) };
        Self { snapshot: Mutex::new(snapshot), changed: Condvar::new() }
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
