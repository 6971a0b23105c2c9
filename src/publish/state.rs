//! What is at a path of a checkout, in a form that two moments, or a record and a disk, can be
//! compared by.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::checkout::Checkout;
use crate::write::WriteError;
use crate::write::disk::{self, Found};

/// What is at a path. Links are not followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Nothing,
    File {
        hash: String,
        executable: bool,
    },
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Other,
    /// A link or a file where one of its folders would be: what lies there is not ours to look at.
    Blocked,
}

impl State {
    pub(super) fn file(bytes: &[u8], executable: bool) -> Self {
        Self::File { hash: content_hash(bytes), executable }
    }
}

/// Whether a checkout knows which of its files can be run. On Windows, and on its disks, none does; then
/// all count as files that cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Modes {
    pub are_known: bool,
}

impl Modes {
    /// What is at the place of a file like this.
    pub(super) fn file(self, bytes: &[u8], executable: bool) -> State {
        State::file(bytes, executable && self.are_known)
    }
}

/// A content's hash. A text whose lines all end in CRLF counts as the same with LF: git makes the one
/// from the other in checkouts on Windows, and nobody edited anything.
pub(super) fn content_hash(bytes: &[u8]) -> String {
    disk::hash(&without_carriage_returns(bytes))
}

fn without_carriage_returns(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut before = None;
    let mut found = false;
    for byte in bytes {
        match (byte, before) {
            // The second is what git takes for a sign that this is no text.
            (b'\n', before) if before != Some(b'\r') => return Cow::Borrowed(bytes),
            (0, _) => return Cow::Borrowed(bytes),
            (b'\n', _) => found = true,
            // One that is not before a line feed would be lost.
            (_, Some(b'\r')) => return Cow::Borrowed(bytes),
            _ => {}
        }
        before = Some(*byte);
    }
    if !found || before == Some(b'\r') {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(bytes.iter().copied().filter(|byte| *byte != b'\r').collect())
}

/// Looks at paths of a checkout, and never through a link.
pub(super) struct Looker<'a> {
    root: &'a Utf8Path,
    modes: Modes,
    /// Folder → whether it is a real one, reached through real ones. `None`: nothing is there.
    folders: BTreeMap<Utf8PathBuf, Option<bool>>,
}

impl<'a> Looker<'a> {
    pub(super) fn new(checkout: &'a Checkout) -> Self {
        Self { root: checkout.root(), modes: checkout.modes(), folders: BTreeMap::new() }
    }

    /// What is at a path, and its bytes if it is a file.
    pub(super) fn look(&mut self, path: &Utf8Path) -> Result<(State, Option<Vec<u8>>), WriteError> {
        match self.is_real(path.parent().unwrap_or(Utf8Path::new("")))? {
            Some(true) => {}
            Some(false) => return Ok((State::Blocked, None)),
            None => return Ok((State::Nothing, None)),
        }
        Ok(match disk::look(self.root, path)? {
            Found::Nothing => (State::Nothing, None),
            Found::Folder => (State::Folder, None),
            Found::Link => (State::Link, None),
            Found::Other => (State::Other, None),
            Found::File { executable } => {
                let bytes = disk::read(self.root, path)?;
                (self.modes.file(&bytes, executable), Some(bytes))
            }
        })
    }

    /// The nearest folder above a path that is none.
    pub(super) fn obstacle(&mut self, path: &Utf8Path) -> Result<Option<Utf8PathBuf>, WriteError> {
        let folders: Vec<&Utf8Path> = path.ancestors().skip(1).collect();
        for folder in folders.into_iter().rev() {
            if self.is_real(folder)? == Some(false) {
                return Ok(Some(folder.to_owned()));
            }
        }
        Ok(None)
    }

    fn is_real(&mut self, folder: &Utf8Path) -> Result<Option<bool>, WriteError> {
        if folder.as_str().is_empty() {
            return Ok(Some(true));
        }
        if let Some(known) = self.folders.get(folder) {
            return Ok(*known);
        }
        let above = self.is_real(folder.parent().unwrap_or(Utf8Path::new("")))?;
        let found = match above {
            Some(true) => match disk::look(self.root, folder)? {
                Found::Folder => Some(true),
                Found::Nothing => None,
                Found::File { .. } | Found::Link | Found::Other => Some(false),
            },
            other => other,
        };
        self.folders.insert(folder.to_owned(), found);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_windows_count_as_none() {
        let same = |a: &str, b: &str| content_hash(a.as_bytes()) == content_hash(b.as_bytes());
        assert!(same("a\nb\n", "a\r\nb\r\n") && same("\n", "\r\n") && same("a\nb", "a\r\nb"));
        assert!(!same("a\nb\n", "a\r\nb\n"), "a mixture is somebody's edit");
        assert!(!same("a\nb\n", "a\r\r\nb\r\n") && !same("ab\n", "a\rb\r\n") && !same("a\n", "a\r\n\r"));
        assert!(!same("\0\n", "\0\r\n"), "no text");
        assert!(!same("a", "a\r"));
    }
}
