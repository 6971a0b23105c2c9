//! Running git. Nothing here changes a repository: not its files, not its index.

use std::io::Write as _;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use thiserror::Error;

/// Why git gave no answer.
#[derive(Debug, Error)]
pub enum GitError {
    #[error("`git` was not found (https://git-scm.com)")]
    Missing,
    #[error("git said: {0}")]
    Failed(String),
}

/// Git in a folder, whatever repository the surroundings of this process are about: a hook has the
/// variables of its own.
pub(crate) fn git_command(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    // Otherwise `git status` writes what it has learned into the index.
    command.arg("--no-optional-locks").arg("-C").arg(folder);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"] {
        command.env_remove(name);
    }
    // What it says is looked at, so it has to be what everybody gets.
    command.env("LC_ALL", "C");
    command
}

/// What a command of git prints; `None` if it says no.
pub(crate) fn git(folder: &Utf8Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, GitError> {
    let output = git_command(folder).args(arguments).output().map_err(not_started)?;
    Ok(output.status.success().then_some(output.stdout))
}

/// What a command of git prints that is given something to read; `None` if it says no.
pub(crate) fn ask_git(
    folder: &Utf8Path,
    arguments: &[&str],
    input: Vec<u8>,
) -> Result<Option<Vec<u8>>, GitError> {
    let mut command = git_command(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(not_started)?;
    let stdin = child.stdin.take();
    // Written from another thread: git answers while it is still being asked.
    let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
    let output = child.wait_with_output().map_err(not_started)?;
    let _ = asking.join();
    Ok(output.status.success().then_some(output.stdout))
}

/// Whether a folder lies in a repository.
pub(crate) fn is_in_repository(folder: &Utf8Path) -> Result<bool, GitError> {
    let mut command = git_command(folder);
    let output = command.args(["rev-parse", "--git-dir"]).output().map_err(not_started)?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    match output.status.success() {
        true => Ok(true),
        false if said.contains("not a git repository") => Ok(false),
        // Such as a repository that belongs to somebody else.
        false => Err(GitError::Failed(said)),
    }
}

pub(super) fn not_started(error: std::io::Error) -> GitError {
    match error.kind() {
        std::io::ErrorKind::NotFound => GitError::Missing,
        _ => GitError::Failed(error.to_string()),
    }
}
