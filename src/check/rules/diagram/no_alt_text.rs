//! `diagram/no-alt-text`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Files;
use crate::syntax::document::Link;

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/no-alt-text",
    severity: Severity::Warning,
    what: "A picture has no description, or one that says nothing.",
    why: "People who cannot see it, or whose network did not load it, get this text in its place.",
    fix: "Say between the brackets, in a sentence, what can be seen and what it means.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n«![](diagrams/system.svg \"The system again\")»\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![«The system, again»](diagrams/system.svg \"The system again\")\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![«system.svg»](diagrams/system.svg \"The system again\")\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n- Look at it: ![«Diagram»](diagrams/system.svg)\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![«busy loop»](diagrams/busy-loop.svg \"Round and round\")\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![A browser asks the app, which asks the database.](diagrams/system.svg \"The system again\")\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n![The system: a browser, an app and a database in a row](diagrams/system.svg \"The system\")\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n`![](diagrams/system.svg)` is how a picture is written.\n\n```text\n![](a.svg)\n```\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "A link, not a picture: [](concept:busy-loop).\n",
        )]),
    ],
};

/// Words that only say that there is a picture.
const EMPTY_WORDS: [&str; 10] =
    ["alt", "chart", "diagram", "figure", "graph", "illustration", "image", "photo", "picture", "screenshot"];

/// Looks at every image, whether it is a figure or stands in a line.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in checked.pages {
        page.for_each_block(|block| {
            for image in block.links.iter().filter(|link| link.image) {
                if let Some(message) = fault(checked.files, image) {
                    let is_empty = description(checked.files, image).is_empty();
                    let span = if is_empty { image.span } else { image.text };
                    let finding = Diagnostic::new(&SPEC, span, message);
                    sink.push(
                        finding.help("say in a sentence what can be seen, for those who cannot see it"),
                    );
                }
            }
        });
    }
}

fn description<'f>(files: &'f Files, image: &Link) -> &'f str {
    files.slice(image.text).trim()
}

fn fault(files: &Files, image: &Link) -> Option<&'static str> {
    let alt = description(files, image);
    if alt.is_empty() {
        return Some("this picture has no description");
    }
    let said = bare(alt);
    let name = image.destination.value.rsplit('/').next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if image.title.as_deref().is_some_and(|caption| bare(caption) == said) {
        Some("the description repeats the caption")
    } else if said == bare(name) || said == bare(stem) {
        Some("the description repeats the file's name")
    } else if EMPTY_WORDS.contains(&said.as_str()) {
        Some("the description only says that this is a picture")
    } else {
        None
    }
}

/// Letters and digits alone.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    bare.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    bare
}
