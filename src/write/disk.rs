//! The few things done to the disk: look without following links, write whole or not at all,
//! remove. Paths are relative to a root, the project's or that of a checkout, and so are those in
//! errors.

#![expect(clippy::disallowed_methods, reason = "the writer of the disk")]

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::error::WriteError;

/// Start of the names that files have while they are written.
const TEMPORARY: &str = ".scenarist-tmp-";

/// What is at a path; a link is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    File {
        executable: bool,
    },
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Output {
        executable: bool,
    },
    /// A file in somebody's repository: as [`Kind::Output`], and on the disk before anything else
    /// happens.
    Published {
        executable: bool,
    },
    /// Our own record. It has to survive a power cut as well, because nothing can rebuild it; an
    /// output that a power cut damaged is seen and replaced by the next run, and waiting for the
    /// disk once per output would take most of a build's time.
    Record,
}

/// What is at `path`.
pub(crate) fn look(root: &Utf8Path, path: &Utf8Path) -> Result<Found, WriteError> {
    match fs::symlink_metadata(root.join(path)) {
        Ok(meta) if meta.is_symlink() => Ok(Found::Link),
        Ok(meta) if meta.is_dir() => Ok(Found::Folder),
        Ok(meta) if meta.is_file() => Ok(Found::File { executable: is_executable(&meta) }),
        Ok(_) => Ok(Found::Other),
        Err(error) if is_absence(&error) => Ok(Found::Nothing),
        Err(error) => Err(WriteError::read(path, error)),
    }
}

/// The bytes of a file.
pub(crate) fn read(root: &Utf8Path, path: &Utf8Path) -> Result<Vec<u8>, WriteError> {
    fs::read(root.join(path)).map_err(|error| WriteError::read(path, error))
}

