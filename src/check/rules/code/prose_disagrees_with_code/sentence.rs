//! Numbers in sentences, with the noun that says what they count.

use std::ops::Range;

/// A number in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Number {
    pub value: u64,
    pub at: Range<usize>,
    /// What it counts, in lower case.
    pub noun: String,
    /// A word between number and noun; may be empty.
    pub adjective: String,
    /// The three words before the number, in lower case.
    pub before: String,
}

/// Words that may stand between a number and its noun.
const ADJECTIVES: [&str; 14] = [
    "concurrent",
    "simultaneous",
    "parallel",
    "virtual",
    "different",
    "seeded",
    "open",
    "impatient",
    "busy",
    "more",
    "database",
    "new",
    "other",
    "separate",
];

const WORDS: [(&str, u64); 26] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// The numbers of a text that are followed by a noun.
#[must_use]
pub fn numbers_of(text: &str) -> Vec<Number> {
    let words: Vec<(usize, &str)> = text
        .split(char::is_whitespace)
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (index, (at, word)) in words.iter().enumerate() {
        let Some(opening) = opening_of(word) else { continue };
        let Some(value) = value_of(&word[opening..]) else { continue };
        // "two hundred", "fifty thousand", and "nine of ten" are not read.
        let before = index.checked_sub(1).map_or("", |before| words[before].1);
        if value_of(before).is_some() {
            continue;
        }
        let mut rest = words[index + 1..].iter().map(|(_, word)| plain(word));
        let Some(mut noun) = rest.next() else { continue };
        let mut adjective = String::new();
        if ADJECTIVES.contains(&noun.as_str()) {
            adjective = noun;
            noun = rest.next().unwrap_or_default();
        }
        let start = at + opening;
        let before = words[index.saturating_sub(3)..index].iter().map(|(_, word)| word.to_lowercase());
        let before = before.collect::<Vec<_>>().join(" ");
        found.push(Number { value, at: start..at + word.len(), noun, adjective, before });
    }
    found
}

/// How many bytes of marks a word opens with; `None` for most words, which are no numbers, as their first
/// byte tells.
fn opening_of(word: &str) -> Option<usize> {
    match word.as_bytes().first()? {
        b'(' | b'"' | b'*' | b'_' | 0x80.. => {
            Some(word.len() - word.trim_start_matches(['(', '"', '“', '*', '_']).len())
        }
        b'0'..=b'9' | b't' | b'f' | b's' | b'e' | b'n' | b'T' | b'F' | b'S' | b'E' | b'N' => Some(0),
        _ => None,
    }
}

/// `200`, `50,000`, `fifty`.
fn value_of(word: &str) -> Option<u64> {
    if word.as_bytes().first()?.is_ascii_digit() {
        return digits_of(word);
    }
    // Most words are too short, too long, or begin with another letter.
    let first = word.as_bytes()[0].to_ascii_lowercase();
    let may_be = |name: &str| name.len() == word.len() && name.as_bytes()[0] == first;
    let mut words = WORDS.iter();
    words.find(|(name, _)| may_be(name) && name.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
}

fn digits_of(word: &str) -> Option<u64> {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || c == ',');
    is_number.then(|| word.replace(',', "").parse().ok()).flatten()
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The sentence, or the table's cell, around a place.
#[must_use]
pub fn sentence_around(text: &str, at: usize) -> &str {
    let ends = |found: (usize, char)| -> bool {
        let (index, letter) = found;
        match letter {
            '.' | '!' | '?' | ':' => text[index + letter.len_utf8()..].starts_with(char::is_whitespace),
            '|' => true,
            '\n' => text[index + 1..].trim_start_matches(' ').starts_with(['\n', '-', '*', '|', '#']),
            _ => false,
        }
    };
    let start = text[..at].char_indices().rev().find(|found| ends(*found));
    let end =
        text[at..].char_indices().map(|(index, letter)| (at + index, letter)).find(|found| ends(*found));
    let start = start.map_or(0, |(index, letter)| index + letter.len_utf8());
    &text[start..end.map_or(text.len(), |(index, letter)| index + letter.len_utf8())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_nouns_and_sentences() {
        let text = "Wait. Then 1,000 concurrent users, or (fifty people) come at v2.5 users. 3 x";
        let found = numbers_of(text);
        let all: Vec<_> = found.iter().map(|it| (it.value, it.noun.as_str())).collect();
        assert_eq!(all, [(1000, "users"), (50, "people"), (3, "x")]);
        assert_eq!(&text[found[1].at.clone()], "fifty");
        assert_eq!(
            sentence_around(text, found[0].at.start).trim(),
            "Then 1,000 concurrent users, or (fifty people) come at v2.5 users."
        );
    }
}
