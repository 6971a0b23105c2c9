//! `pedagogy/hint-empty`.

use super::hint_group::hint_place;
use super::reading::{Kind, for_each_page};
use super::text::{Code, is_content, is_gap, plain, words};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::document::{Block, BlockKind, Directive};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/hint-empty",
    severity: Severity::Warning,
    what: "A hint says nothing about the problem.",
    why: "Whoever opens a hint needs one. \"Think again\" costs them the last of their patience.",
    fix: "Name a place to look at, or ask a question that leads there. Or remove the hint.",
    source: "platform-vision.md, How Each Scenario Works",
    params: &[Param {
        name: "words",
        default: 1.0,
        doc: "how many words with a meaning of their own a hint needs at least",
    }],
    bad: &[
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\n«Think about it once more.»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            hints!(),
            ":::hint\n«Placeholder text for a hint.»\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\nWhich line needs no database?\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            ":::hint\n![A loop that goes round and round while three requests wait in line.](diagrams/busy-loop.svg \"Look at this once more\")\n:::\n\n",
            change!(),
            after!(),
            after_fix!()
        ),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n:::hint\nTry `Ctrl` and `J`.\n:::\n",
        )]),
    ],
};

/// Words of encouragement and of unfinished pages, as their stems stand in a text.
const FILLERS: [&str; 40] = [
    "again",
    "answer",
    "careful",
    "carefully",
    "close",
    "closely",
    "clue",
    "consider",
    "difficult",
    "easy",
    "fixme",
    "give",
    "go",
    "hard",
    "harder",
    "help",
    "hint",
    "hints",
    "keep",
    "later",
    "look",
    "maybe",
    "placeholder",
    "please",
    "read",
    "sure",
    "take",
    "tbd",
    "text",
    "think",
    "thinking",
    "time",
    "tip",
    "todo",
    "try",
    "trying",
    "work",
    "write",
    "wrong",
    "problem",
];

/// Looks at every hint. Pictures and code say enough by themselves.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let least = checked.settings.number(&SPEC, "words");
    for_each_page(checked, |reading| {
        for event in &reading.events {
            let Kind::Hint(directive) = event.kind else { continue };
            if says_something(checked, directive, least) {
                continue;
            }
            let finding =
                Diagnostic::new(&SPEC, hint_place(directive), "this hint says nothing about the problem");
            sink.push(
                finding.help("name a place to look at or ask a question that leads there, or remove it"),
            );
        }
    });
}

#[expect(clippy::cast_precision_loss, reason = "hints are short")]
fn says_something(checked: &Checked<'_>, directive: &Directive, least: f64) -> bool {
    let mut meaning = 0;
    // One that holds nothing at all is reported when the page is read.
    let is_shown = |block: &Block| !matches!(block.kind, BlockKind::Comment { .. } | BlockKind::Definition);
    if !directive.children.iter().any(is_shown) {
        return true;
    }
    for block in &directive.children {
        match &block.kind {
            BlockKind::Comment { .. } | BlockKind::Definition => {}
            BlockKind::List(_) | BlockKind::Prose { .. } => {
                let source = checked.files.slice(block.span);
                if is_gap(source) || source.contains('`') || !block.links.is_empty() {
                    return true;
                }
                let text = plain(source, block.span.start as usize, &block.links, Code::Kept);
                let means = |word: &str| is_content(word) && !FILLERS.contains(&word);
                meaning += words(&text).iter().filter(|word| means(&word.text)).count();
            }
            _ => return true,
        }
    }
    meaning as f64 >= least
}
