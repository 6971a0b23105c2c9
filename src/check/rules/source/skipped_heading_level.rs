//! `source/skipped-heading-level`.

use crate::check::{Checked, PageOwner};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/skipped-heading-level",
    severity: Severity::Warning,
    what: "A heading skips a level.",
    why: "Screen readers and outlines show a hole where the level is missing.",
    fix: "Use the level right below the heading before it.",
    source: "rules.md",
    bad: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "## Open a terminal\n\nPress the keys.\n\n«#### On a laptop»\n\nThe same keys.\n",
    )])],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "## Open a terminal\n\nPress the keys.\n\n### On a laptop\n\nThe same keys.\n\n## Close it\n\nType `exit`.\n",
    )])],
};

/// Looks at the page's own headings; inside directives the outline starts at H4 (format.md).
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages.iter().filter(|page| page.owner != PageOwner::Snippet) {
        let mut before = 1;
        for block in &page.document.blocks {
            let BlockKind::Heading { level, .. } = block.kind else { continue };
            if level > before + 1 {
                let message = format!("this heading has level {level}, the one before it has level {before}");
                let help = format!("write `{}`", "#".repeat(usize::from(before) + 1));
                sink.push(Diagnostic::new(&SPEC, block.span, message).help(help));
            }
            before = level;
        }
    }
}
