//! How a text is cut into the words by which it is found. `static/search/terms.js` of the default
//! theme cuts what a reader types in the same way; `tests/browser/terms.json` holds both to it.

use crate::syntax::letters::Runs;

/// A word: letters and digits in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term<'t> {
    /// One of up to eight bytes, read as a number. Most are such, and nothing is looked up as fast.
    Short(u64),
    Long(&'t str),
}

impl<'t> Term<'t> {
    fn of(word: &'t str) -> Self {
        if word.len() > size_of::<u64>() { Self::Long(word) } else { Self::Short(number_of(word.as_bytes())) }
    }
}

/// Up to eight bytes as a number.
pub(super) fn number_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Calls `take` with each word of a text. `lowered` is where they are put together, so that no word
/// needs room of its own.
#[inline]
pub(super) fn each_term(text: &str, lowered: &mut String, mut take: impl FnMut(Term<'_>)) {
    lowered.clear();
    lowered.push_str(text);
    lowered.make_ascii_lowercase();
    let text = lowered.as_str();
    let mut runs = Runs::of(text.as_bytes());
    let mut start = runs.start(0);
    while start < text.len() {
        let at = runs.end(start);
        if text.as_bytes().get(at).is_some_and(|byte| !byte.is_ascii()) {
            // Something else than ASCII is part of the word, or the first thing behind it.
            let rest = &text[start..];
            let (word, behind) = rest.split_at(rest.find(is_separator).unwrap_or(rest.len()));
            if !word.is_empty() {
                take(Term::of(&word.to_lowercase()));
            }
            start = runs.start(text.len() - behind.strip_prefix(is_separator).unwrap_or(behind).len());
            continue;
        }
        match at - start {
            len @ ..=8 => take(Term::Short(match text.as_bytes()[start..].first_chunk() {
                Some(eight) => u64::from_be_bytes(*eight) >> (u64::BITS as usize - len * 8),
                None => number_of(&text.as_bytes()[start..at]),
            })),
            _ => take(Term::Long(&text[start..at])),
        }
        start = runs.start(at);
    }
}

fn is_separator(letter: char) -> bool {
    !(letter.is_alphabetic() || letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Term, each_term, is_separator};

    fn terms(text: &str) -> Vec<String> {
        let (mut lowered, mut found) = ("left over".to_owned(), Vec::new());
        each_term(text, &mut lowered, |term| {
            found.push(match term {
                Term::Short(number) => {
                    let bytes = number.to_be_bytes().into_iter().filter(|byte| *byte != 0);
                    String::from_utf8(bytes.collect()).expect("a word")
                }
                Term::Long(word) => {
                    assert!(word.len() > 8, "{word}");
                    word.to_owned()
                }
            });
        });
        found
    }

    #[test]
    fn texts_are_cut_as_the_browser_cuts_them() {
        let cases: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../../tests/browser/terms.json"))
                .expect("a list of texts with their words");
        assert!(cases.len() > 10);
        for (text, wanted) in cases {
            assert_eq!(terms(&text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_lie_between_separators(text in "([a-zA-Z0-9]{1,10}|[ ,.'-]|[ÄßİΣς—½東\u{301}\u{a0}]|\\PC){0,40}") {
            let words = text.split(is_separator).filter(|word| !word.is_empty());
            prop_assert_eq!(terms(&text), words.map(str::to_lowercase).collect::<Vec<_>>());
        }
    }
}
