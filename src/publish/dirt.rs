//! What is not committed in a checkout. Published files that wait for their commit are not counted:
//! whoever publishes twice before he commits loses nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::checkout::Checkout;
use super::error::PublishError;
use super::manifest::{MANIFEST, Published};
use super::state::{Looker, Modes, State};
use crate::source::{GitError, ask_git, git};

/// Work that no commit holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dirt {
    /// Tracked files that somebody has changed.
    pub changed: Vec<Utf8PathBuf>,
    /// Files and folders (ending in `/`) that git does not know and that are not ours.
    pub untracked: Vec<Utf8PathBuf>,
}

impl Checkout {
    /// Looks for work that is not committed. `before` is what was published there.
    ///
    /// # Errors
    /// [`PublishError`] when git or a file cannot be read.
    pub fn dirt(&self, before: Option<&Published>) -> Result<Dirt, PublishError> {
        let root = self.root();
        let ask = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=normal"];
        let said = git(root, &ask)?.ok_or_else(|| GitError::Failed("`git status` fails".to_owned()))?;
        let committed = self.committed_manifest()?;
        let ours = Ours { before, committed: committed.as_ref(), modes: self.modes() };
        let mut looker = Looker::new(self);
        let mut dirt = Dirt::default();
        for line in String::from_utf8_lossy(&said).split('\0').filter(|line| line.len() > 3) {
            let (code, path) = (&line[..2], Utf8Path::new(&line[3..]));
            if code == "??" {
                if !ours.has_below(path) {
                    dirt.untracked.push(path.to_owned());
                }
            } else if !ours.wrote(path, &looker.look(path)?.0) {
                dirt.changed.push(path.to_owned());
            }
        }
        Ok(dirt)
    }

    /// The manifest of the last commit, if there is one that can be read.
    fn committed_manifest(&self) -> Result<Option<Published>, GitError> {
        let text = git(self.root(), &["show", &format!("HEAD:{MANIFEST}")])?;
        Ok(text.and_then(|text| Published::parse(&text).ok()))
    }

    /// Those of these files that git is told to ignore, so that no commit will hold them.
    ///
    /// # Errors
    /// [`PublishError`] when git cannot be run.
    pub fn ignored(&self, paths: &[Utf8PathBuf]) -> Result<Vec<Utf8PathBuf>, PublishError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let names: String = paths.iter().map(|path| format!("{path}\0")).collect();
        // It says no when none of them is.
        let said = ask_git(self.root(), &["check-ignore", "-z", "--stdin"], names.into_bytes())?;
        let said = String::from_utf8_lossy(&said.unwrap_or_default()).into_owned();
        Ok(said.split('\0').filter(|path| !path.is_empty()).map(Utf8PathBuf::from).collect())
    }
}

/// What was published, by the record in the folder and by that of the last commit.
struct Ours<'a> {
    before: Option<&'a Published>,
    committed: Option<&'a Published>,
    modes: Modes,
}

impl Ours<'_> {
    /// Whether what is at a path, or that nothing is there, is our own doing.
    fn wrote(&self, path: &Utf8Path, found: &State) -> bool {
        let is_current = self.before.is_some_and(|before| before.is_published(path, found, self.modes));
        let is_listed = |record: Option<&Published>| record.is_some_and(|it| it.files.contains_key(path));
        let was_removed = *found == State::Nothing && is_listed(self.committed) && !is_listed(self.before);
        path == MANIFEST || is_current || was_removed
    }

    /// Whether a path is ours, or a folder that files of ours are in.
    fn has_below(&self, path: &Utf8Path) -> bool {
        let mut files = self.before.iter().flat_map(|before| before.files.keys());
        path == MANIFEST || files.any(|file| file.starts_with(path))
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Entry;
    use super::*;
    use crate::emit::tree::OutputFile;

    #[test]
    fn what_was_published_and_is_not_committed_is_no_dirt() {
        let file = |text: &str| State::file(text.as_bytes(), false);
        let record = |files: &[(&str, &str)]| {
            let entry = |text: &str| {
                Entry::of(&OutputFile { content: text.as_bytes().into(), executable: false, origin: None })
            };
            let files = files.iter().map(|(path, text)| (Utf8PathBuf::from(path), entry(text)));
            Published { files: files.collect(), ..Published::default() }
        };
        let (before, committed) = (record(&[("a", "2"), ("f/b", "1")]), record(&[("a", "1"), ("gone", "1")]));
        let modes = Modes { are_known: true };
        let ours = Ours { before: Some(&before), committed: Some(&committed), modes };
        assert!(ours.wrote("a".into(), &file("2")) && ours.wrote(MANIFEST.into(), &file("x")));
        assert!(ours.wrote("gone".into(), &State::Nothing));
        assert!(!ours.wrote("a".into(), &file("3")) && !ours.wrote("a".into(), &State::Nothing));
        assert!(!ours.wrote("other".into(), &State::Nothing) && !ours.wrote("gone".into(), &file("1")));
        assert!(ours.has_below("f/".into()) && !ours.has_below("g/".into()));
    }
}
