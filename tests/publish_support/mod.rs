//! A repository in a folder of its own, published to without git, and killed where a test wants it.

#![allow(dead_code, reason = "each test program uses a part of this")]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::emit::tree::OutputFile;
use scenarist::publish::{
    Before, Built, Change, Checkout, Home, Left, Plan, PublishError, Published, Recovered, Word, Words,
    plan_publish, publish, recover,
};

/// Where what is not committed lies.
pub const HOME: &str = ".git/scenarist";

/// The files of a repository: content, and whether it can be run.
pub type Snapshot = BTreeMap<Utf8PathBuf, (Vec<u8>, bool)>;

/// A checkout that is removed with the value.
pub struct Repository {
    _guard: tempfile::TempDir,
    pub root: Utf8PathBuf,
    pub checkout: Checkout,
}

impl Repository {
    pub fn new() -> Self {
        // In memory where that is possible: publishing waits for the disk at every file.
        let memory = std::path::Path::new("/dev/shm");
        let guard = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let guard = guard.expect("a temporary folder");
        let root = Utf8PathBuf::from_path_buf(guard.path().join("learners")).expect("a UTF-8 path");
        fs::create_dir_all(root.join(".git")).expect("a folder");
        let checkout = Checkout::with_home(root.clone(), HOME.into());
        Self { _guard: guard, root, checkout }
    }

    /// Another one with the same files.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_folder(&self.root, &copy.root);
        copy
    }

    pub fn put(&self, path: impl AsRef<Utf8Path>, content: impl AsRef<[u8]>) {
        let path = self.root.join(path.as_ref());
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(&path, content).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    pub fn remove(&self, path: impl AsRef<Utf8Path>) {
        fs::remove_file(self.root.join(path.as_ref())).expect("a file");
    }

    pub fn content(&self, path: impl AsRef<Utf8Path>) -> Option<Vec<u8>> {
        fs::read(self.root.join(path.as_ref())).ok()
    }

    pub fn text(&self, path: impl AsRef<Utf8Path>) -> Option<String> {
        self.content(path).map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
    }

    /// All files but those of git.
    pub fn files(&self) -> Snapshot {
        let mut found = Snapshot::new();
        let walk = walkdir::WalkDir::new(&self.root).into_iter();
        for entry in walk.filter_entry(|entry| entry.file_name() != ".git").filter_map(Result::ok) {
            if entry.file_type().is_dir() {
                continue;
            }
            let path = Utf8PathBuf::from_path_buf(entry.path().to_owned()).expect("a UTF-8 path");
            let content =
                if entry.file_type().is_symlink() { Vec::new() } else { fs::read(&path).expect("a file") };
            let inside = path.strip_prefix(&self.root).expect("below the root").to_owned();
            found.insert(inside, (content, is_executable(&path)));
        }
        found
    }

    /// What git would commit, without the manifest, as text.
    pub fn paths(&self) -> Vec<String> {
        let paths = self.files().into_keys().map(Utf8PathBuf::into_string);
        paths.filter(|path| path != scenarist::publish::MANIFEST).collect()
    }

    pub fn plan(&self, built: &Built, words: &Words) -> Result<Plan, PublishError> {
        plan_publish(&self.checkout, built, Published::load(&self.checkout)?.as_ref(), words)
    }

    /// What the verb does: recovers, plans, and carries the plan out if nothing is open.
    pub fn publish_with(
        &self,
        built: &Built,
        words: &Words,
        before: Before<'_>,
    ) -> Result<Ran, PublishError> {
        let claim = self.checkout.claim()?;
        let recovered = recover(&claim, before)?;
        let mut words = words.clone();
        if let Recovered::Finished { settled, .. } = &recovered {
            words.excuse(settled.iter().cloned());
        }
        let plan = self.plan(built, &words)?;
        let left = if plan.is_blocked() { Left::new() } else { publish(&claim, &plan, before)? };
        Ok(Ran { recovered, plan, left })
    }

    pub fn publish(&self, built: &Built, words: &Words) -> Result<Ran, PublishError> {
        self.publish_with(built, words, &|_| Ok(()))
    }

    /// Publishes where nothing stands in the way, and looks whether everything is done.
    #[track_caller]
    pub fn publish_all(&self, built: &Built) -> Plan {
        let ran = self.publish(built, &Words::default()).expect("publishes");
        assert!(!ran.plan.is_blocked(), "{:#?}", ran.plan);
        assert!(ran.left.is_empty(), "{:?}", ran.left);
        let again = self.plan(built, &Words::default()).expect("a plan");
        assert!(again.is_up_to_date(), "nothing is left to do: {again:#?}");
        assert!(!self.checkout.is_unfinished().expect("a readable folder"));
        ran.plan
    }

    pub fn is_unfinished(&self) -> bool {
        self.checkout.is_unfinished().expect("a readable folder")
    }
}

/// What a run did.
#[derive(Debug)]
pub struct Ran {
    pub recovered: Recovered,
    pub plan: Plan,
    pub left: Left,
}

fn copy_folder(from: &Utf8Path, to: &Utf8Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in from.read_dir_utf8().expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[cfg(unix)]
pub fn is_executable(path: &Utf8Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_symlink() && meta.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
pub fn is_executable(_path: &Utf8Path) -> bool {
    false
}

/// What was built: paths with their texts, a `!` before a path for one that can be run.
pub fn built(files: &[(&str, &str)], homes: &[(&str, &str)]) -> Built {
    let files = files.iter().map(|(path, text)| {
        let executable = path.starts_with('!');
        let file = OutputFile { content: text.as_bytes().into(), executable, origin: None };
        (Utf8PathBuf::from(path.trim_start_matches('!')), file)
    });
    let homes = homes.iter().map(|(id, folder)| home(id, folder));
    Built::new(files, homes).expect("plain paths")
}

pub fn home(id: &str, folder: &str) -> Home {
    Home { id: id.to_owned(), was: Vec::new(), title: format!("Title of {id}"), folder: folder.to_owned() }
}

pub fn words(said: &[(&str, Word)]) -> Words {
    let mut words = Words::default();
    for (path, word) in said {
        words.say((*path).into(), *word).expect("one word for each");
    }
    words
}

/// Ends a run at one of its changes, as a kill would: nothing that comes after it happens.
pub struct Kill<'a> {
    root: &'a Utf8Path,
    /// The change that no longer happens.
    at: usize,
    /// Whether it has begun: half a file lies beside its place.
    half: bool,
    seen: Cell<usize>,
}

impl<'a> Kill<'a> {
    pub fn new(root: &'a Utf8Path, at: usize, half: bool) -> Self {
        Self { root, at, half, seen: Cell::new(0) }
    }

    /// Counts changes, and stops none.
    pub fn never(root: &'a Utf8Path) -> Self {
        Self::new(root, usize::MAX, false)
    }

    pub fn seen(&self) -> usize {
        self.seen.get()
    }

    /// Whether the run got so far.
    pub fn has_struck(&self) -> bool {
        self.seen.get() > self.at
    }

    pub fn before(&self, change: &Change<'_>) -> io::Result<()> {
        let number = self.seen.get();
        assert!(number <= self.at, "nothing happens after a kill, and here {change:?} does");
        self.seen.set(number + 1);
        if number < self.at {
            return Ok(());
        }
        if let Change::Write { path, bytes } = change
            && self.half
        {
            let path = self.root.join(path).with_file_name(".scenarist-tmp-0");
            fs::create_dir_all(path.parent().expect("a folder"))?;
            fs::write(path, &bytes[..bytes.len() / 2])?;
        }
        Err(io::Error::other("killed"))
    }
}
