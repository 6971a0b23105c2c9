//! `prose/banned-phrase`.

use super::texts::{for_each_text, is_plain, is_quoted, place};
use crate::check::Checked;
use crate::check::phrases::{Forms, Phrases};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::Course;

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/banned-phrase",
    severity: Severity::Warning,
    what: "A phrase stands in the text that does not belong into teaching.",
    why: "Words like \"simply\" and \"obviously\" tell those who are stuck that it is their fault. Other phrases are empty, or the course has banned them.",
    fix: "Leave it out, or say what makes the step easy. Phrases of the course stand under `lint.vocabulary.banned` in course.yml.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Now «simply» type your name.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n- It is empty, «as you\n  can see».\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - {id: busy-loop, name: busy loop, summary: «Obviously» a loop that waits.}\n",
        )]),
        // A phrase of the course's own counts in quotations, too.
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint: {vocabulary: {banned: [low-hanging fruit]}}\n",
            ),
            ("content/tutorials/basics/start.md", "Open a terminal. They call it \"«Low-hanging fruit»\".\n"),
        ]),
    ],
    params: &[],
    good: &[
        // Code, talk about the word, words of others, and words that only look alike.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Run `simply --now`, and see <https://example.org/simply>.\n\nA text with \"simply\" in it helps nobody. Put simply, it is a list. A course of courses, and the obvious guess.\n\n> You simply forgot to save it, of course. — Ada\n",
        )]),
    ],
};

/// Phrases that put readers down or say nothing.
const BUILT_IN: [&str; 15] = [
    "simply",
    "obviously",
    "of course",
    "trivially",
    "needless to say",
    "as you can see",
    "as we all know",
    "as everyone knows",
    "as everybody knows",
    "it goes without saying",
    "just do",
    "all you have to do is",
    "all you need to do is",
    "without further ado",
    "in today's fast-paced world",
];

/// Idioms in which such a word means something else.
const HARMLESS: [&str; 4] = ["put simply", "simply put", "matter of course", "in the course of"];

/// The phrases: those of the course, the built-in ones, and harmless idioms.
pub fn banned_phrases(course: &Course) -> Phrases {
    Phrases::new(Forms::Written, own_phrases(course).chain(BUILT_IN).chain(HARMLESS).enumerate())
}

fn own_phrases(course: &Course) -> impl Iterator<Item = &str> {
    let vocabulary = course.manifest.lint.as_ref().and_then(|lint| lint.vocabulary.as_ref());
    vocabulary.into_iter().flat_map(|vocabulary| &vocabulary.banned).map(|phrase| phrase.value.as_str())
}

/// Looks at all running text. Built-in phrases may be quoted.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let phrases = &checked.vocabulary().banned;
    let own = own_phrases(checked.course).count();
    let harmless = own + BUILT_IN.len();
    for_each_text(checked, |prose| {
        let text = checked.files.slice(prose.span);
        for hit in phrases.find_at(&prose.words(checked.files), checked.beginnings(prose)) {
            let is_own = hit.keys.iter().any(|&key| key < own);
            let is_harmless = hit.keys.iter().all(|&key| key >= harmless);
            let may_stand = is_harmless || is_quoted(text, hit.range.start);
            if (may_stand && !is_own) || !is_plain(prose, hit.range.start, hit.range.end) {
                continue;
            }
            let words = text[hit.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let (message, help) = if is_own {
                (format!("this course does not say `{words}`"), "put it in other words")
            } else {
                (
                    format!("`{words}` does not help those who are stuck"),
                    "leave it out, or say what makes it easy",
                )
            };
            sink.push(
                Diagnostic::new(&SPEC, place(prose, hit.range.start, hit.range.end), message).help(help),
            );
        }
    });
}
