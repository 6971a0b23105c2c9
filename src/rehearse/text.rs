//! Small files that belong to no project, read whole: logs, a learner's temporary folder, and what the
//! kernel says.

use camino::Utf8Path;

/// The bytes of a file; `None` if it cannot be read.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place for files that are not the project's")]
pub fn bytes_of(path: impl AsRef<Utf8Path>) -> Option<Vec<u8>> {
    std::fs::read(path.as_ref()).ok()
}

/// The text of a file; what is no UTF-8 is replaced. `None` if it cannot be read.
#[must_use]
pub fn text_of(path: impl AsRef<Utf8Path>) -> Option<String> {
    bytes_of(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The last lines of a text.
#[must_use]
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_whole_lines() {
        assert_eq!(last_lines("a\nb\nc\n\n", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }

    #[test]
    fn what_is_not_there_is_told_from_what_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = camino::Utf8PathBuf::from_path_buf(folder.path().join("log")).expect("UTF-8");
        assert_eq!(text_of(&path), None);
        std::fs::OpenOptions::new().create(true).append(true).open(&path).expect("a file");
        assert_eq!(text_of(&path).as_deref(), Some(""));
    }
}
