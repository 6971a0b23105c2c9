//! `source/untagged-code-fence`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/untagged-code-fence",
    severity: Severity::Warning,
    what: "A code fence names no language.",
    why: "It is shown without highlighting, and no rule can check what is in it.",
    fix: "Write the language after the opening marks: `js`, `sql`, `bash`, or `text` for anything else.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Start the app:\n\n«```»\nnpm run dev\n```\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "1. Start the app:\n\n   «```»\n   npm run dev\n   ```\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Start the app:\n\n```bash\nnpm run dev\n```\n\n- Then look:\n\n  ```text\n  ready\n  ```\n",
    )])],
};

/// Looks at fences of their own and at those inside lists and quotes.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        page.for_each_block(|block| match &block.kind {
            BlockKind::Fence { language, .. } if language.value.is_empty() => {
                report(opener_of(block, checked.files), sink);
            }
            BlockKind::List(_) | BlockKind::Prose { paragraph: false } => {
                for span in nested_openers(block.span, checked.files) {
                    report(span, sink);
                }
            }
            _ => {}
        });
    }
}

fn report(span: Span, sink: &Sink) {
    let finding = Diagnostic::new(&SPEC, span, "this code fence names no language");
    sink.push(finding.help("write it right after the marks: `js`, `sql`, `bash`, or `text`"));
}

/// The first line of a fence, without indentation.
fn opener_of(block: &Block, files: &Files) -> Span {
    let line = files.slice(block.span).lines().next().unwrap_or("");
    block.span.sub(line.len() - line.trim_start().len(), line.trim_end().len())
}

/// The opening lines of untagged fences inside a list or quote.
fn nested_openers(span: Span, files: &Files) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    let mut at = 0;
    for line in files.slice(span).split_inclusive('\n') {
        let inner = line
            .trim_start_matches(|c: char| c.is_whitespace() || "->*+.)".contains(c) || c.is_ascii_digit());
        let text = inner.trim_end();
        let mark = marks(text);
        match &open {
            Some(opened) if text == mark && mark.starts_with(opened.as_str()) => open = None,
            Some(_) => {}
            None if mark.len() >= 3 && !text[mark.len()..].contains('`') => {
                if text == mark {
                    let start = at + (line.len() - inner.len());
                    found.push(span.sub(start, start + text.len()));
                }
                open = Some(mark.to_owned());
            }
            None => {}
        }
        at += line.len();
    }
    found
}

/// The run of backticks or tildes that a text starts with.
fn marks(text: &str) -> &str {
    let first = text.chars().next().filter(|c| matches!(c, '`' | '~'));
    let len = first.map_or(0, |mark| text.len() - text.trim_start_matches(mark).len());
    &text[..len]
}
