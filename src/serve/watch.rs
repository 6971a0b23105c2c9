//! Noticing that a source file changed. The system's events say where to look; what has changed is
//! judged by the files themselves once they have come to rest, so that an editor that saves in
//! several steps makes one change, and a file that comes and goes makes none.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::marks::Known;
use crate::source::{STEP, is_content_path};

/// This much silence ends a change of files that look complete. What looks incomplete has [`DOUBT`], so this
/// is only for programs that save several files at once: should one be slower, it makes two changes.
const SILENCE: Duration = Duration::from_millis(2);

/// This much ends a change after which a file is missing, empty or still written to. As a rule it is
/// on its way to something else; after so long it was meant so.
const DOUBT: Duration = Duration::from_millis(60);

/// A program that never stops writing must not keep us from compiling.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often files are looked at where the system cannot tell us about changes.
const POLL: Duration = Duration::from_millis(700);

/// The folders whose changes matter.
const FOLDERS: [&str; 3] = ["content", "devcontainers", "themes"];

/// Where something happened.
#[derive(Debug)]
struct Hint {
    /// Relative to the root.
    path: Utf8PathBuf,
    /// Whether a program is writing it; `None` where the event does not say.
    is_written: Option<bool>,
}

/// Watches a project's source.
pub struct SourceWatcher {
    root: Utf8PathBuf,
    watcher: Box<dyn Watcher + Send>,
    watched: BTreeSet<&'static str>,
    events: Receiver<Hint>,
    news: News,
    known: Known,
}

/// Whether something happened that nobody has asked about yet.
#[derive(Clone, Default)]
pub struct News(Arc<AtomicBool>);

impl News {
    pub fn is_there(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self, is_there: bool) {
        self.0.store(is_there, Ordering::Relaxed);
    }
}

impl SourceWatcher {
    /// Watches the folders that exist, and the root for those that do not yet.
    pub fn new(root: &Utf8Path) -> Result<Self, notify::Error> {
        // The system reports real paths; ours must be comparable with them.
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        let (sender, events) = channel();
        let news = News::default();
        let forward = || forward(root.clone(), sender.clone(), news.clone());
        let mut watcher: Box<dyn Watcher + Send> = match notify::recommended_watcher(forward()) {
            Ok(watcher) => Box::<RecommendedWatcher>::new(watcher),
            Err(_) => {
                let settings = notify::Config::default().with_poll_interval(POLL);
                Box::new(PollWatcher::new(forward(), settings)?)
            }
        };
        watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive)?;
        let mut watched = BTreeSet::new();
        watch_folders(&root, watcher.as_mut(), &mut watched)?;
        // Looked at after watching has begun, so that no change falls between the two.
        let known = Known::new(&root, &FOLDERS);
        Ok(Self { root, watcher, watched, events, news, known })
    }

    /// Waits for a change and for its end; `None` when nothing came within `patience`, or nothing that
    /// a compilation could see. The paths are those of files, relative to the root.
    pub fn next_change(&mut self, patience: Duration) -> Option<Vec<Utf8PathBuf>> {
        let first = self.events.recv_timeout(patience).ok();
        let paths = first.map(|first| self.wait_for_end(first));
        self.news.set(false);
        let paths = paths?;
        // A folder that came is another one than was watched. If it cannot be watched, the change
        // that brought it is compiled all the same.
        self.watched.retain(|folder| !paths.contains(Utf8Path::new(folder)));
        let _ = watch_folders(&self.root, self.watcher.as_mut(), &mut self.watched);
        let changes = self.known.take_changes(&paths, SystemTime::now() - STEP);
        (!changes.is_empty()).then_some(changes)
    }

    /// Says whether there is something to ask [`SourceWatcher::next_change`] for.
    pub fn news(&self) -> News {
        self.news.clone()
    }

    /// Gathers where something happens until nothing does.
    fn wait_for_end(&self, first: Hint) -> BTreeSet<Utf8PathBuf> {
        let started = Instant::now();
        let mut last = started;
        let (mut paths, mut written) = (BTreeSet::new(), BTreeSet::new());
        let mut next = Some(first);
        while started.elapsed() < PATIENCE {
            if let Some(Hint { path, is_written }) = next {
                match is_written {
                    Some(true) => written.insert(path.clone()),
                    Some(false) => written.remove(&path),
                    None => false,
                };
                paths.insert(path);
                last = Instant::now();
            } else {
                let is_over = written.is_empty() && !paths.iter().any(|path| self.known.is_passing(path));
                if is_over || last.elapsed() >= DOUBT {
                    break;
                }
            }
            next = self.events.recv_timeout(SILENCE).ok();
        }
        paths
    }
}

fn watch_folders(
    root: &Utf8Path,
    watcher: &mut dyn Watcher,
    watched: &mut BTreeSet<&'static str>,
) -> Result<(), notify::Error> {
    for folder in FOLDERS {
        let path = root.join(folder);
        if !path.is_dir() {
            watched.remove(folder);
        } else if !watched.contains(folder) {
            watcher.watch(path.as_std_path(), RecursiveMode::Recursive)?;
            watched.insert(folder);
        }
    }
    Ok(())
}

/// Passes on the paths of those events that can change a compilation.
fn forward(
    root: Utf8PathBuf,
    sender: Sender<Hint>,
    news: News,
) -> impl FnMut(notify::Result<notify::Event>) + Send {
    move |event| {
        let Ok(event) = event else { return };
        // Nobody listens any more once the server has ended.
        let send = |path: &Utf8Path, is_written| {
            let sent = sender.send(Hint { path: path.to_owned(), is_written });
            news.set(true);
            sent
        };
        if event.need_rescan() {
            // Events were lost, we cannot know which.
            FOLDERS.iter().for_each(|folder| drop(send(Utf8Path::new(folder), None)));
        }
        if !is_change(event.kind) {
            return;
        }
        for path in &event.paths {
            let path = Utf8Path::from_path(path).and_then(|path| path.strip_prefix(&root).ok());
            if let Some(path) = path.filter(|path| is_content_path(path)) {
                let _ = send(path, is_written(event.kind));
            }
        }
    }
}

/// Reading a file is an event, too; closing one after writing is the sure sign of a change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => is_end_of_writing(access),
        _ => true,
    }
}

fn is_end_of_writing(access: AccessKind) -> bool {
    matches!(access, AccessKind::Close(AccessMode::Write))
}

/// Whether a program has the file open for writing after an event. Only Linux tells when it closes it.
fn is_written(kind: EventKind) -> Option<bool> {
    match kind {
        EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => Some(true),
        EventKind::Access(access) if is_end_of_writing(access) => Some(false),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
