//! Noticing that a source file changed.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::is_content_path;

/// An editor saves in several steps (write, rename, set times); this much silence ends them.
const SILENCE: Duration = Duration::from_millis(50);

/// A program that never stops writing must not keep us from compiling.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often files are looked at where the system cannot tell us about changes.
const POLL: Duration = Duration::from_millis(700);

/// The folders whose changes matter.
const FOLDERS: [&str; 3] = ["content", "devcontainers", "themes"];

/// Watches a project's source.
pub struct SourceWatcher {
    root: Utf8PathBuf,
    watcher: Box<dyn Watcher + Send>,
    watched: BTreeSet<&'static str>,
    events: Receiver<Utf8PathBuf>,
}

impl SourceWatcher {
    /// Watches the folders that exist, and the root for those that do not yet.
    pub fn new(root: &Utf8Path) -> Result<Self, notify::Error> {
        // The system reports real paths; ours must be comparable with them.
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        let (sender, events) = channel();
        let watcher: Box<dyn Watcher + Send> =
            match notify::recommended_watcher(forward(root.clone(), sender.clone())) {
                Ok(watcher) => Box::<RecommendedWatcher>::new(watcher),
                Err(_) => Box::new(poll(&root, sender)?),
            };
        let mut this = Self { root, watcher, watched: BTreeSet::new(), events };
        this.watch_folders()?;
        Ok(this)
    }

    fn watch_folders(&mut self) -> Result<(), notify::Error> {
        if self.watched.is_empty() {
            self.watcher.watch(self.root.as_std_path(), RecursiveMode::NonRecursive)?;
        }
        for folder in FOLDERS {
            let path = self.root.join(folder);
            if path.is_dir() && !self.watched.contains(folder) {
                self.watcher.watch(path.as_std_path(), RecursiveMode::Recursive)?;
                self.watched.insert(folder);
            } else if !path.is_dir() {
                self.watched.remove(folder);
            }
        }
        Ok(())
    }

    /// Waits for a change and for the silence after it; `None` when nothing came within `patience`.
    /// The paths are relative to the root.
    pub fn next_change(&mut self, patience: Duration) -> Option<Vec<Utf8PathBuf>> {
        let first = self.events.recv_timeout(patience).ok()?;
        let started = Instant::now();
        let mut paths = BTreeSet::from([first]);
        while started.elapsed() < PATIENCE {
            match self.events.recv_timeout(SILENCE) {
                Ok(path) => paths.insert(path),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            };
        }
        // A folder that came back or is new is watched from now on. If that fails, the change
        // that brought it is compiled all the same.
        let _ = self.watch_folders();
        Some(paths.into_iter().collect())
    }
}

fn poll(root: &Utf8Path, sender: Sender<Utf8PathBuf>) -> Result<PollWatcher, notify::Error> {
    let settings = notify::Config::default().with_poll_interval(POLL);
    PollWatcher::new(forward(root.to_owned(), sender), settings)
}

/// Passes on the paths of those events that can change a compilation.
fn forward(
    root: Utf8PathBuf,
    sender: Sender<Utf8PathBuf>,
) -> impl FnMut(notify::Result<notify::Event>) + Send {
    move |event| {
        let Ok(event) = event else { return };
        if !is_change(event.kind) {
            return;
        }
        for path in event.paths {
            let Some(path) = Utf8Path::from_path(&path).and_then(|path| path.strip_prefix(&root).ok()) else {
                continue;
            };
            if is_content_path(path) {
                // Nobody listens any more once the server has ended.
                let _ = sender.send(path.to_owned());
            }
        }
    }
}

/// Reading a file is an event, too; closing one after writing is the sure sign of a change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => matches!(access, AccessKind::Close(AccessMode::Write)),
        _ => true,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test is the author who saves a file")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn changes_of_the_source_are_noticed_and_others_are_not() {
        let guard = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(guard.path()).unwrap().to_owned();
        fs::create_dir_all(root.join("content/scenarios/a")).unwrap();
        let mut watcher = SourceWatcher::new(&root).unwrap();

        fs::create_dir_all(root.join("dist/site")).unwrap();
        fs::write(root.join("dist/site/index.html"), "x").unwrap();
        assert_eq!(watcher.next_change(Duration::from_millis(200)), None);

        fs::write(root.join("content/scenarios/a/scenario.md"), "x").unwrap();
        let changed = watcher.next_change(Duration::from_secs(5)).unwrap();
        assert_eq!(changed, ["content/scenarios/a/scenario.md"]);

        fs::create_dir(root.join("themes")).unwrap();
        assert!(watcher.next_change(Duration::from_secs(5)).is_some());
        fs::write(root.join("themes/site.css"), "x").unwrap();
        let changed = watcher.next_change(Duration::from_secs(5)).unwrap();
        assert!(changed.contains(&Utf8PathBuf::from("themes/site.css")), "{changed:?}");
    }
}
