//! `adopt/entry-without-folder`.

use super::course::entries;
use crate::adopt::Repository;
use crate::diag::catalog::adopt::ENTRY_WITHOUT_FOLDER;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::scenario::Status;

/// Looks for entries that are said to be ready, and for which there is nothing.
pub fn check(repository: &Repository, sink: &Sink) {
    for entry in entries(repository).filter(|entry| entry.folder.is_none()) {
        // A link that leads nowhere is reported as one.
        let Some(status) = entry.status.as_ref().filter(|_| entry.link.is_none()) else { continue };
        if status.value == Status::Planned {
            continue;
        }
        let message = format!("\"{}\" has no folder and is not said to be planned", entry.title.value);
        let finding =
            Diagnostic::new(&ENTRY_WITHOUT_FOLDER, entry.title.span, message).also(status.span, "its status");
        sink.push(finding.help("link its folder, or say that it is planned"));
    }
}
