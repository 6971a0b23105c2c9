//! Reading a project as it is at another revision, from git's own store: nothing is checked out and
//! nothing is written.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use thiserror::Error;

use super::files::{Files, Origin};
use super::git::{GitError, git, git_command, is_in_repository, not_started};
use super::path::path_from;
use super::read::{MAX_BINARY_BYTES, ReadFault, ReadFaultKind, is_content_path};

/// Why a revision could not be read.
#[derive(Debug, Error)]
pub enum RevisionError {
    #[error("`git` was not found; comparing with another revision needs it (https://git-scm.com)")]
    GitMissing,
    #[error("`{0}` lies in no git repository, so there is no revision to compare with")]
    NoRepository(Utf8PathBuf),
    #[error(
        "there is no revision `{0}` in this repository\n\
         help: name a branch, a tag or a commit; in CI it may have to be fetched first (`fetch-depth: 0`)"
    )]
    NoRevision(String),
    #[error("git could not read the revision: {0}")]
    Failed(String),
}

/// The files that a build would read at a revision of the repository that the project lies in.
///
/// # Errors
/// [`RevisionError`] when there is no git, no repository or no such revision.
pub fn read_revision(root: &Utf8Path, revision: &str) -> Result<(Files, Vec<ReadFault>), RevisionError> {
    read_part(root, revision, is_content_path)
}

/// Every file of the repository, or of the folder of it that `root` is, at a revision.
///
/// # Errors
/// As [`read_revision`].
pub fn read_whole_revision(
    root: &Utf8Path,
    revision: &str,
) -> Result<(Files, Vec<ReadFault>), RevisionError> {
    read_part(root, revision, |path| !path.components().any(|part| part.as_str() == "node_modules"))
}

fn read_part(
    root: &Utf8Path,
    revision: &str,
    keeps: impl Fn(&Utf8Path) -> bool,
) -> Result<(Files, Vec<ReadFault>), RevisionError> {
    check_repository(root)?;
    let wanted = format!("{revision}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", wanted.as_str()];
    let commit = git(root, &verify)?.ok_or_else(|| RevisionError::NoRevision(revision.to_owned()))?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    // Paths come relative to the project's folder, wherever in the repository that is.
    let listed = git(root, &["ls-tree", "-r", "-z", "--long", &commit])?;
    let listed = listed.ok_or_else(|| RevisionError::Failed("the tree cannot be listed".to_owned()))?;
    let (entries, mut faults) = entries(&listed, keeps);
    let mut contents = read_objects(root, &entries)?;
    follow_links(&mut contents, &mut faults);
    let mut files = Files::default();
    for (path, (bytes, kind)) in contents {
        files.add(path, &bytes, Origin::Project, kind == Kind::Executable);
    }
    Ok((files, faults))
}

fn check_repository(root: &Utf8Path) -> Result<(), RevisionError> {
    if is_in_repository(root)? { Ok(()) } else { Err(RevisionError::NoRepository(root.to_owned())) }
}

