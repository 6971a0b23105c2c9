//! The record of what was published, in the repository itself: other machines publish, too, and CI
//! has nothing else. One line for each file, in path order, so that a diff of it can be read.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::built::is_reserved;
use super::checkout::Checkout;
use super::error::PublishError;
use super::state::{Looker, Modes, State, content_hash};
use crate::emit::tree::{OutputFile, is_output_path};

/// Its path in the repository.
pub const MANIFEST: &str = ".scenarist-published.json";

/// Rises when a key changes its meaning.
const VERSION: u32 = 1;

const ABOUT: &str = "files that `scenarist publish` keeps up to date; commit this, do not edit it";

/// A file of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Of what was published; of a kept file, of what was built when somebody decided to keep theirs.
    pub blake3: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub executable: bool,
    /// Somebody decided that the repository's version stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

impl Entry {
    /// Of a file as it was built, also where the disk does not know what can be run.
    pub(super) fn of(file: &OutputFile) -> Self {
        Self { blake3: content_hash(&file.bytes()), executable: file.executable, kept: false }
    }

    /// What lies there if nobody has changed it.
    pub(super) fn state(&self, modes: Modes) -> State {
        State::File { hash: self.blake3.clone(), executable: self.executable && modes.are_known }
    }
}

/// What was published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub(super) files: BTreeMap<Utf8PathBuf, Entry>,
    /// Id of a scenario → its folder.
    pub(super) scenarios: BTreeMap<String, String>,
    /// Folder that a scenario has left → its id.
    pub(super) pointers: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Document {
    scenarios: BTreeMap<String, String>,
    #[serde(default)]
    pointers: BTreeMap<String, String>,
    files: BTreeMap<Utf8PathBuf, Entry>,
}

impl Published {
    /// The record in a checkout; `None` if nothing was published there.
    ///
    /// # Errors
    /// [`PublishError`] when it is there and cannot be used. To go on without it would mean to take
    /// every file of ours for somebody else's.
    pub fn load(checkout: &Checkout) -> Result<Option<Self>, PublishError> {
        match Looker::new(checkout).look(MANIFEST.into())? {
            (State::Nothing, _) => Ok(None),
            (State::File { .. }, Some(bytes)) => Self::parse(&bytes).map(Some),
            _ => Err(bad("it is no plain file")),
        }
    }

    /// Reads the text of a record.
    ///
    /// # Errors
    /// [`PublishError::BadManifest`], [`PublishError::Newer`].
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, PublishError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let unreadable = |error: serde_json::Error| bad(error.to_string());
        let Version { version } = serde_json::from_slice(bytes).map_err(unreadable)?;
        if version > VERSION {
            return Err(PublishError::Newer { what: format!("`{MANIFEST}` in the repository") });
        }
        let Document { scenarios, pointers, files } = serde_json::from_slice(bytes).map_err(unreadable)?;
        // Files are removed because they stand here.
        if let Some(path) = files.keys().find(|path| !is_output_path(path) || is_reserved(path)) {
            return Err(bad(format!("it lists `{path}`, which cannot be a file of ours")));
        }
        Ok(Self { files, scenarios, pointers })
    }

    /// The text of the record.
    pub(super) fn print(&self) -> Vec<u8> {
        fn lines<K: Serialize, V: Serialize>(entries: &BTreeMap<K, V>) -> String {
            let line = |(key, value): (&K, &V)| format!("    {}: {}", json(key), json(value));
            let lines: Vec<String> = entries.iter().map(line).collect();
            if lines.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n  }}", lines.join(",\n")) }
        }
        format!(
            "{{\n  \"about\": \"{ABOUT}\",\n  \"version\": {VERSION},\n  \"scenarios\": {},\n  \"pointers\": {},\n  \"files\": {}\n}}\n",
            lines(&self.scenarios),
            lines(&self.pointers),
            lines(&self.files)
        )
        .into_bytes()
    }

    /// Whether what lies at a path is what was published there.
    pub(super) fn is_published(&self, path: &Utf8Path, found: &State, modes: Modes) -> bool {
        self.files.get(path).is_some_and(|entry| !entry.kept && entry.state(modes) == *found)
    }

    /// The paths of the files in order, but for those that stay as the repository has them.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.files.iter().filter(|(_, entry)| !entry.kept).map(|(path, _)| path.as_path())
    }

    /// The paths of the files that stay as the repository has them.
    #[must_use]
    pub fn kept(&self) -> BTreeSet<&Utf8Path> {
        self.files.iter().filter(|(_, entry)| entry.kept).map(|(path, _)| path.as_path()).collect()
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and truths are JSON")
}

fn bad(reason: impl Into<String>) -> PublishError {
    PublishError::BadManifest { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Published {
        let entry = |kept| Entry { blake3: "00".to_owned(), executable: kept, kept };
        Published {
            files: [("b/ü \"q\".md".into(), entry(false)), ("a".into(), entry(true))].into(),
            scenarios: [("one".to_owned(), "scenario-01-one".to_owned())].into(),
            pointers: BTreeMap::new(),
        }
    }

    #[test]
    fn a_record_is_one_line_for_each_file_and_reads_back() {
        let printed = String::from_utf8(example().print()).expect("UTF-8");
        let expected = r#"{
  "about": "files that `scenarist publish` keeps up to date; commit this, do not edit it",
  "version": 1,
  "scenarios": {
    "one": "scenario-01-one"
  },
  "pointers": {},
  "files": {
    "a": {"blake3":"00","executable":true,"kept":true},
    "b/ü \"q\".md": {"blake3":"00"}
  }
}
"#;
        assert_eq!(printed, expected);
        assert_eq!(Published::parse(printed.as_bytes()).expect("a record"), example());
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let refused = |text: &str| Published::parse(text.as_bytes()).expect_err("refused").to_string();
        assert!(refused("<<<<<<< HEAD\n").contains("git checkout HEAD"));
        assert!(refused("{\"version\": 2}").contains("newer version"));
        assert!(refused("{\"version\": 1}").contains("missing field"));
        for path in ["../x", "/etc/passwd", ".git/config", "a/.GIT/x", MANIFEST, "a/../../x"] {
            let text = format!(
                "{{\"version\": 1, \"scenarios\": {{}}, \"files\": {{\"{path}\": {{\"blake3\": \"0\"}}}}}}"
            );
            assert!(refused(&text).contains("cannot be a file of ours"), "{path}");
        }
    }
}
