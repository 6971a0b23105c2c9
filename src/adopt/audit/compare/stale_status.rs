//! `adopt/stale-status`.

use super::course::{entry_of, scenarios};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::STALE_STATUS;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::scenario::Status;

/// Looks for scenarios that are there, and are said to be planned.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let status = entry_of(repository, scenario.index).and_then(|entry| entry.status.as_ref());
        if let Some(status) = status.filter(|status| status.value == Status::Planned) {
            let message =
                format!("`{}` has a page, and the curriculum says that it is planned", scenario.folder.path);
            let help = "say that it is ready, or call it a draft";
            sink.push(Diagnostic::new(&STALE_STATUS, status.span, message).help(help));
        }
    }
}
