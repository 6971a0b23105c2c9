//! The record of which files builds have made: `.scenarist/manifest.json`. It decides what may be
//! removed, never what is up to date; that is read from the files themselves.

#![expect(clippy::disallowed_methods, reason = "the writer of the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use blake3::Hash;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};

use super::disk::{self, Kind};
use super::error::WriteError;
use crate::emit::tree::{OutputTree, is_output_path};
use crate::source::PathMap;

/// The one folder of a project that builds write into.
pub const OUTPUT_FOLDER: &str = "dist";

/// The folder for caches and this record. It can be thrown away: that costs time, and obsolete
/// outputs are then files like any other.
pub const CACHE_FOLDER: &str = ".scenarist";

const FILE: &str = ".scenarist/manifest.json";

/// Stands for what is no hash in a record that somebody edited: no content has it.
const NO_HASH: Hash = Hash::from_bytes([0; 32]);

/// Path of each file we made → blake3 hash of what we wrote, in hexadecimal. The hash is `None`
/// from before a file is written until the run is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: PathMap<Option<Hash>>,
}

impl Manifest {
    /// Reads the record of a project. One that is missing or damaged is empty. Entries outside the
    /// output folder are dropped: a hand-edited record must not get a source file removed.
    ///
    /// # Errors
    /// [`WriteError::Read`] when the file is there and the system refuses to read it.
    pub fn load(root: &Utf8Path) -> Result<Self, WriteError> {
        let bytes = match fs::read(root.join(FILE)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(WriteError::read(FILE.into(), error)),
        };
        let files: BTreeMap<String, Option<String>> = serde_json::from_slice(&bytes).unwrap_or_default();
        let files = files.into_iter().filter(|(path, _)| is_inside_output(path.as_str().into()));
        let read = |hash: String| Hash::from_hex(hash).unwrap_or(NO_HASH);
        Ok(Self { files: files.map(|(path, hash)| (path.into(), hash.map(read))).collect() })
    }

    /// The part of the record that a build is about. What the rest names stays as it is, on disk
    /// and in the record.
    #[must_use]
    pub fn part(mut self, is_meant: impl Fn(&Utf8Path) -> bool) -> Self {
        self.files.retain(|path, _| is_meant(path));
        self
    }

    /// Whether a build made the file with this path.
    #[must_use]
    pub fn contains(&self, path: &Utf8Path) -> bool {
        self.files.contains(path)
    }

    /// The paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.files.paths()
    }

    /// Whether `bytes`, found at this path, are known to be something else than what we wrote.
    pub(super) fn was_edited(&self, path: &Utf8Path, bytes: &[u8]) -> bool {
        self.files.get(path).copied().flatten().is_some_and(|known| known != blake3::hash(bytes))
    }

    /// The record of a run that is complete.
    pub(super) fn of_tree(tree: &OutputTree) -> Self {
        let all: Vec<_> = tree.iter().collect();
        let files = all.into_par_iter().map(|(path, file)| (path.to_owned(), Some(file.content.hash())));
        Self { files: files.collect::<Vec<_>>().into_iter().collect() }
    }

    /// The same record while some of its files are about to be written.
    pub(super) fn before<'p>(&self, written: impl Iterator<Item = &'p Utf8PathBuf>) -> Self {
        let written: FxHashSet<&str> = written.map(|path| path.as_str()).collect();
        let mut before = self.clone();
        let files = before.files.iter_mut().filter(|(path, _)| written.contains(path.as_str()));
        files.for_each(|(_, hash)| *hash = None);
        before
    }

    /// Takes over the entries of `other` that are not here and that `skip` does not know.
    pub(super) fn adopt(&mut self, other: &Self, skip: &Self) {
        for (path, hash) in other.files.iter().filter(|(path, _)| !skip.contains(path)) {
            self.files.get_or_insert_with(path, || *hash);
        }
    }

    /// The record as it is written.
    pub(super) fn print(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a map of strings is JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Writes a record that was printed, all of it or nothing.
    pub(super) fn save(root: &Utf8Path, printed: &[u8]) -> Result<(), WriteError> {
        disk::write_whole(root, FILE.into(), printed, Kind::Record)
    }
}

impl Serialize for Manifest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Hex(Hash);
        impl Serialize for Hex {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0.to_hex())
            }
        }
        serializer.collect_map(self.files.iter().map(|(path, hash)| (path, hash.map(Hex))))
    }
}

/// Whether a path is one that builds write: well formed and below the output folder.
pub(super) fn is_inside_output(path: &Utf8Path) -> bool {
    is_output_path(path) && path.strip_prefix(OUTPUT_FOLDER).is_ok_and(|rest| !rest.as_str().is_empty())
}
