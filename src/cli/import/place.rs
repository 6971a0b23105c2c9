//! Writing a source tree: all of it or nothing.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::adopt::{Conversion, Repository};
use crate::cli::disk::write_atomically;
use crate::cli::error::CliError;

/// The project's folder, also when its `content/` was named.
pub fn project_root(into: &Utf8Path) -> Utf8PathBuf {
    match (into.file_name(), into.parent()) {
        (Some("content"), Some(parent)) if parent.as_str().is_empty() => Utf8PathBuf::from("."),
        (Some("content"), Some(parent)) => parent.to_owned(),
        _ => into.to_owned(),
    }
}

/// Refuses a folder where something is in the way.
pub fn check_free(root: &Utf8Path, conversion: &Conversion, repository: &Utf8Path) -> Result<(), CliError> {
    let name = if root.file_name().is_some() { root.file_name() } else { repository.file_name() };
    let other = format!("{}-course", name.unwrap_or("imported"));
    let taken = tops(conversion).into_iter().map(|top| root.join(top)).find(|path| path.exists());
    match taken {
        Some(path) => Err(CliError::Unusable(format!(
            "`{path}` is there already, and nothing was written\n\
             help: name a folder without it, such as `--into {other}`, or move it out of the way"
        ))),
        None => Ok(()),
    }
}

/// What lies at the top of the source tree, or one level down where others may have files of their own.
fn tops(conversion: &Conversion) -> Vec<Utf8PathBuf> {
    let mut tops: Vec<Utf8PathBuf> = conversion
        .made
        .iter()
        .filter_map(|file| {
            let mut parts = file.path.components();
            let first = Utf8PathBuf::from(parts.next()?.as_str());
            if first == "content" { Some(first) } else { Some(first.join(parts.next()?.as_str())) }
        })
        .collect();
    tops.sort();
    tops.dedup();
    tops
}

/// Writes everything beside its place, then moves it there.
pub fn write_all(root: &Utf8Path, conversion: &Conversion, repository: &Repository) -> Result<(), CliError> {
    let unfinished = root.join(format!(".scenarist-import-{}", std::process::id()));
    let is_new = !root.exists();
    let result = fill(&unfinished, conversion, repository).and_then(|()| put(root, &unfinished, conversion));
    // The error to report is the one that stopped us, not what becomes of the remains.
    let _ = fs::remove_dir_all(&unfinished);
    if is_new && result.is_err() {
        let _ = fs::remove_dir(root);
    }
    result
}

fn fill(folder: &Utf8Path, conversion: &Conversion, repository: &Repository) -> Result<(), CliError> {
    for file in &conversion.made {
        let path = folder.join(&file.path);
        write_atomically(&path, &file.bytes(&repository.files))?;
        if file.executable {
            make_executable(&path)?;
        }
    }
    Ok(())
}

/// Moves what is finished to its place; what was moved goes back if one cannot be.
fn put(root: &Utf8Path, from: &Utf8Path, conversion: &Conversion) -> Result<(), CliError> {
    let mut moved: Vec<Utf8PathBuf> = Vec::new();
    for top in tops(conversion) {
        let target = root.join(&top);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(CliError::io("make the folder", parent))?;
        }
        if let Err(error) = fs::rename(from.join(&top), &target) {
            for top in &moved {
                let _ = fs::rename(root.join(top), from.join(top));
            }
            return Err(CliError::io("write", target)(error));
        }
        moved.push(top);
    }
    Ok(())
}

#[cfg(unix)]
fn make_executable(path: &Utf8Path) -> Result<(), CliError> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(0o755);
    fs::set_permissions(path, permissions).map_err(CliError::io("write", path))
}

#[cfg(not(unix))]
fn make_executable(_: &Utf8Path) -> Result<(), CliError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_content_stands_for_the_project_around_it() {
        for (into, root) in [("course", "course"), ("course/content", "course"), ("content", "."), (".", ".")]
        {
            assert_eq!(project_root(Utf8Path::new(into)), root);
        }
    }
}
