//! The stamp of the last build that came out clean: what it read and what it wrote, by size and time.
//! While nothing of both has changed, a build has nothing to do. `.scenarist/stamp.json`; thrown away,
//! the next build looks at everything.

#![expect(clippy::disallowed_methods, reason = "the writer of the disk")]

use std::fs;

use camino::Utf8Path;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::disk::{self, Kind};
use super::error::WriteError;
use crate::emit::tree::{OutputFile, OutputTree};
use crate::source::{FILES_AT_ONCE, Seen, see_sources};

const FILE: &str = ".scenarist/stamp.json";

/// What a clean build left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The program and what it was asked for: another one may make something else.
    made_by: String,
    sources: Vec<Seen>,
    outputs: Vec<Seen>,
}

impl Stamp {
    /// The stamp of a build, just written. `sources` are as they were read, and outputs as they were written,
    /// to be moved to where they belong: what has changed since differs from them. `None` if a file changed so
    /// shortly before that one could not tell.
    #[must_use]
    pub fn of_build(
        root: &Utf8Path,
        made_by: &str,
        sources: Option<Vec<Seen>>,
        tree: &OutputTree,
    ) -> Option<Self> {
        let sources = sources?;
        let see = |(path, file): &(&Utf8Path, &OutputFile)| file.movable()?.seen_as(path);
        let outputs: Vec<_> = tree.iter().collect();
        let outputs = outputs.par_iter().with_max_len(FILES_AT_ONCE);
        let outputs = outputs.map(|output| see(output).or_else(|| Seen::now(root, output.0)));
        let outputs = outputs.collect::<Option<_>>()?;
        Some(Self { made_by: made_by.to_owned(), sources, outputs })
    }

    /// The stamp of a project whose sources and outputs are still those that it names. `None` if there is
    /// none, it is damaged, or anything differs.
    #[must_use]
    pub fn if_current(root: &Utf8Path, made_by: &str) -> Option<Self> {
        let bytes = fs::read(root.join(FILE)).ok()?;
        let stamp: Self = serde_json::from_slice(&bytes).ok()?;
        if stamp.made_by != made_by {
            return None;
        }
        let is_there = |file: &Seen| Seen::now(root, &file.path).as_ref() == Some(file);
        let (sources, are_there) =
            rayon::join(|| see_sources(root), || stamp.outputs.par_iter().all(is_there));
        (are_there && sources? == stamp.sources).then_some(stamp)
    }

    /// The outputs by path, in order.
    pub fn outputs(&self) -> impl Iterator<Item = &Utf8Path> {
        self.outputs.iter().map(|file| file.path.as_path())
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`WriteError`] when the system refuses.
    pub fn save(&self, root: &Utf8Path) -> Result<(), WriteError> {
        // Paths, numbers and truths can always be written.
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        disk::write_whole(root, FILE.into(), &bytes, Kind::Output { executable: false })
    }

    /// Takes the stamp of an earlier build away, before anything is written.
    ///
    /// # Errors
    /// [`WriteError`] when the system refuses.
    pub fn remove(root: &Utf8Path) -> Result<(), WriteError> {
        disk::remove(root, FILE.into())
    }
}
