//! `link/bare-url`.

use super::written::for_each_link;
use crate::check::Checked;
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "link/bare-url",
    severity: Severity::Warning,
    what: "An address stands in the text as it is.",
    why: "Nobody can tell where it leads before they open it, and the full stop or bracket behind it may become part of it.",
    fix: "Write `[what is there](https://…)`, or put it between `<` and `>` where the address itself matters.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. More at «https://example.org/terminals».\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n- More at «www.example.org/terminals».\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - {id: busy-loop, name: busy loop, summary: 'A loop that waits, as in «https://example.org/loop».'}\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Open a terminal. More at [their site](https://example.org), at <https://example.org/exact>, in `https://example.org/code`, by mail to a@example.org, or at [https://example.org](https://example.org).\n\n```bash\ncurl https://example.org\n```\n\n<a href=\"https://example.org\">their site</a>\n",
    )])],
};

/// Looks for links whose text is their address and that nobody marked as links.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_link(checked, |link| {
        let source = checked.files.slice(link.span);
        let is_marked = source.starts_with(['[', '<', '!']);
        let is_address = link.destination.value.starts_with("http");
        // A link whose place is not known exactly covers more than an address.
        if link.image || is_marked || !is_address || source.contains(char::is_whitespace) || source.is_empty()
        {
            return;
        }
        let message = format!("the address `{source}` stands here as it is");
        let finding = Diagnostic::new(&SPEC, link.span, message)
            .help(format!("write `[what is there]({})`", link.destination.value));
        let new = format!("<{}>", link.destination.value);
        sink.push(finding.replace(Applicability::Unsafe, "put it between angle brackets", link.span, new));
    });
}
