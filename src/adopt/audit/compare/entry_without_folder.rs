//! `adopt/entry-without-folder`.

use super::course::entries;
use crate::adopt::Repository;
use crate::diag::catalog::adopt::ENTRY_WITHOUT_FOLDER;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::scenario::Status;
use crate::syntax::yaml::closest;

/// Looks for entries that are said to be ready, and for which there is nothing; in scenarist.yml, too.
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
    check_settings(repository, sink);
}

/// The same of folders that scenarist.yml names.
fn check_settings(repository: &Repository, sink: &Sink) {
    let said = repository.settings.as_ref().and_then(|settings| settings.said.as_ref());
    let Some(settings) = said else { return };
    let known = || repository.folders.iter().map(|folder| folder.path.as_str());
    let named = settings.scenarios.iter().map(|stated| &stated.folder);
    for stated in settings.order.iter().chain(named) {
        if known().any(|folder| folder == stated.path) {
            continue;
        }
        let message = format!("there is no scenario in `{}`", stated.path);
        let help = match closest(stated.path.as_str(), known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write the path of a folder with a SCENARIO.md, from the top of the repository".to_owned()
            }
        };
        sink.push(Diagnostic::new(&ENTRY_WITHOUT_FOLDER, stated.span, message).help(help));
    }
}
