//! The learner's folder on disk, as containers mount it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use camino::{Utf8Component, Utf8Path};

use crate::rehearse::fault::Fault;

/// Writes a file in its place, since containers that mount a single file see no other one of the same
/// name. Everybody may read it, whatever the umask: some containers run as a user of their own.
pub(super) fn write_file(
    root: &Utf8Path,
    path: &Utf8Path,
    bytes: &[u8],
    executable: bool,
) -> Result<(), Fault> {
    let target = inside(root, path)?;
    let folders = path.parent().into_iter().flat_map(Utf8Path::ancestors);
    let mut folders: Vec<&Utf8Path> = folders.filter(|folder| !folder.as_str().is_empty()).collect();
    folders.reverse();
    for folder in folders {
        make_folder(&root.join(folder))?;
    }
    overwrite(&target, bytes).map_err(|error| refused("written", &target, &error))?;
    open(&target, if executable { 0o755 } else { 0o644 })
}

/// Makes a folder that everybody may enter, unless it is there.
pub(super) fn make_folder(path: &Utf8Path) -> Result<(), Fault> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir(path).map_err(|error| refused("made", path, &error))?;
    open(path, 0o755)
}

/// Removes a file; one that is not there is none.
pub(super) fn remove_file(root: &Utf8Path, path: &Utf8Path) -> Result<(), Fault> {
    let target = inside(root, path)?;
    match fs::remove_file(&target) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(refused("removed", &target, &error))
        }
        _ => Ok(()),
    }
}

/// Bytes of a log are mostly text; what is none is replaced.
#[expect(clippy::disallowed_methods, reason = "what containers write is no file of the project")]
pub(super) fn read_text(path: &Utf8Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes in place. A file that a container has made again belongs to its user, on Linux root: then
/// only a new one can be written, which the folder, being ours, allows.
pub(super) fn overwrite(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<()> {
    match write(path, bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            fs::remove_file(path)?;
            write(path, bytes)
        }
        other => other,
    }
}

#[expect(clippy::disallowed_methods, reason = "in place, not atomically: see `write_file`")]
fn write(path: &Utf8Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::write(path, bytes)
}

pub(super) fn refused(what: &str, path: &Utf8Path, error: &std::io::Error) -> Fault {
    Fault::machine(
        format!("`{path}` cannot be {what}: {error}"),
        "`df -h` shows whether there is room; `TMPDIR=<DIR>` names another folder for temporary files",
    )
}

fn open(path: &Utf8Path, mode: u32) -> Result<(), Fault> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| refused("opened", path, &error))
}

fn inside(root: &Utf8Path, path: &Utf8Path) -> Result<camino::Utf8PathBuf, Fault> {
    let is_below = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
    let fault = || Fault::scenario(format!("`{path}` does not lie in the scenario's folder"), "");
    is_below.then(|| root.join(path)).ok_or_else(fault)
}
