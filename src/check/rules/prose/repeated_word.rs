//! `prose/repeated-word`.

use std::ops::Range;

use super::texts::{for_each_text, is_plain, place};
use crate::check::Checked;
use crate::check::prose::{Place, Prose};
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/repeated-word",
    severity: Severity::Warning,
    what: "A word stands twice in a row.",
    why: "It is a slip of the pen, and readers stumble over it.",
    fix: "Take one of the two away.",
    source: "rules.md",
    bad: &[
        Example::file(&[("content/tutorials/basics/start.md", "Open «the the» terminal.\n")]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n> «The\n> the» server is slow.\n",
        )]),
        // Twice in other sentences, but not in this one.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. What runs in it? It «is is» called a shell.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- This table holds «all\n-- all» posts.\nSELECT 1;\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - id: busy-loop\n    name: busy loop\n    summary: >-\n      A loop «that is\n      that is» never done.\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Open a terminal. What it is is a shell, and all there is is here. They had had enough, and that that happened is very, very bad; it is very very slow.\n\nType `the` the way you like, `go go`, 10 10 and Duran Duran. He went back, back-to-back back.\n\n- the\n- the\n\n| the | the |\n|---|---|\n| a | a |\n\nroses  \nroses\n\nthe **the** *the*\n",
    )])],
};

/// Words that stand twice in good sentences.
const TWICE: [&str; 17] = [
    "had", "that", "very", "really", "so", "no", "bye", "ha", "her", "you", "do", "did", "far", "much",
    "long", "now", "there",
];

/// Looks at all running text.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_text(checked, |prose| {
        let text = checked.files.slice(prose.span);
        for repetition in repetitions(checked, prose) {
            let first = &text[repetition.first.clone()];
            let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
            let span = place(prose, repetition.first.start, repetition.end);
            let cut = place(prose, repetition.first.end, repetition.end);
            // Without an id of its own a heading's anchor is made from its words.
            let applicability =
                if prose.place == Place::Heading { Applicability::Unsafe } else { Applicability::Safe };
            sink.push(
                Diagnostic::new(&SPEC, span, format!("`{first}` stands here twice"))
                    .help(format!("write `{first}` once"))
                    .replace(applicability, "take the repetition away", cut, ""),
            );
        }
    });
}

struct Repetition {
    first: Range<usize>,
    end: usize,
}

fn repetitions(checked: &Checked<'_>, prose: &Prose) -> Vec<Repetition> {
    let text = checked.files.slice(prose.span);
    let mut found: Vec<Repetition> = Vec::new();
    if !checked.beginnings(prose).may_repeat() {
        return found;
    }
    let words: Vec<_> = prose.words(checked.files).with_apostrophes().map(|word| word.range).collect();
    let mut at = 0;
    while at + 1 < words.len() {
        // Two words may be repeated as well as one.
        let hit = [2, 1].into_iter().find(|&len| is_repeated(text, prose, &words, at, len));
        let Some(len) = hit else {
            at += 1;
            continue;
        };
        let mut last = at + 2 * len;
        while is_repeated(text, prose, &words, last - len, len) {
            last += len;
        }
        found.push(Repetition { first: words[at].start..words[at + len - 1].end, end: words[last - 1].end });
        at = last;
    }
    found
}

/// Whether `len` words from `at` on come again right behind.
fn is_repeated(text: &str, prose: &Prose, words: &[Range<usize>], at: usize, len: usize) -> bool {
    let Some(all) = words.get(at..at + 2 * len) else { return false };
    let word = |index: usize| &text[all[index].clone()];
    if !(0..len).all(|index| is_same(word(index), word(index + len))) {
        return false;
    }
    let counts = if len == 1 { counts_alone(word(0), word(1)) } else { counts_together(word(0), word(1)) };
    let counts = counts && !(len == 1 && word(0) == "is" && ends_a_clause(&text[..all[0].start]));
    let joined = all.windows(2).all(|pair| is_gap(&text[pair[0].end..pair[1].start], prose.place));
    let (start, end) = (all[0].start, all[2 * len - 1].end);
    let is_free = all.iter().all(|range| is_plain(prose, range.start, range.end));
    counts && joined && is_free && stands_alone(text, start, end)
}

/// Whether two words differ in case alone.
fn is_same(first: &str, second: &str) -> bool {
    if first.is_ascii() && second.is_ascii() {
        return first.eq_ignore_ascii_case(second);
    }
    first.chars().flat_map(char::to_lowercase).eq(second.chars().flat_map(char::to_lowercase))
}

/// Whether "is" can end a clause that begins in the same sentence: "what it is is a shell".
fn ends_a_clause(before: &str) -> bool {
    const OPENERS: [&str; 10] =
        ["what", "who", "whoever", "whatever", "how", "where", "why", "which", "all", "thing"];
    let sentence = before.rsplit(['.', '!', '?', ':', ';']).next().unwrap_or(before).to_lowercase();
    sentence.split(|c: char| !c.is_alphanumeric()).any(|word| OPENERS.contains(&word))
}

/// Numbers and names repeat: "10 10", "Duran Duran".
fn counts_alone(first: &str, second: &str) -> bool {
    let is_upper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_word = first.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '\u{2019}');
    is_word && !(is_upper(first) && is_upper(second)) && !TWICE.contains(&first.to_lowercase().as_str())
}

/// Two words count when they differ and are words: "that is that is", not "1 2 1 2" or "tick tock".
fn counts_together(first: &str, second: &str) -> bool {
    const SMALL: [&str; 28] = [
        "the", "a", "an", "of", "in", "on", "to", "is", "it", "and", "that", "with", "for", "as", "at", "by",
        "be", "are", "was", "this", "these", "from", "or", "will", "can", "if", "when", "you",
    ];
    let is_small = |word: &str| SMALL.contains(&word.to_lowercase().as_str());
    first.to_lowercase() != second.to_lowercase() && is_small(first) && is_small(second)
}

/// What may stand between: space, and where text is wrapped the mark of a comment or a quotation. A
/// line that ends on purpose is a line of its own.
fn is_gap(gap: &str, place: Place) -> bool {
    let marks: &[&str] = match place {
        Place::Page => &["", ">"],
        Place::Comment => &["", "//", "//:", "#", "#:", "--", "--:", "*"],
        Place::Heading | Place::Description | Place::Manifest => &[""],
    };
    let over_line = gap.matches('\n').count();
    let is_hard = gap.starts_with("  ") && over_line > 0;
    let has_space = gap.chars().any(char::is_whitespace);
    let mark = gap.trim();
    has_space && over_line < 2 && !is_hard && marks.contains(&mark) && (mark.is_empty() || over_line == 1)
}

/// Whether neither end is part of a longer word: `back-to-back back`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| "-_/@.".contains(c));
    let mut after = text[end..].chars();
    let next = after.next();
    let ends_sentence = next == Some('.') && !after.next().is_some_and(char::is_alphanumeric);
    !joins(text[..start].chars().next_back()) && (ends_sentence || !joins(next))
}
