//! `link/vague-link-text`.

use super::written::for_each_link;
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "link/vague-link-text",
    severity: Severity::Warning,
    what: "The words of a link do not say where it leads.",
    why: "People who use a screen reader hear the links of a page one after the other, and \"here, here, this\" tells them nothing.",
    fix: "Put the link on the words that name what is there, or leave the brackets of a reference empty.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. «[Click here](https://example.org)» to learn more.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then do the exercise («[**here**.](scenario:first)»).\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - {id: busy-loop, name: busy loop, summary: 'A loop that waits, as explained «[in this link](https://example.org)».'}\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Open a terminal. See [the history of terminals](https://example.org), [](scenario:first), [how here documents work](https://example.org/here) and `[here](x)`. [0](https://example.org/0)\n",
    )])],
};

const VAGUE: [&str; 24] = [
    "here",
    "click here",
    "right here",
    "over here",
    "see here",
    "this",
    "that",
    "it",
    "this link",
    "this page",
    "this site",
    "this one",
    "in this link",
    "link",
    "the link",
    "page",
    "more",
    "read more",
    "learn more",
    "more info",
    "see more",
    "click",
    "click this",
    "website",
];

/// Looks at the words of every link.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_link(checked, |link| {
        if link.image || link.text == link.destination.span {
            return;
        }
        let words = checked.files.slice(link.text);
        let plain: String =
            words.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if !VAGUE.contains(&plain.as_str()) {
            return;
        }
        let help = "put the link on the words that name what is there";
        let message = format!("`{}` does not say where the link leads", words.trim());
        sink.push(Diagnostic::new(&SPEC, link.span, message).help(help));
    });
}
