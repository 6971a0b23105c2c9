//! Repairs on disk, and as a diff.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;

use super::disk::{read_bytes, write_atomically};
use super::error::CliError;
use crate::build::Change;

/// Writes repaired files. One that somebody changed since it was read is left alone.
pub fn write_repairs(root: &Utf8Path, changes: &BTreeMap<Utf8PathBuf, Change>) -> Result<(), CliError> {
    for (path, change) in changes {
        let target = root.join(path);
        // A link stays one: what it leads to is what somebody edits.
        let target = target.canonicalize_utf8().unwrap_or(target);
        let there = read_bytes(&target)?;
        if there == change.after {
            continue;
        }
        if there != change.before {
            let message =
                format!("`{path}` was changed while it was repaired; nothing was written to it, run again");
            return Err(CliError::Unusable(message));
        }
        write_atomically(&target, &change.after)?;
    }
    Ok(())
}

/// Repairs as a unified diff, which `git apply` and `patch -p1` take. `folder` is where the project
/// lies, empty or ending in `/`.
pub fn print_diff(changes: &BTreeMap<Utf8PathBuf, Change>, folder: &str) -> String {
    let mut out = String::new();
    for (path, change) in changes {
        // Repaired files are text: what is no UTF-8 has no finding that could be repaired.
        let before = String::from_utf8_lossy(&change.before);
        let after = String::from_utf8_lossy(&change.after);
        let (old, new) = (format!("a/{folder}{path}"), format!("b/{folder}{path}"));
        out.push_str(&unified_diff((&old, &before), (&new, &after)));
    }
    out
}

/// Two texts with their names as a unified diff; empty if they are equal.
pub fn unified_diff(old: (&str, &str), new: (&str, &str)) -> String {
    let diff = TextDiff::from_lines(old.1, new.1);
    diff.unified_diff().context_radius(3).header(old.0, new.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(before: &str, after: &str) -> BTreeMap<Utf8PathBuf, Change> {
        let change = Change { before: before.into(), after: after.into() };
        BTreeMap::from([("content/a.md".into(), change)])
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        write_atomically(&root.join("content/a.md"), b"new words\n").unwrap();
        let refused = write_repairs(&root, &changes("old\n", "better\n"));
        assert!(refused.is_err_and(|error| error.to_string().contains("content/a.md")));
        write_repairs(&root, &changes("new words\n", "better\n")).unwrap();
        assert_eq!(read_bytes(&root.join("content/a.md")).unwrap(), b"better\n");
    }

    #[test]
    fn a_diff_can_be_applied() {
        let diff = print_diff(&changes("a\r\nb\r\nc", "a\r\nB\r\nc"), "course/");
        let expected = "--- a/course/content/a.md\n+++ b/course/content/a.md\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+B\r\n c\n\\ No newline at end of file\n";
        assert_eq!(diff, expected);
    }
}
