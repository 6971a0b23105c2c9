//! Paths without `..`, found by their parts: the disk is not asked.

use camino::{Utf8Path, Utf8PathBuf};

/// A path from a folder, both below one root; a `/` in front means that root. `None` if it leaves it.
#[must_use]
pub fn path_from(folder: &Utf8Path, path: &str) -> Option<Utf8PathBuf> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.components().map(|part| part.as_str()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.iter().collect())
}
