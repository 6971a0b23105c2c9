//! The marks of inline Markdown: bold at the start, emphasis around all of a text, and what remains when
//! they are taken away.

use std::ops::Range;

use super::run::Run;
use crate::syntax::code_spans::code_and_tags;

/// Bold words at the start of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bold<'a> {
    /// Between the marks.
    pub inner: Run<'a>,
    /// What follows.
    pub rest: Run<'a>,
}

/// The bold words that a text begins with.
pub(super) fn leading_bold(run: Run<'_>) -> Option<Bold<'_>> {
    let run = run.trim();
    let mark = ["**", "__"].into_iter().find(|mark| run.text.starts_with(mark))?;
    let close = closing(run.text, 2, mark)?;
    let inner = run.sub(2..close).trim();
    (!inner.is_blank()).then(|| Bold { inner, rest: run.from(close + 2) })
}

/// All bold runs of a text, in order, as (inner, end of the closing mark).
pub(super) fn bold_runs(text: &str) -> Vec<(Range<usize>, usize)> {
    let code = code_and_tags(text);
    let mut next = 0;
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(offset) = text[at..].find("**") {
        let mark = at + offset;
        while code.get(next).is_some_and(|range| range.end <= mark) {
            next += 1;
        }
        if let Some(range) = code.get(next).filter(|range| range.contains(&mark)) {
            at = range.end;
            continue;
        }
        match open.take() {
            Some(start) => found.push((start..mark, mark + 2)),
            None => open = Some(mark + 2),
        }
        at = mark + 2;
    }
    found
}

/// Where the mark that closes bold words stands: not in code.
fn closing(text: &str, from: usize, mark: &str) -> Option<usize> {
    let code = code_and_tags(text);
    let mut next = 0;
    let mut is_code = |at: usize| {
        while code.get(next).is_some_and(|range| range.end <= at) {
            next += 1;
        }
        code.get(next).is_some_and(|range| range.contains(&at))
    };
    let found = text[from..].match_indices(mark).map(|(at, _)| from + at).find(|at| !is_code(*at))?;
    // `***` closes emphasis inside first.
    Some(found + usize::from(text[found..].starts_with("***") && !text[from..].starts_with('*')))
}

/// The inside of a text that is emphasised from its first to its last character.
pub(super) fn emphasised(run: Run<'_>) -> Option<Run<'_>> {
    let run = run.trim();
    let mark = run.text.chars().next().filter(|first| matches!(first, '*' | '_'))?;
    let inner = run.text.strip_prefix(mark)?.strip_suffix(mark)?;
    let is_single = !inner.is_empty() && !inner.starts_with(mark) && !inner.ends_with(mark);
    let is_whole = is_single && (mark == '_' || !inner.replace("**", "").contains(mark));
    is_whole.then(|| run.sub(1..1 + inner.len()))
}

/// A text without the marks of inline Markdown: what a reader sees of it.
pub(super) fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let code = code_and_tags(text);
    let mut next = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < text.len() {
        while code.get(next).is_some_and(|range| range.end <= at) {
            next += 1;
        }
        if let Some(range) = code.get(next).filter(|range| range.start == at) {
            if bytes[at] == b'`' {
                out.push_str(text[range.clone()].trim_matches('`').trim());
            }
            at = range.end;
            continue;
        }
        match bytes[at] {
            b'*' | b'[' => at += 1,
            b'!' if bytes.get(at + 1) == Some(&b'[') => at += 1,
            b'_' if !is_inside_word(bytes, at) => at += 1,
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                out.push(char::from(bytes[at + 1]));
                at += 2;
            }
            b']' => at = after_link(text, at),
            _ => {
                let len = text[at..].chars().next().map_or(1, char::len_utf8);
                out.push_str(&text[at..at + len]);
                at += len;
            }
        }
    }
    out.trim().to_owned()
}

fn is_inside_word(bytes: &[u8], at: usize) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    at > 0 && is_word(bytes.get(at - 1)) && is_word(bytes.get(at + 1))
}

/// Past `](address)` or `][label]`, or past the bracket alone.
fn after_link(text: &str, at: usize) -> usize {
    let rest = &text[at + 1..];
    let close = match rest.as_bytes().first() {
        Some(b'(') => ')',
        Some(b'[') => ']',
        _ => return at + 1,
    };
    let line = rest.split('\n').next().unwrap_or("");
    line.find(close).map_or(at + 1, |end| at + 1 + end + 1)
}

/// The words of a text alone, in small letters: what two texts have in common if only their marks differ.
pub(super) fn words(text: &str) -> String {
    let plain = unmarked(text).to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '\''));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a phrase stands in words, each whole.
pub(super) fn has_phrase(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let before = words[..at].chars().next_back().is_none_or(|c| c == ' ');
        let after = words[at + phrase.len()..].chars().next().is_none_or(|c| c == ' ');
        before && after
    })
}

/// The texts of code between backticks.
pub(super) fn code_texts(run: Run<'_>) -> impl Iterator<Item = Run<'_>> {
    code_and_tags(run.text)
        .into_iter()
        .filter(move |range| run.text[range.clone()].starts_with('`'))
        .map(move |range| run.sub(range).trim_matches(|c| c == '`').trim())
        .filter(|code| !code.is_blank())
}
