//! The words of a text, and where they stand.

use std::borrow::Cow;
use std::ops::Range;

use crate::syntax::letters::Runs;

/// A word with its place. Letters, digits and inner apostrophes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub range: Range<usize>,
    /// Lower case, apostrophes straight.
    pub text: Cow<'t, str>,
}

/// Where a word stands, before anybody asks what it says.
#[derive(Clone, Debug)]
pub struct Place {
    pub range: Range<usize>,
    has_upper: bool,
    /// Whether it has characters that are not ASCII.
    pub has_other: bool,
}

impl Place {
    /// What stands there.
    pub fn word<'t>(&self, text: &'t str) -> Word<'t> {
        let written = &text[self.range.clone()];
        let text = if self.has_other {
            Cow::Owned(written.to_lowercase().replace('’', "'"))
        } else if self.has_upper {
            Cow::Owned(written.to_ascii_lowercase())
        } else {
            Cow::Borrowed(written)
        };
        Word { range: self.range.clone(), text }
    }
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::with_capacity(text.len() / 6);
    each_place(text, |place| found.push(place.word(text)));
    found
}

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Mark,
    Apostrophe,
    /// Or a digit.
    Letter,
    /// Part of a character that is not ASCII.
    Other,
}

static BYTES: [Byte; 256] = {
    let mut kinds = [Byte::Mark; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "256 is the first that would not fit")]
        let byte = at as u8;
        kinds[at] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Byte::Letter,
            b'\'' => Byte::Apostrophe,
            0x80.. => Byte::Other,
            _ => Byte::Mark,
        };
        at += 1;
    }
    kinds
};

/// Calls `visit` for the place of every word of a text. Goes by bytes, and by characters only where these
/// are not ASCII.
pub fn each_place(text: &str, mut visit: impl FnMut(Place)) {
    let kind = |at: usize| text.as_bytes().get(at).map_or(Byte::Mark, |byte| BYTES[usize::from(*byte)]);
    let character = |at: usize| text[at..].chars().next().unwrap_or(' ');
    let is_letter = |at: usize| match kind(at) {
        Byte::Letter => true,
        Byte::Other => character(at).is_alphanumeric(),
        Byte::Mark | Byte::Apostrophe => false,
    };
    let mut runs = Runs::of(text.as_bytes());
    let mut start = runs.start(0);
    while start < text.len() {
        let mut at = start;
        let (mut has_upper, mut has_other) = (false, false);
        loop {
            let inside = at > start;
            match kind(at) {
                Byte::Letter => {
                    let run = at..runs.end(at);
                    let letters = &text.as_bytes()[run.clone()];
                    has_upper =
                        letters.iter().fold(has_upper, |found, byte| found | byte.is_ascii_uppercase());
                    at = run.end;
                }
                Byte::Apostrophe if inside && is_letter(at + 1) => at += 1,
                Byte::Mark | Byte::Apostrophe => break,
                Byte::Other => {
                    let c = character(at);
                    let is_inner = c == '’' && inside && is_letter(at + c.len_utf8());
                    if !c.is_alphanumeric() && !is_inner {
                        break;
                    }
                    has_other = true;
                    at += c.len_utf8();
                }
            }
        }
        if at > start {
            visit(Place { range: start..at, has_upper, has_other });
        }
        // Past the mark that ended the word, or that stood in its place.
        start = runs.start(at + text[at..].chars().next().map_or(0, char::len_utf8));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words character by character.
    fn slow(text: &str) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        let mut start = None;
        let ended = format!("{text} ");
        let mut chars = ended.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let inner = matches!(c, '\'' | '’') && next.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || (inner && start.is_some()) {
                start = start.or(Some(at));
            } else if let Some(from) = start.take() {
                found.push((from..at, ended[from..at].to_lowercase().replace('’', "'")));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn words_are_those_that_characters_make(text in "([a-cX-Z0-9é'’ .ÄßİΣ١\u{1F41B}-]|don’t|it's){0,40}") {
            let found: Vec<_> = words(&text).into_iter().map(|word| (word.range, word.text.into_owned())).collect();
            prop_assert_eq!(found, slow(&text));
        }
    }
}
