//! `prose/alert-inside-details`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/alert-inside-details",
    severity: Severity::Warning,
    what: "An alert such as `> [!NOTE]` stands inside something that is closed at first.",
    why: "GitHub shows alerts at the top level of a page only. Inside a hint it becomes a plain quotation, without color and sign.",
    fix: "Put it before or behind the hint, or write it as an ordinary sentence with a bold word.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n:::hint\nIt is black.\n\n«> [!TIP]»\n> Look at the dock.\n:::\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n<details>\n<summary>How?</summary>\n\n«> [!warning]»\n> Look at the dock.\n\n</details>\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Open a terminal.\n\n> [!NOTE]\n> It is black.\n\n:::hint\n> **Note**\n>\n> Look at the dock, where it says `[!NOTE]`.\n\n> [!SHOUT]\n> No such alert.\n:::\n\n<details>\n<summary>How?</summary>\n\nWith the mouse.\n\n</details>\n\n> [!TIP]\n> It is not closed any more.\n",
    )])],
};

const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Directives that print as `<details>`.
const CLOSED: [&str; 2] = ["hint", "reveal"];

/// Looks at every page, through directives and raw HTML.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        check_run(checked.files, &page.document.blocks, false, sink);
    }
}

fn check_run(files: &Files, blocks: &[Block], is_closed: bool, sink: &Sink) {
    // `<details>` and `</details>` are blocks of their own.
    let mut depth = 0_usize;
    for block in blocks {
        match &block.kind {
            BlockKind::Directive(directive) => {
                let closes = CLOSED.contains(&directive.name.value.as_str());
                check_run(files, &directive.children, is_closed || closes || depth > 0, sink);
            }
            BlockKind::Prose { paragraph: false } => {
                let text = files.slice(block.span);
                if (is_closed || depth > 0)
                    && let Some(span) = alert_in(block.span, text)
                {
                    let finding = Diagnostic::new(&SPEC, span, "alerts are not shown inside of this");
                    sink.push(
                        finding.help("put it outside, or write `> **Note**` and a line `>` in its place"),
                    );
                }
                let lower = text.to_ascii_lowercase();
                if lower.trim_start().starts_with('<') {
                    depth = (depth + lower.matches("<details").count())
                        .saturating_sub(lower.matches("</details").count());
                }
            }
            _ => {}
        }
    }
}

/// The first line of an alert.
fn alert_in(span: Span, text: &str) -> Option<Span> {
    let line = text.lines().next()?;
    let word = line.trim_start().strip_prefix('>')?.trim().strip_prefix("[!")?.strip_suffix(']')?;
    ALERTS.contains(&word.to_ascii_lowercase().as_str()).then(|| span.sub(0, line.trim_end().len()))
}
