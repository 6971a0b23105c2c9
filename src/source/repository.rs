//! Reading a whole repository that is no project of ours: in a git checkout every file that git knows or
//! would take, else everything below the folder.

#![expect(clippy::disallowed_methods, reason = "a reader of the disk")]

use std::collections::BTreeSet;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::files::{Files, Normalised, Origin};
use super::git::git;
use super::read::{MAX_BINARY_BYTES, ReadFault, ReadFaultKind};
use super::state::is_executable;

/// Folders that are never part of a repository.
const PASSED_OVER: [&str; 2] = [".git", "node_modules"];

/// Reads every file of a repository: text is normalised, everything else kept as bytes. Links are not
/// followed; each is a fault, like whatever cannot be read.
#[must_use]
pub fn read_repository_dir(root: &Utf8Path) -> (Files, Vec<ReadFault>) {
    let mut faults = Vec::new();
    let paths = listed_by_git(root, &mut faults).filter(|paths| !paths.is_empty());
    let paths = paths.unwrap_or_else(|| walked(root, &mut faults));
    let read: Vec<Option<Result<Found, ReadFault>>> =
        paths.into_par_iter().map(|path| read_one(root, path)).collect();
    let mut files = Files::default();
    for result in read.into_iter().flatten() {
        match result {
            Ok(Found { path, content, executable }) => {
                files.add_normalised(path, content, Origin::Project, executable);
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults.sort_by(|a, b| a.path.cmp(&b.path));
    faults.dedup();
    (files, faults)
}

struct Found {
    path: Utf8PathBuf,
    content: Normalised,
    executable: bool,
}

/// What git knows, and what it would take: everything but what `.gitignore` leaves out. `None` where there
/// is no git or no checkout.
fn listed_by_git(root: &Utf8Path, faults: &mut Vec<ReadFault>) -> Option<BTreeSet<Utf8PathBuf>> {
    let listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    Some(from_listing(&git(root, &listing).ok()??, faults))
}

/// The paths of a listing, each ended by a zero byte.
fn from_listing(listed: &[u8], faults: &mut Vec<ReadFault>) -> BTreeSet<Utf8PathBuf> {
    let mut paths = BTreeSet::new();
    for name in listed.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        match std::str::from_utf8(name) {
            Ok(path) => {
                let path = Utf8PathBuf::from(path.trim_end_matches('/'));
                if !path.components().any(|part| PASSED_OVER.contains(&part.as_str())) {
                    paths.insert(path);
                }
            }
            Err(_) => {
                let path = String::from_utf8_lossy(name).into_owned().into();
                faults.push(ReadFault { path, kind: ReadFaultKind::NameNotUtf8 });
            }
        }
    }
    paths
}

/// Every file and link below a folder.
fn walked(root: &Utf8Path, faults: &mut Vec<ReadFault>) -> BTreeSet<Utf8PathBuf> {
    let mut paths = BTreeSet::new();
    let walk = WalkDir::new(root).min_depth(1).into_iter();
    let is_kept = |name: &str| !PASSED_OVER.contains(&name);
    for entry in walk.filter_entry(|entry| is_kept(&entry.file_name().to_string_lossy())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match Utf8Path::from_path(entry.path()) {
                Some(path) => {
                    paths.insert(path.strip_prefix(root).unwrap_or(path).to_owned());
                }
                None => {
                    let shown = entry.path().to_string_lossy().into_owned();
                    let path = Utf8Path::new(&shown);
                    let path = path.strip_prefix(root).unwrap_or(path).to_owned();
                    faults.push(ReadFault { path, kind: ReadFaultKind::NameNotUtf8 });
                }
            },
            Err(error) => {
                let shown = error.path().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
                let path = Utf8Path::new(&shown);
                let path = path.strip_prefix(root).unwrap_or(path).to_owned();
                faults.push(ReadFault { path, kind: ReadFaultKind::Unreadable(error.to_string()) });
            }
        }
    }
    paths
}

/// A file; `None` for one that git knows and that was deleted, and for a repository in the repository.
fn read_one(root: &Utf8Path, path: Utf8PathBuf) -> Option<Result<Found, ReadFault>> {
    let place = root.join(&path);
    let meta = match fs::symlink_metadata(&place) {
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            return Some(Err(ReadFault { path, kind: ReadFaultKind::Unreadable(error.to_string()) }));
        }
    };
    if meta.is_symlink() {
        return Some(Err(ReadFault { path, kind: ReadFaultKind::LinkNotFollowed }));
    }
    if meta.is_dir() {
        return None;
    }
    if !meta.is_file() {
        let kind = ReadFaultKind::Unreadable("it is no file".to_owned());
        return Some(Err(ReadFault { path, kind }));
    }
    if meta.len() > MAX_BINARY_BYTES {
        return Some(Err(ReadFault { path, kind: ReadFaultKind::TooLarge(meta.len()) }));
    }
    Some(match fs::read(&place) {
        Ok(bytes) => Ok(Found { path, content: Normalised::of(&bytes), executable: is_executable(&meta) }),
        Err(error) => Err(ReadFault { path, kind: ReadFaultKind::Unreadable(error.to_string()) }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_cut_at_zero_bytes() {
        let mut faults = Vec::new();
        let listed = b"b c.md\0a/x.js\0a/x.js\0sub/\0a/node_modules/y.js\0bad\xff\0";
        let paths = from_listing(listed, &mut faults);
        let paths: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
        assert_eq!(paths, ["a/x.js", "b c.md", "sub"]);
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn a_folder_without_git_is_walked() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("utf-8");
        for (path, bytes) in [
            ("README.md", &b"\xEF\xBB\xBFa\r\nb"[..]),
            (".devcontainer/a/devcontainer.json", b"{}"),
            ("a/node_modules/x.js", b"x"),
            ("a/logo.png", b"\x89PNG\xff"),
        ] {
            let place = root.join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, bytes).expect("a file");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("README.md", root.join("link.md")).expect("a link");
        let mut none = Vec::new();
        let paths = walked(root, &mut none);
        let names: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
        assert_eq!(names, [".devcontainer/a/devcontainer.json", "README.md", "a/logo.png", "link.md"]);
        let (files, faults) = read_repository_dir(root);
        let readme = files.find("README.md").expect("the README");
        assert_eq!(files.text(readme), Ok("a\nb"));
        assert_eq!(files.original(readme), b"\xEF\xBB\xBFa\r\nb");
        let kinds: Vec<&ReadFaultKind> = faults.iter().map(|fault| &fault.kind).collect();
        assert_eq!(kinds, [&ReadFaultKind::LinkNotFollowed]);
    }
}
