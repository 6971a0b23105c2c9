//! `diagram/no-alt-text` and `diagram/no-caption`: pictures as their authors write them, in Markdown or in
//! HTML, with the caption on a line of its own.

use crate::adopt::audit::compare::scenarios;
use crate::adopt::{PartKind, Repository};
use crate::check::rules::diagram::{no_alt_text, no_caption};
use crate::diag::{Diagnostic, Sink};

/// Looks at every picture of every page.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        for part in &scenario.page.parts {
            let PartKind::Figure(figure) = &part.kind else { continue };
            let place = figure.path.span;
            if figure.alt.value.trim().is_empty() {
                let finding = Diagnostic::new(&no_alt_text::SPEC, place, "this picture has no description");
                sink.push(finding.help("say in its `alt`, or between the brackets, what can be seen"));
            }
            if figure.caption.as_ref().is_none_or(|caption| caption.value.trim().is_empty()) {
                let finding = Diagnostic::new(&no_caption::SPEC, place, "this picture has no caption");
                sink.push(finding.help("add a line below it that says what it shows, as below the others"));
            }
        }
    }
}
