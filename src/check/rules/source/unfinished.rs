//! `source/unfinished`.

use memchr::memmem::Finder;

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::scenario::Status;
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/unfinished",
    severity: Severity::Error,
    what: "A ready scenario still has a gap that is marked `(to write: …)`.",
    why: "Learners would read a note that was meant for its author.",
    fix: "Write what the gap asks for, or set `status: draft` until it is written.",
    source: "format.md",
    bad: &[Example::file(&[(
        "content/scenarios/first/scenario.md",
        "…\n\n«(to write:» what the learner sees)\n",
    )])],
    params: &[],
    good: &[Example::file(&[(
        "content/scenarios/first/scenario.md",
        "…\n\nWhat you would like to write: a note to your team.\n",
    )])],
};

/// How `scenarist new` marks its gaps.
const GAP: &str = "(to write:";

/// Looks at the page and the manifest of every scenario that learners get.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let ready =
        checked.scenarios().map(|(_, scenario)| scenario).filter(|scenario| scenario.status == Status::Ready);
    let gap = Finder::new(GAP);
    for written in ready.filter_map(|scenario| scenario.written.as_ref()) {
        let manifest = checked.files.find(written.source.join("scenario.yml"));
        for file in written.page.into_iter().chain(manifest) {
            let text = checked.files.text(file).unwrap_or_default();
            for at in gap.find_iter(text.as_bytes()) {
                let span = Span::new(file, at, at + GAP.len());
                let message = "this scenario is ready, and this is still to be written";
                let finding = Diagnostic::new(&SPEC, span, message);
                sink.push(finding.help("write it, or set `status: draft` in scenario.yml"));
            }
        }
    }
}
