//! Page text as people read it: Markdown with its marks blanked out, so that byte offsets stay, and
//! the sentences and words in it.

mod words;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashSet;

use crate::source::Files;
use crate::syntax::document::{Block, Link};

pub use words::{Place, each_place, words};

/// How `scenarist new` marks what is still to be written; nothing else is said about such a text.
const GAP: &str = "(to write:";

/// What becomes of code between backticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Only the backticks go.
    Kept,
    /// It counts as one short word.
    Folded,
}

/// The text of a block with everything that is not words blanked out, byte by byte.
pub fn plain_text(files: &Files, block: &Block, code: Code) -> String {
    plain(files.slice(block.span), block.span.start as usize, &block.links, code)
}

/// [`plain_text`] of any Markdown; `start` is where it begins in the file that its links speak of.
pub fn plain(text: &str, start: usize, links: &[Link], code: Code) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for link in links {
        let at = |offset: u32| (offset as usize).saturating_sub(start).min(bytes.len());
        let (from, to) = (at(link.span.start), at(link.span.end));
        let (text_from, text_to) = (at(link.text.start), at(link.text.end));
        let destination = at(link.destination.span.start)..at(link.destination.span.end);
        blank(&mut bytes, from..text_from);
        // The path of a reference to a file is what its reader sees.
        let shown = text.get(destination.clone()).and_then(|words| words.strip_prefix("file:"));
        match shown.filter(|_| destination.start >= text_to) {
            Some(path) => {
                blank(&mut bytes, text_to..destination.end - path.len());
                blank(&mut bytes, destination.end..to);
            }
            None => blank(&mut bytes, text_to..to),
        }
    }
    blank_marks(&mut bytes, text, code);
    String::from_utf8(bytes).unwrap_or_default()
}

fn blank(bytes: &mut [u8], range: Range<usize>) {
    if let Some(range) = bytes.get_mut(range) {
        range.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
}

fn blank_marks(bytes: &mut [u8], text: &str, code: Code) {
    let source = text.as_bytes();
    let mut at = 0;
    let mut paragraph = 0;
    // What does not close in a paragraph is not looked for again: long texts stay quick.
    let mut unclosed: Vec<(u8, usize)> = Vec::new();
    while at < source.len() {
        if at >= paragraph {
            paragraph = memmem::find(&source[at..], b"\n\n").map_or(source.len(), |len| at + len + 2);
            unclosed.clear();
        }
        let is_mark = |byte: &u8| matches!(byte, b'`' | b'{' | b'<' | b'*');
        at = source[at..paragraph].iter().position(is_mark).map_or(paragraph, |len| at + len);
        let rest = &source[at..paragraph];
        if rest.is_empty() {
            continue;
        }
        let run = rest.iter().take_while(|byte| **byte == rest[0]).count();
        let next = rest.get(1).copied().unwrap_or(b' ');
        let close = match rest[0] {
            b'`' => Some((run, b'`')),
            b'{' if next == b'#' => Some((1, b'}')),
            b'<' if next.is_ascii_alphabetic() || b"/!".contains(&next) => Some((1, b'>')),
            _ => None,
        };
        let Some((run, mark)) = close else {
            if rest[0] == b'*' {
                blank(bytes, at..at + 1);
            }
            at += 1;
            continue;
        };
        let end = (!unclosed.contains(&(mark, run))).then(|| closing(rest, run, mark)).flatten();
        let Some(end) = end else {
            unclosed.push((mark, run));
            if mark == b'`' {
                blank(bytes, at..at + run);
            }
            at += run;
            continue;
        };
        blank_pair(bytes, at..at + end, run, mark == b'`', code);
        at += end;
    }
}

/// Blanks marks and, unless it is code that is kept, what stands between them.
fn blank_pair(bytes: &mut [u8], range: Range<usize>, run: usize, is_code: bool, code: Code) {
    if is_code && code == Code::Kept {
        blank(bytes, range.start..range.start + run);
        blank(bytes, range.end - run..range.end);
        return;
    }
    let start = range.start;
    blank(bytes, range);
    if is_code {
        bytes[start] = b'x';
    }
}

/// Where the next run of exactly `run` marks after an opening one ends.
fn closing(rest: &[u8], run: usize, mark: u8) -> Option<usize> {
    let mut at = run;
    while at < rest.len() {
        let here = rest[at..].iter().take_while(|byte| **byte == mark).count();
        if here == run || (here > 0 && mark != b'`') {
            return Some(at + run);
        }
        at += here.max(1);
    }
    None
}

/// Whether a text is a gap that its author has yet to fill.
pub fn is_gap(text: &str) -> bool {
    memmem::find(text.as_bytes(), GAP.as_bytes()).is_some()
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 8] = ["e.g", "i.e", "etc", "vs", "approx", "cf", "no", "fig"];

/// The sentences of a plain text, trimmed. List items, quoted lines, table cells and paragraphs end one, too.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            _ if at < start => false,
            b'.' | b'!' | b'?' => closes_sentence(text, start, at, &bytes[at + 1..]),
            b'|' => true,
            b'\n' => starts_line_of_its_own(&bytes[at + 1..]),
            _ => false,
        };
        if ends {
            // What closes with the sentence belongs to it.
            let after = &text[at + 1..];
            let closes = |c: char| matches!(c, '"' | '\'' | ')' | ']' | '”' | '’');
            let closing =
                if *byte == b'|' { 0 } else { after.len() - after.trim_start_matches(closes).len() };
            let end = at + 1 + closing;
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn closes_sentence(text: &str, start: usize, at: usize, rest: &[u8]) -> bool {
    let after = rest.iter().find(|byte| !b"\"')]_*".contains(byte));
    if !after.is_none_or(u8::is_ascii_whitespace) && !rest.starts_with("”".as_bytes()) {
        return false;
    }
    let word = text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    !ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn starts_line_of_its_own(rest: &[u8]) -> bool {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_number = line.first().is_some_and(u8::is_ascii_digit)
        && line.iter().find(|byte| !byte.is_ascii_digit()).is_some_and(|byte| b".)".contains(byte));
    let is_item =
        line.len() > 1 && b"-+".contains(&line[0]) && line[1].is_ascii_whitespace() || line.starts_with(b">");
    line.is_empty() || is_item || is_number
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '+' | '>' | '|' | '#');
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start_matches(is_mark).len());
    let end = range.start + part.trim_end_matches(|c: char| c.is_whitespace() || c == '|').len();
    if start < end && text[start..end].chars().any(char::is_alphanumeric) {
        found.push(start..end);
    }
}