/// What is directly in a folder, sorted; nothing when there is no such folder. A name that is not
/// UTF-8 cannot be ours and appears with its readable part.
pub(crate) fn list(root: &Utf8Path, folder: &Utf8Path) -> Result<Vec<(Utf8PathBuf, bool)>, WriteError> {
    let refused = |error| WriteError::read(folder, error);
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if is_absence(&error) => return Ok(Vec::new()),
        Err(error) => return Err(refused(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(refused)?;
        let is_folder = entry.file_type().map_err(refused)?.is_dir();
        found.push((folder.join(&*entry.file_name().to_string_lossy()), is_folder));
    }
    found.sort();
    Ok(found)
}

/// Whether this is the name of a file that a run was writing when it was cut off.
pub(crate) fn is_temporary(path: &Utf8Path) -> bool {
    let number = path.file_name().and_then(|name| name.strip_prefix(TEMPORARY));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Writes a file under another name beside its place and moves it there, so that whoever looks
/// sees the old content or the new, never a part. A link at the place is replaced.
pub(crate) fn write_whole(
    root: &Utf8Path,
    path: &Utf8Path,
    bytes: &[u8],
    kind: Kind,
) -> Result<(), WriteError> {
    let refused = |error| WriteError::write(path, error);
    let target = root.join(path);
    let folder = target.parent().unwrap_or(root);
    let (temporary, file) = in_its_folder(&target, || create_temporary(folder, kind)).map_err(refused)?;
    let moved = fill(file, bytes, kind).and_then(|_| fs::rename(&temporary, &target));
    moved.map_err(|error| {
        // On a full disk this is what gives the space back; should it fail too, the next run
        // finds the file by its name.
        let _ = fs::remove_file(&temporary);
        refused(error)
    })
}

/// Writes a file where none is, and gives what the system knows of it. What cannot be written as a whole is
/// removed.
pub(crate) fn write_new(
    root: &Utf8Path,
    path: &Utf8Path,
    bytes: &[u8],
    executable: bool,
) -> io::Result<Option<Metadata>> {
    let kind = Kind::Output { executable };
    let target = root.join(path);
    let file = in_its_folder(&target, || new_file(kind).open(&target))?;
    fill(file, bytes, kind).inspect_err(|_| drop(fs::remove_file(&target)))
}

/// Moves a file, or a folder with all that is in it, on one disk. A file may be replaced, a folder with
/// something in it is not.
pub(crate) fn move_to(root: &Utf8Path, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let target = root.join(to);
    in_its_folder(&target, || fs::rename(root.join(from), &target))
}

/// Gives a file a second name where none is.
pub(crate) fn link(root: &Utf8Path, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let target = root.join(to);
    in_its_folder(&target, || fs::hard_link(root.join(from), &target))
}

/// Makes a file; its folder comes first only if it is missing, because most files have a neighbor.
fn in_its_folder<T>(target: &Utf8Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if is_absence(&error) => {
            fs::create_dir_all(target.parent().unwrap_or(target))?;
            make()
        }
        made => made,
    }
}

/// Makes a folder, and those above it, where there are none.
pub(crate) fn make_folders(root: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
    fs::create_dir_all(root.join(path))
}

/// Removes a folder with all that is in it; a link in its place goes alone.
pub(crate) fn remove_all(root: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
    fs::remove_dir_all(root.join(path))
}

fn create_temporary(folder: &Utf8Path, kind: Kind) -> io::Result<(Utf8PathBuf, File)> {
    let options = new_file(kind);
    let mut number = 0_u32;
    loop {
        let path = folder.join(format!("{TEMPORARY}{number}"));
        match options.open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

fn new_file(kind: Kind) -> OpenOptions {
    let mut options = OpenOptions::new();
    // `create_new` follows no link and opens no file that someone else is writing.
    options.write(true).create_new(true);
    let executable = matches!(kind, Kind::Output { executable: true } | Kind::Published { executable: true });
    set_mode(&mut options, executable);
    options
}

/// Closes the file too: some systems move no file that is open. Gives what the system knows of it by then.
fn fill(mut file: File, bytes: &[u8], kind: Kind) -> io::Result<Option<Metadata>> {
    file.write_all(bytes)?;
    file.flush()?;
    match kind {
        Kind::Record | Kind::Published { .. } => file.sync_all()?,
        Kind::Output { .. } => {}
    }
    Ok(file.metadata().ok())
}

/// Makes sure that the names in a folder are on the disk, where the system can do that.
pub(crate) fn settle_folder(root: &Utf8Path, folder: &Utf8Path) {
    if cfg!(unix) {
        let _ = File::open(root.join(folder)).and_then(|folder| folder.sync_all());
    }
}

/// A lock that is waited for, and held until the value is dropped; the system lets go of it when a
/// process ends in any way.
pub(crate) fn lock(root: &Utf8Path, path: &Utf8Path) -> Result<File, WriteError> {
    let refused = |error| WriteError::write(path, error);
    let target = root.join(path);
    fs::create_dir_all(target.parent().unwrap_or(root)).map_err(refused)?;
    let file = File::create(&target).map_err(refused)?;
    // Some network disks have no locks. Files are written whole there as well; only the record
    // of two runs at the same moment could miss a file.
    let _ = file.lock();
    Ok(file)
}

/// The lock at a path is another run's, or there can be none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unlocked;

/// A lock that is not waited for, in a folder that is there.
pub(crate) fn try_lock(root: &Utf8Path, path: &Utf8Path) -> Result<File, Unlocked> {
    let target = root.join(path);
    let file = File::create(&target).map_err(|_| Unlocked)?;
    file.try_lock().map_err(|_| Unlocked)?;
    // The run that had it before may have removed it after it was opened here.
    if is_at(&file, &target) { Ok(file) } else { Err(Unlocked) }
}

/// Removes the file of a lock that is held.
pub(crate) fn discard_lock(root: &Utf8Path, path: &Utf8Path) {
    let _ = fs::remove_file(root.join(path));
}

/// Whether an open file is the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |meta: Metadata| (meta.dev(), meta.ino());
    let found = fs::symlink_metadata(path).map(place).ok();
    found.is_some() && found == file.metadata().map(place).ok()
}

/// Elsewhere no open file is removed.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Utf8Path) -> bool {
    path.exists()
}

/// A content's blake3 hash, in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Removes a file or a link, not what the link points to. One that is gone already is fine.
pub(crate) fn remove(root: &Utf8Path, path: &Utf8Path) -> Result<(), WriteError> {
    let target = root.join(path);
    let removed = match fs::remove_file(&target) {
        // A link to a folder is itself a folder on Windows.
        Err(_) if cfg!(windows) && target.is_symlink() => fs::remove_dir(&target),
        other => other,
    };
    match removed {
        Err(error) if !is_absence(&error) => Err(WriteError::remove(path, error)),
        _ => Ok(()),
    }
}

/// Removes a folder if nothing is in it.
pub(crate) fn remove_if_empty(root: &Utf8Path, path: &Utf8Path) -> Result<(), WriteError> {
    match fs::remove_dir(root.join(path)) {
        Err(error) if is_absence(&error) || error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
        Err(error) => Err(WriteError::remove(path, error)),
        Ok(()) => Ok(()),
    }
}

/// Removes a folder and the folders in it, as long as there is no file in any of them.
pub(crate) fn remove_empty_folders(root: &Utf8Path, path: &Utf8Path) -> Result<(), WriteError> {
    for (child, is_folder) in list(root, path)? {
        if is_folder {
            remove_empty_folders(root, &child)?;
        }
    }
    remove_if_empty(root, path)
}

/// Whether two paths name one file, as `A` and `a` do on a disk that ignores case.
#[cfg(unix)]
pub(crate) fn is_same_file(root: &Utf8Path, one: &Utf8Path, other: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path| fs::symlink_metadata(root.join(path)).map(|meta| (meta.dev(), meta.ino())).ok();
    place(one).is_some_and(|found| place(other) == Some(found))
}

/// Elsewhere disks ignore case, so that paths that differ in nothing else name one file.
#[cfg(not(unix))]
pub(crate) fn is_same_file(root: &Utf8Path, one: &Utf8Path, other: &Utf8Path) -> bool {
    root.join(one).exists() && root.join(other).exists()
}

/// Nothing at the path, or a file where one of its folders would be.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether the owner can run the file.
#[cfg(unix)]
fn is_executable(meta: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o100 != 0
}

/// Asks for the usual rights; the system takes away what the user's umask says.
#[cfg(unix)]
fn set_mode(options: &mut OpenOptions, executable: bool) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(if executable { 0o777 } else { 0o666 });
}

#[cfg(not(unix))]
fn set_mode(_options: &mut OpenOptions, _executable: bool) {}

#[cfg(not(unix))]
fn is_executable(_meta: &Metadata) -> bool {
    false
}
