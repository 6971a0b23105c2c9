//! Files that a verb writes into the source tree: repaired content, scaffolds, schemas, lockfiles.
//! What a build makes goes through `write/` instead.

#![expect(clippy::disallowed_methods, reason = "fixes and scaffolds go into the author's own files")]

use std::fs;
use std::io::Write as _;

use camino::Utf8Path;

use super::error::CliError;

/// Writes a file so that it holds either the old or the new content, whatever interrupts us.
/// Missing folders are made. Permissions of a file that is there stay as they are.
pub fn write_atomically(path: &Utf8Path, bytes: &[u8]) -> Result<(), CliError> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder).map_err(CliError::io("make the folder", folder))?;
    let unfinished = folder.join(format!(".scenarist-tmp-{}", std::process::id()));
    let written = write_whole(&unfinished, bytes, path).and_then(|()| fs::rename(&unfinished, path));
    written.map_err(|source| {
        // The error to report is the one that stopped us, not what becomes of the remains.
        let _ = fs::remove_file(&unfinished);
        CliError::Io { action: "write", path: path.to_owned(), source }
    })
}

fn write_whole(unfinished: &Utf8Path, bytes: &[u8], target: &Utf8Path) -> std::io::Result<()> {
    let mut file = fs::File::create(unfinished)?;
    file.write_all(bytes)?;
    if let Ok(existing) = fs::metadata(target) {
        fs::set_permissions(unfinished, existing.permissions())?;
    }
    file.sync_all()
}

/// The text of a file, or `None` when it does not exist.
pub fn read_text(path: &Utf8Path) -> Result<Option<String>, CliError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CliError::io("read", path)(error)),
    }
}

/// The bytes of a file.
pub fn read_bytes(path: &Utf8Path) -> Result<Vec<u8>, CliError> {
    fs::read(path).map_err(CliError::io("read", path))
}

/// Whether a folder is missing or holds nothing but what git keeps there.
pub fn is_free(folder: &Utf8Path) -> Result<bool, CliError> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut names = entries.filter_map(Result::ok).map(|entry| entry.file_name());
            Ok(names.all(|name| name == ".git"))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(CliError::io("read", folder)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary() -> (tempfile::TempDir, camino::Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = camino::Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let (_guard, folder) = temporary();
        let path = folder.join("a/b.txt");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(read_text(&path).unwrap().as_deref(), Some("two"));
        assert_eq!(fs::read_dir(folder.join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_names_the_path_and_leaves_no_remains() {
        let (_guard, folder) = temporary();
        fs::create_dir_all(folder.join("taken/inner")).unwrap();
        let error = write_atomically(&folder.join("taken"), b"x").unwrap_err();
        assert!(error.to_string().contains("taken"), "{error}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_with_only_a_repository_is_free() {
        let (_guard, folder) = temporary();
        assert!(is_free(&folder).unwrap());
        assert!(is_free(&folder.join("missing")).unwrap());
        fs::create_dir(folder.join(".git")).unwrap();
        assert!(is_free(&folder).unwrap());
        fs::write(folder.join("notes.txt"), "").unwrap();
        assert!(!is_free(&folder).unwrap());
    }
}