/// Words that carry no meaning of their own.
const STOP: &str = "a about after again all also am an and any are as at be because been before being \
between both but by can could did do does doing don't down each either else ever every few for from further \
get gets got had has have having he her here hers him his how i if in into is isn't it it's its itself just \
let let's like made make makes many may me might more most much must my never no nor not now of off on once \
one only onto or other our out over own quite rather s same she should so some such t than that the their \
them then there these they this those through to too under until up upon us very was we were what when where \
whether which while who whom whose why will with within without would yet you your yours yourself";

/// How long they are at most.
const LONGEST_STOP: usize = 8;

/// Whether a word carries meaning: not one of the small ones.
pub fn is_content(word: &str) -> bool {
    static SMALL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());
    word.len() > LONGEST_STOP || word.chars().nth(1).is_some() && !SMALL.contains(word)
}

/// The stems of the words that carry meaning, in order.
pub fn content_stems(text: &str) -> Vec<String> {
    words(text).iter().filter(|word| is_content(&word.text)).map(|word| stem(&word.text)).collect()
}

/// A word without its commonest endings, so that "connections" meets "connection".
pub fn stem(word: &str) -> String {
    let cut = |ending: &str, least: usize| {
        word.strip_suffix(ending).filter(|rest| rest.len() >= least).map(str::to_owned)
    };
    cut("ies", 3)
        .map(|stem| stem + "y")
        .or_else(|| cut("ing", 4))
        .or_else(|| cut("ed", 4))
        .or_else(|| cut("es", 4).filter(|_| word.ends_with("xes") || word.ends_with("ches")))
        .or_else(|| cut("s", 3).filter(|_| !word.ends_with("ss")))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_blanked_and_places_stay() {
        let text = "- {#one} **Open** `src/a.js` (<br>) *now*";
        let kept = plain(text, 0, &[], Code::Kept);
        assert_eq!(kept.len(), text.len());
        assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), ["-", "Open", "src/a.js", "(", ")", "now"]);
        assert_eq!(plain("a `b c` d ` e", 0, &[], Code::Folded), "a x     d   e");
    }

    #[test]
    fn sentences_end_where_people_stop() {
        let cut =
            |text: &str| sentences(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            cut("One (e.g. this). Two? \"Three.\" 1.2 s"),
            ["One (e.g. this).", "Two?", "\"Three.\"", "1.2 s"]
        );
        assert_eq!(cut("- a b\n- c\n\nd\ne"), ["a b", "c", "d\ne"]);
        assert_eq!(cut("| a | b. |"), ["a", "b."]);
    }

    #[test]
    fn words_keep_their_apostrophes() {
        let found =
            |text: &str| words(text).into_iter().map(|word| word.text.into_owned()).collect::<Vec<_>>();
        assert_eq!(found("Don’t 'quote' re-use_it"), ["don't", "quote", "re", "use", "it"]);
        assert_eq!(content_stems("the connections were opened by queries"), ["connection", "open", "query"]);
    }
}
