//! `diagram/no-caption`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/no-caption",
    severity: Severity::Warning,
    what: "A picture that stands alone has no caption.",
    why: "Without a title it gets no number, so no text can refer to it, and a reader does not learn what to look at.",
    fix: "Give the image a title, in quotes after its address; it becomes the caption.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n«![A browser asks the app, which asks the database.](diagrams/system.svg)»\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n:::reveal{title=\"Look again\"}\n«![A browser asks the app, which asks the database.](diagrams/system.svg)»\n:::\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![A browser asks the app, which asks the database.](diagrams/system.svg \"The system again\")\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nHere it is once more: ![A browser asks the app, which asks the database.](diagrams/system.svg)\n",
        )]),
        Example::file(&[("content/scenarios/first/scenario.md", "…\n\n```text\n![A](b.svg)\n```\n")]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "<!-- allow source/unsafe-html: shown on GitHub -->\n[![The course on GitHub, opened in a Codespace](https://example.org/badge.svg)](https://example.org)\n\n<!-- allow source/unsafe-html: shown on GitHub -->\n![The build of the course passes](https://example.org/badge.svg)\n",
        )]),
    ],
};

pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        page.for_each_block(|block| {
            if let Some(span) = uncaptioned(checked.files, block) {
                let finding = Diagnostic::new(&SPEC, span, "this picture has no caption");
                sink.push(finding.help("write a title after its address: `![…](… \"What it shows\")`"));
            }
        });
    }
}

/// An image that is all of its paragraph. Badges come from elsewhere, and are no figures.
fn uncaptioned(files: &Files, block: &Block) -> Option<Span> {
    let BlockKind::Prose { paragraph: true } = block.kind else { return None };
    let [image] = block.links.as_slice() else { return None };
    let is_alone = files.slice(block.span).trim() == files.slice(image.span).trim();
    let is_ours = !image.destination.value.contains("://");
    (image.image && image.title.is_none() && is_alone && is_ours).then_some(image.span)
}
