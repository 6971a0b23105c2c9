//! Pictures for tests: all that are in the repository.
#![expect(clippy::disallowed_methods, reason = "tests read what lies in the repository")]

use std::path::Path;

use walkdir::WalkDir;

/// Each by its path, with its text.
pub(super) fn pictures() -> Vec<(String, String)> {
    let folders = ["benches", "content", "src", "tests", "themes"].into_iter();
    let files =
        folders.map(|it| Path::new(env!("CARGO_MANIFEST_DIR")).join(it)).flat_map(WalkDir::new).flatten();
    let files = files.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "svg"));
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    files.filter_map(|it| Some((it.path().display().to_string(), read(it.path())?))).collect()
}
