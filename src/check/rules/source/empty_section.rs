//! `source/empty-section`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::document::{Block, BlockKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/empty-section",
    severity: Severity::Warning,
    what: "A heading has nothing below it.",
    why: "It promises something that does not come.",
    fix: "Write the section, or remove the heading.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "«## Before you start»\n\n## Open a terminal\n\nPress the keys.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "## Open a terminal\n\nPress the keys.\n\n«### On a laptop»\n\n<!-- the same keys? -->\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "## Open a terminal\n\n### On a laptop\n\nPress the keys.\n",
    )])],
};

/// A section may consist of subsections alone.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        page.for_each_run(|blocks| check_run(blocks, sink));
    }
}

fn check_run(blocks: &[Block], sink: &Sink) {
    let mut shown = blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Comment { .. } | BlockKind::Definition))
        .peekable();
    while let Some(block) = shown.next() {
        let BlockKind::Heading { level, .. } = block.kind else { continue };
        let is_empty = match shown.peek().map(|next| &next.kind) {
            None => true,
            Some(BlockKind::Heading { level: next, .. }) => *next <= level,
            Some(_) => false,
        };
        if is_empty {
            let finding = Diagnostic::new(&SPEC, block.span, "nothing stands below this heading");
            sink.push(finding.help("write the section, or remove the heading"));
        }
    }
}
