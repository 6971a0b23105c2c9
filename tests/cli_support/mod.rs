//! Running the program in a folder of its own.

#![allow(dead_code, reason = "each test program uses a part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Fails with everything that was printed unless the program ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }
}

/// The program, without the surroundings of whoever runs the tests.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scenarist"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = program(folder, arguments).output().expect("the program starts");
    Run {
        code: status.code().expect("no signal ends the program"),
        out: String::from_utf8(stdout).expect("output is UTF-8"),
        err: String::from_utf8(stderr).expect("output is UTF-8"),
    }
}

/// A new course in a temporary folder.
pub fn course() -> (TempDir, PathBuf) {
    let guard = tempfile::tempdir().expect("a temporary folder");
    let root = guard.path().join("my-course");
    run(guard.path(), &["new", "course", "my-course"]).expect(0);
    (guard, root)
}

/// The text of a file below a folder.
pub fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Replaces a part of a file that must be there.
pub fn edit(root: &Path, path: &str, old: &str, new: &str) {
    let text = read(root, path);
    assert!(text.contains(old), "`{old}` is not in {path}");
    fs::write(root.join(path), text.replace(old, new)).expect("the file can be written");
}

/// All files below a folder with their contents, in path order.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    files.sort();
    files
}

fn collect(top: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(top, &path, files);
        } else {
            let name = path.strip_prefix(top).expect("below the top").to_string_lossy().into_owned();
            files.push((name, fs::read(&path).expect("a readable file")));
        }
    }
}
