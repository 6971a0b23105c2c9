//! How a text is cut into the words by which it is found. `static/search/terms.js` of the default
//! theme cuts what a reader types in the same way; `tests/browser/terms.json` holds both to it.

/// Calls `take` with each word of a text: letters and digits in lower case. `lowered` is where they are
/// put together, so that no word needs room of its own.
pub(super) fn each_term(text: &str, lowered: &mut String, mut take: impl FnMut(&str)) {
    lowered.clear();
    lowered.push_str(text);
    lowered.make_ascii_lowercase();
    let mut rest = lowered.as_str();
    while let Some(start) = rest.as_bytes().iter().position(|byte| is_lowered(*byte) || !byte.is_ascii()) {
        rest = &rest[start..];
        let end = rest.as_bytes().iter().position(|byte| !is_lowered(*byte)).unwrap_or(rest.len());
        if rest.as_bytes().get(end).is_none_or(u8::is_ascii) {
            take(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        // Something else than ASCII is part of the word, or the first thing behind it.
        let (word, behind) = rest.split_at(rest.find(is_separator).unwrap_or(rest.len()));
        if !word.is_empty() {
            take(&word.to_lowercase());
        }
        rest = behind.strip_prefix(is_separator).unwrap_or(behind);
    }
}

/// Whether a byte of lowered text is a letter or digit of ASCII.
#[inline]
fn is_lowered(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9')
}

fn is_separator(letter: char) -> bool {
    !(letter.is_alphabetic() || letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{each_term, is_separator};

    fn terms(text: &str) -> Vec<String> {
        let (mut lowered, mut found) = ("left over".to_owned(), Vec::new());
        each_term(text, &mut lowered, |term| found.push(term.to_owned()));
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
        fn words_lie_between_separators(text in "([a-zA-Z0-9 ,.'-]|[ÄßİΣς—½東\u{301}\u{a0}]|\\PC){0,40}") {
            let words = text.split(is_separator).filter(|word| !word.is_empty());
            prop_assert_eq!(terms(&text), words.map(str::to_lowercase).collect::<Vec<_>>());
        }
    }
}
