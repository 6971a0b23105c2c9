//! What the server shows: the latest pages and findings, and the waiting for newer ones.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};

use super::notice::Notice;
use crate::build::Finished;
use crate::emit::tree::{OutputTree, TreeChanges};

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

impl Snapshot {
    /// Brings changes into the pages; copies them only while an answer is being sent.
    fn apply(&mut self, changes: &TreeChanges) {
        if let Some(tree) = &mut self.tree {
            Arc::make_mut(tree).apply(changes);
        }
    }
}

/// The pages after a change of the sources.
#[derive(Debug)]
pub enum Pages {
    /// All of them; `None` if there are none, because something stands in the way.
    Whole(Option<OutputTree>),
    /// Those that differ from before.
    Changed(TreeChanges),
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
    pub fn new(root: &Utf8Path, pages: Pages, notice: Notice) -> Self {
        // Of two processes the later one has the greater number unless it compiles a thousand times
        // in a second. Were a clock set back, the numbers would still differ.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let version = u64::try_from(now.as_millis()).unwrap_or_default();
        // Before the first compilation there was nothing that could have changed.
        let tree = if let Pages::Whole(tree) = pages { tree } else { None };
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
    pub fn replace(&self, pages: Pages, notice: Notice) {
        let mut snapshot = self.lock();
        snapshot.version += 1;
        snapshot.stale = matches!(pages, Pages::Whole(None));
        match pages {
            Pages::Whole(Some(tree)) => snapshot.tree = Some(Arc::new(tree)),
            Pages::Whole(None) => {}
            Pages::Changed(changes) => snapshot.apply(&changes),
        }
        snapshot.notice = Arc::new(notice);
        self.changed.notify_all();
    }

    /// Brings in what was left for later, and wakes those who wait if pages are among it.
    pub fn complete(&self, finished: &Finished) {
        let mut snapshot = self.lock();
        match finished {
            Finished::Lists(changes) => snapshot.apply(changes),
            Finished::Pages(changes) => {
                snapshot.version += 1;
                snapshot.apply(changes);
                self.changed.notify_all();
            }
        }
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
