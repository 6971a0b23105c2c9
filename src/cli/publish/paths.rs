//! Paths in the repository, as people type them.

use camino::{Utf8Path, Utf8PathBuf};

use crate::cli::error::CliError;
use crate::cli::project::current_folder;

/// A path as people type it: relative to the repository, as it is printed, or to the current folder, as a
/// shell completes it.
pub fn in_repository(path: &Utf8Path, checkout: &Utf8Path) -> Result<Utf8PathBuf, CliError> {
    let here = current_folder()?;
    let (path, top) = (Utf8PathBuf::from(path.as_str().replace('\\', "/")), straight(&here.join(checkout)));
    let from_here = straight(&here.join(&path));
    match from_here.strip_prefix(&top) {
        Ok(inside) if !inside.as_str().is_empty() => Ok(inside.to_owned()),
        _ => Ok(straight(&path)),
    }
}

/// Without `.` and, as far as that is possible, without `..`.
fn straight(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for part in path.components() {
        match part.as_str() {
            "." => {}
            ".." if out.file_name().is_some_and(|name| name != "..") => drop(out.pop()),
            _ => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_understood_as_printed_and_as_completed() {
        let here = current_folder().expect("a folder");
        let read =
            |path: &str, to: &str| in_repository(path.into(), to.into()).expect("a folder").to_string();
        assert_eq!(read("a/README.md", "../learners"), "a/README.md");
        assert_eq!(read("./a/../b", "../learners"), "b");
        assert_eq!(read("../learners/a/README.md", "../learners/"), "a/README.md");
        assert_eq!(read(here.join("x/a").as_str(), "x"), "a");
        assert_eq!(read("a", "."), "a");
    }
}
