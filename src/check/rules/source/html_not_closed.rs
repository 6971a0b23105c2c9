//! `source/html-not-closed`.

use memchr::memchr;

use crate::check::Checked;
use crate::check::prose::prose_of_manifest;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::code_spans::code_and_tags;
use crate::syntax::document::{Block, BlockKind};
use crate::syntax::raw_html::{ELEMENTS, Tag, read_tag};

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/html-not-closed",
    severity: Severity::Warning,
    what: "An HTML element is opened and not closed in the same piece of Markdown, or closed and never opened.",
    why: "On GitHub an open `<details>` swallows the rest of the page. The site ends each piece of text for itself, so that the two would differ.",
    fix: "Close the element before the next heading, figure, directive or directive's end. What has to enclose those is a directive: `:::note`, `:::reveal`, `:::hint`.",
    source: "issue 5",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "«<details>»\n<summary>More</summary>\n\nOpen a terminal.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "## Open a terminal\n\nThere.\n\n«</details>»\n",
        )]),
        Example::file(&[("content/tutorials/basics/start.md", "Press «<kbd>»T.\n")]),
        Example::file(&[(
            "content/tutorials/basics/tutorial.yml",
            "title: The basics\nstatus: ready\nsummary: Water is H«<sub>»2O.\npages:\n  - {id: start, title: The start}\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "<details>\n<summary>More</summary>\n\nOpen a terminal:\n\n```js\nconst open = '<div>';\n```\n\n- Press <kbd>T</kbd>\n\n</details>\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "<p>One line<br>and another\n\n<ul><li>One<li>Two</ul>\n\nWrite `<details>` or \\<details>.\n",
        )]),
    ],
};

/// Elements without an end, and those whose end browsers find for themselves.
const OPEN: [&str; 16] =
    ["br", "col", "hr", "img", "wbr", "p", "li", "dt", "dd", "rt", "rp", "td", "th", "tr", "tbody", "thead"];

pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        check_blocks(checked, &page.document.blocks, sink);
    }
    for file in checked.sources_with("yml") {
        for prose in prose_of_manifest(checked, file).iter() {
            check_piece(checked, prose.span, sink);
        }
    }
}

/// Each run of blocks that become one piece of HTML.
fn check_blocks(checked: &Checked<'_>, blocks: &[Block], sink: &Sink) {
    for run in blocks.split(|block| !block.kind.is_text()) {
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            check_piece(checked, first.span.to(last.span), sink);
        }
    }
    for block in blocks {
        match &block.kind {
            BlockKind::Directive(directive) => check_blocks(checked, &directive.children, sink),
            BlockKind::Heading { text, .. } => check_piece(checked, *text, sink),
            _ => {}
        }
    }
}

fn check_piece(checked: &Checked<'_>, span: Span, sink: &Sink) {
    let text = checked.files.slice(span);
    if memchr(b'<', text.as_bytes()).is_none() {
        return;
    }
    let mut open: Vec<(String, Span)> = Vec::new();
    let tags = code_and_tags(text).into_iter().filter(|range| text[range.start..].starts_with('<'));
    for tag in tags.filter_map(|range| read_tag(text, range.start)) {
        let Tag { name, closes, at, .. } = tag;
        let name = name.to_ascii_lowercase();
        let at = span.sub(at.start, at.end);
        if !ELEMENTS.contains(&name.as_str()) || OPEN.contains(&name.as_str()) {
            continue;
        }
        if !closes {
            open.push((name, at));
        } else if let Some(found) = open.iter().rposition(|(opened, _)| *opened == name) {
            open.drain(found..).skip(1).for_each(|(inner, at)| report_open(&inner, at, sink));
        } else {
            let message = format!("`</{name}>` closes nothing in this piece of text");
            let help = "a heading, a figure or a directive ends what was open before it; enclose those with a directive, such as `:::note`";
            sink.push(Diagnostic::new(&SPEC, at, message).help(help));
        }
    }
    open.into_iter().for_each(|(name, at)| report_open(&name, at, sink));
}

fn report_open(name: &str, at: Span, sink: &Sink) {
    let message = format!("`<{name}>` is not closed");
    let help = format!("write `</{name}>` where it ends, before the next heading, figure or directive");
    sink.push(Diagnostic::new(&SPEC, at, message).help(help));
}
