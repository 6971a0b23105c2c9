//! `source/unsafe-html`.

use crate::check::Checked;
use crate::check::prose::{Prose, prose_of_manifest, prose_of_page};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::{BlockKind, Link};
use crate::syntax::raw_html::{What, dropped_of_tag, is_safe_address};

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/unsafe-html",
    severity: Severity::Warning,
    what: "A text holds HTML that the site drops: an element, an attribute or an address that is not on the list of harmless ones.",
    why: "What is dropped is missing from the page, and GitHub drops it, too. A script, a frame or a style from a text could do anything with the reader's answers.",
    fix: "Write it in Markdown or with a directive; text that only looks like HTML belongs in backticks.",
    source: "issue 5",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. «<script src=\"https://example.org/x.js\">»</script>\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n<div «style=\"color: red\"»>\n\nThen wait.\n\n</div>\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal, and [wait](«javascript:wait()»).\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal: ![the terminal](«https://example.org/terminal.png»)\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/tutorial.yml",
            "title: The basics\nstatus: ready\nsummary: Open the folder scenario-«<number>» there.\npages:\n  - {id: start, title: The start}\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal with <kbd>Ctrl</kbd>+<kbd>T</kbd>, in H<sub>2</sub>O. Write `<script>`, `scenario-<id>` or \\<b>.\n\n<details>\n<summary>More</summary>\n\nIf 1 <2, see <https://example.org>.\n\n</details>\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n```html\n<script>alert(1)</script>\n<iframe></iframe>\n```\n\n<!-- <script> -->\n",
        )]),
    ],
};

pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        prose_of_page(checked, page).iter().for_each(|prose| check_tags(checked, prose, sink));
        page.for_each_block(|block| {
            // The address of a figure is looked up, so that it can only be a file of the course.
            if !matches!(block.kind, BlockKind::Figure(_)) {
                block.links.iter().for_each(|link| check_link(link, sink));
            }
        });
    }
    for file in checked.sources_with("yml") {
        for prose in prose_of_manifest(checked, file).iter() {
            check_tags(checked, prose, sink);
            prose.links().iter().for_each(|link| check_link(link, sink));
        }
    }
}

fn check_tags(checked: &Checked<'_>, prose: &Prose, sink: &Sink) {
    let text = checked.files.slice(prose.span);
    let mut from = 0;
    for start in prose.tags(checked.files) {
        if start < from {
            continue;
        }
        let Some((dropped, end)) = dropped_of_tag(text, start) else { continue };
        from = end;
        for part in dropped {
            report(prose.span.sub(part.at.start, part.at.end), &part.what, sink);
        }
    }
}

fn check_link(link: &Link, sink: &Sink) {
    let address = &link.destination.value;
    if is_safe_address(address, link.image) {
        return;
    }
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme =
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    // References, and kinds of addresses that nobody knows, are the business of others.
    let runs = !is_scheme || ["javascript", "data", "blob"].contains(&scheme.to_ascii_lowercase().as_str());
    if runs || (link.image && is_safe_address(address, false)) {
        report(link.destination.span, &What::Address { picture: link.image }, sink);
    }
}

fn report(span: Span, what: &What, sink: &Sink) {
    let (message, help) = match what {
        What::Element(name) => (
            format!("the site drops `<{name}>`"),
            format!("write `` `<{name}>` `` to show it as text; else {}", instead(name)),
        ),
        What::Attribute(element, name) => {
            (format!("the site drops `{name}` of `<{element}>`"), "remove the attribute".to_owned())
        }
        What::Address { picture: false } => (
            "the site drops this address: it could run something".to_owned(),
            "write an address that begins with `https://`, or remove the link".to_owned(),
        ),
        What::Address { picture: true } => (
            "the site does not load pictures from elsewhere".to_owned(),
            "put the file into `diagrams/` and write `![…](diagrams/name.svg)`".to_owned(),
        ),
    };
    sink.push(Diagnostic::new(&SPEC, span, message).help(help));
}

/// What to write in place of an element.
fn instead(element: &str) -> &'static str {
    match element {
        "script" | "style" | "link" | "meta" => "remove it: behavior and looks belong to the theme",
        "iframe" | "embed" | "object" | "video" | "audio" => {
            "link to what it shows: `[what it is](https://…)`"
        }
        "form" | "input" | "textarea" | "select" | "button" => {
            "ask with `:::question{#id kind=…}`, which has a field for the answer"
        }
        "center" | "font" | "big" => "leave it out: looks belong to the theme",
        "h1" => "begin with `##`: the page has its title already",
        "svg" => "put the picture into `diagrams/` and write `![…](diagrams/name.svg)`",
        _ => "remove it",
    }
}
