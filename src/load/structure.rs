//! Whether a page's sections fit scenario.yml: fixes stand in order under `.fix`, symptoms come
//! before code.

use super::locals::Subsection;
use crate::diag::catalog::document::STRUCTURE;
use crate::diag::{Diagnostic, Sink};
use crate::model::{Locals, Role, Written};

/// Checks the order of fixes and of the first sections.
pub fn check_structure(written: &Written, locals: &Locals, subsections: &[Subsection], sink: &Sink) {
    check_fixes(written, subsections, sink);
    let first = |role: Role| locals.steps.iter().find(|step| step.role == Some(role));
    if let (Some(observe), Some(understand)) = (first(Role::Observe), first(Role::Understand))
        && understand.span.start < observe.span.start
    {
        let message = "the code is read before the symptoms are seen";
        sink.push(
            Diagnostic::new(&STRUCTURE, understand.span, message)
                .also(observe.span, "the first symptoms")
                .help("move the `.observe` section up: learners see what is wrong before they open the code"),
        );
    }
}

fn check_fixes(written: &Written, subsections: &[Subsection], sink: &Sink) {
    let fixes = &written.manifest.fixes;
    let headed: Vec<(usize, &Subsection)> = subsections
        .iter()
        .filter(|section| section.role == Some(Role::Fix))
        .filter_map(|section| fixes.iter().position(|fix| fix.id.text == section.id).map(|at| (at, section)))
        .collect();
    for pair in headed.windows(2) {
        if pair[1].0 < pair[0].0 {
            let message = format!(
                "the fix `{}` comes after `{}` here, before it in scenario.yml",
                pair[1].1.id, pair[0].1.id
            );
            sink.push(
                Diagnostic::new(&STRUCTURE, pair[1].1.span, message)
                    .also(fixes[pair[1].0].id.span, "its place in scenario.yml")
                    .help("put both into the same order: each stage builds on the one before"),
            );
        }
    }
    for (at, fix) in fixes.iter().enumerate() {
        if !headed.iter().any(|(headed, _)| *headed == at) {
            let message = format!("the page has no heading for the fix `{}`", fix.id);
            let help = format!("add `### … {{#{}}}` to the section with the role `.fix`", fix.id);
            sink.push(Diagnostic::new(&STRUCTURE, fix.id.span, message).help(help));
        }
    }
}