impl From<GitError> for RevisionError {
    fn from(error: GitError) -> Self {
        match error {
            GitError::Missing => Self::GitMissing,
            GitError::Failed(said) => Self::Failed(said),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Executable,
    Link,
}

struct Entry {
    path: Utf8PathBuf,
    object: String,
    kind: Kind,
}

type Contents = BTreeMap<Utf8PathBuf, (Vec<u8>, Kind)>;

/// The files of a listing that a build reads: `mode type object size<TAB>path<NUL>` each.
fn entries(listed: &[u8], keeps: impl Fn(&Utf8Path) -> bool) -> (Vec<Entry>, Vec<ReadFault>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
        let head = String::from_utf8_lossy(&line[..tab]);
        let Ok(path) = std::str::from_utf8(&line[tab + 1..]) else {
            let path = String::from_utf8_lossy(&line[tab + 1..]).into_owned().into();
            faults.push(ReadFault { path, kind: ReadFaultKind::NameNotUtf8 });
            continue;
        };
        let path = Utf8PathBuf::from(path);
        let mut words = head.split_whitespace();
        let (Some(mode), Some("blob"), Some(object)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let size = words.next().and_then(|size| size.parse().ok()).unwrap_or(0);
        if !keeps(&path) {
            continue;
        }
        if size > MAX_BINARY_BYTES {
            faults.push(ReadFault { path, kind: ReadFaultKind::TooLarge(size) });
            continue;
        }
        let kind = match mode {
            "120000" => Kind::Link,
            "100755" => Kind::Executable,
            _ => Kind::Plain,
        };
        found.push(Entry { path, object: object.to_owned(), kind });
    }
    (found, faults)
}

/// The contents of all entries, in one run of git.
fn read_objects(root: &Utf8Path, entries: &[Entry]) -> Result<Contents, RevisionError> {
    let mut child = git_command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let read = exchange(&mut child, entries);
    // It ends when its input does; whether it was content with us no longer matters.
    let _ = child.wait();
    read
}

fn exchange(child: &mut Child, entries: &[Entry]) -> Result<Contents, RevisionError> {
    let broken = || RevisionError::Failed("git ended too early".to_owned());
    let mut input = child.stdin.take().ok_or_else(broken)?;
    let mut output = BufReader::new(child.stdout.take().ok_or_else(broken)?);
    let names: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
    // Written from another thread: git answers while it is still being asked.
    let asking = std::thread::spawn(move || input.write_all(names.as_bytes()));
    let mut contents = Contents::new();
    for entry in entries {
        let mut head = String::new();
        output.read_line(&mut head).map_err(|_| broken())?;
        let size: usize =
            head.split_whitespace().nth(2).and_then(|size| size.parse().ok()).ok_or_else(broken)?;
        let mut bytes = vec![0; size + 1];
        output.read_exact(&mut bytes).map_err(|_| broken())?;
        bytes.truncate(size);
        contents.insert(entry.path.clone(), (bytes, entry.kind));
    }
    let _ = asking.join();
    Ok(contents)
}

/// Replaces links to files and folders of the project by what they lead to.
fn follow_links(contents: &mut Contents, faults: &mut Vec<ReadFault>) {
    let links: Vec<(Utf8PathBuf, String)> = contents
        .iter()
        .filter(|(_, (_, kind))| *kind == Kind::Link)
        .map(|(path, (target, _))| (path.clone(), String::from_utf8_lossy(target).into_owned()))
        .collect();
    for (path, _) in &links {
        contents.remove(path);
    }
    for (path, target) in links {
        let Some(real) = resolve(&path, &target) else {
            faults.push(ReadFault { path, kind: ReadFaultKind::LinkLeavesTree });
            continue;
        };
        let found: Vec<(Utf8PathBuf, (Vec<u8>, Kind))> = contents
            .iter()
            .filter_map(|(known, content)| {
                let inside = known.strip_prefix(&real).ok()?;
                let place = if inside.as_str().is_empty() { path.clone() } else { path.join(inside) };
                Some((place, content.clone()))
            })
            .collect();
        if found.is_empty() {
            faults.push(ReadFault { path, kind: ReadFaultKind::BrokenLink });
        }
        contents.extend(found);
    }
}

/// The path that a link's target names; `None` if it leaves the project.
fn resolve(link: &Utf8Path, target: &str) -> Option<Utf8PathBuf> {
    if target.starts_with('/') { None } else { path_from(link.parent()?, target) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_and_narrowed_to_content() {
        let listed = b"100644 blob aa  12\tcontent/a b.md\x00100755 blob bb   3\tcontent/x.sh\x00120000 blob cc 4\tcontent/l\x00100644 blob dd 1\tsrc/main.rs\x00160000 commit ee -\tcontent/sub\x00100644 blob ff 99999999\tcontent/big\x00";
        let (entries, faults) = entries(listed, is_content_path);
        let names: Vec<(&str, Kind)> = entries.iter().map(|it| (it.path.as_str(), it.kind)).collect();
        assert_eq!(
            names,
            [("content/a b.md", Kind::Plain), ("content/x.sh", Kind::Executable), ("content/l", Kind::Link)]
        );
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn links_lead_to_files_and_folders_inside() {
        let mut contents: Contents = [
            ("content/a/x", "1", Kind::Plain),
            ("content/b", "a", Kind::Link),
            ("content/c/y", "../a/x", Kind::Link),
            ("content/d", "../../out", Kind::Link),
            ("content/e", "nowhere", Kind::Link),
        ]
        .into_iter()
        .map(|(path, text, kind)| (path.into(), (text.as_bytes().to_vec(), kind)))
        .collect();
        let mut faults = Vec::new();
        follow_links(&mut contents, &mut faults);
        let paths: Vec<&str> = contents.keys().map(|path| path.as_str()).collect();
        assert_eq!(paths, ["content/a/x", "content/b/x", "content/c/y"]);
        let kinds: Vec<&ReadFaultKind> = faults.iter().map(|fault| &fault.kind).collect();
        assert_eq!(kinds, [&ReadFaultKind::LinkLeavesTree, &ReadFaultKind::BrokenLink]);
    }
}
