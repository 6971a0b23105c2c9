//! Numbers of course parts in a text: "Scenario 7", "Step 2", "Q3", "Fix 1", "Fig 1.2", "Option B",
//! "Track 2". The words are capitalised as the outputs write them; "step 2 of the handshake" and
//! "Scenario-based" are ordinary prose.

use std::ops::Range;

use crate::model::{Course, plural};
use crate::syntax::letters::first_byte;

/// A number typed by hand.
pub struct Hit {
    pub range: Range<usize>,
    pub kind: Kind,
    /// The number; of an option its letter's place in the alphabet.
    pub number: u32,
}

/// What is numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With the word that the text uses, and of a range its last number.
    Scenario {
        noun: String,
        last: Option<u32>,
        track: Option<u32>,
    },
    Track,
    Step,
    Fix,
    Question,
    /// With the number before the dot.
    Figure {
        of: Option<u32>,
    },
    Option,
}

impl Kind {
    /// How a reference to such a thing is written.
    pub fn example(&self) -> &'static str {
        match self {
            Self::Scenario { last: Some(_), .. } => "`[](scenario:first-id..last-id)`",
            Self::Scenario { .. } => "`[](scenario:id)`",
            Self::Track => "`[](track:id)`",
            Self::Step => "`[](step:id)`, from elsewhere `[](step:scenario-id/id)`",
            Self::Fix => "`[](fix:id)`, from elsewhere `[](fix:scenario-id/id)`",
            Self::Question => "`[](question:id)`, from elsewhere `[](question:scenario-id/id)`",
            Self::Figure { .. } => "`[](figure:file-name)`",
            Self::Option => "`[](option:id)`",
        }
    }
}

/// What scenarios are called in this course.
pub fn nouns_of(course: &Course) -> Vec<String> {
    let mut nouns = vec!["Scenario".to_owned()];
    nouns.extend(course.tracks.iter().map(|track| track.noun.clone()).filter(|noun| !noun.is_empty()));
    nouns.sort();
    nouns.dedup();
    nouns
}

/// All numbers of a text, in order and apart from each other.
pub fn find_numbers(text: &str, nouns: &[String]) -> Vec<Hit> {
    let mut begins = [false; 256];
    let words = WORDS.into_iter().chain(nouns.iter().map(String::as_str));
    words.filter_map(|word| word.bytes().next()).for_each(|first| begins[usize::from(first)] = true);
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while let Some(next) = next_beginning(text.as_bytes(), at, &begins) {
        at = next;
        let before = text[..at].chars().next_back();
        let starts_word = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let c = text[at..].chars().next().unwrap_or_default();
        let is_name = starts_word && c.is_uppercase();
        match is_name.then(|| hit_at(text, at, nouns)).flatten() {
            Some(hit) => {
                at = hit.range.end;
                hits.push(hit);
            }
            None => at += c.len_utf8(),
        }
    }
    hits
}

/// The next place from here on with one of these bytes that is no ASCII in lower case.
fn next_beginning(bytes: &[u8], from: usize, begins: &[bool; 256]) -> Option<usize> {
    let mut at = from;
    loop {
        // Names begin with a capital, and those are few.
        at += first_byte(&bytes[at..], |byte| byte.is_ascii_uppercase() | !byte.is_ascii());
        if begins[usize::from(*bytes.get(at)?)] {
            return Some(at);
        }
        at += 1;
    }
}

/// How names of numbered things begin, but for those of scenarios.
const WORDS: [&str; 6] = ["Step", "Fix", "Track", "Q", "Option", "Fig"];

fn hit_at(text: &str, at: usize, nouns: &[String]) -> Option<Hit> {
    if let Some(hit) = question_at(text, at) {
        return Some(hit);
    }
    if let Some(hit) = option_at(text, at) {
        return Some(hit);
    }
    if let Some(hit) = figure_at(text, at) {
        return Some(hit);
    }
    for (word, kind) in [("Step", Kind::Step), ("Fix", Kind::Fix), ("Track", Kind::Track)] {
        if let Some((number, end)) = numbered(text, at, word) {
            return Some(match kind {
                Kind::Track => with_track(text, at, end, number, nouns),
                kind => Hit { range: at..end, kind, number },
            });
        }
    }
    nouns.iter().find_map(|noun| scenario_at(text, at, noun))
}

fn scenario_at(text: &str, at: usize, noun: &str) -> Option<Hit> {
    // A plural begins as its noun does, but for the last letter.
    let stem = &noun[..noun.char_indices().next_back().map_or(0, |(last, _)| last)];
    if !text[at..].starts_with(stem) {
        return None;
    }
    let kind = |last| Kind::Scenario { noun: noun.to_owned(), last, track: None };
    if let Some((number, end)) = numbered(text, at, noun) {
        return Some(Hit { range: at..end, kind: kind(None), number });
    }
    let (number, end) = numbered(text, at, &plural(noun))?;
    let rest = text[end..].strip_prefix(['–', '-']);
    let last = rest.and_then(|rest| number_at(text, text.len() - rest.len()));
    Some(match last {
        Some((last, end)) => Hit { range: at..end, kind: kind(Some(last)), number },
        None => Hit { range: at..end, kind: kind(None), number },
    })
}

/// "Track 2 · Scenario 7" is one name.
fn with_track(text: &str, at: usize, end: usize, track: u32, nouns: &[String]) -> Hit {
    let scenario = text[end..].strip_prefix(" · ").and_then(|rest| {
        let start = text.len() - rest.len();
        nouns.iter().find_map(|noun| scenario_at(text, start, noun))
    });
    match scenario {
        Some(Hit { range, kind: Kind::Scenario { noun, last, .. }, number }) => {
            Hit { range: at..range.end, kind: Kind::Scenario { noun, last, track: Some(track) }, number }
        }
        _ => Hit { range: at..end, kind: Kind::Track, number: track },
    }
}

/// `word`, one space, a number.
fn numbered(text: &str, at: usize, word: &str) -> Option<(u32, usize)> {
    let rest = text[at..].strip_prefix(word)?.strip_prefix([' ', '\n', '\u{a0}'])?;
    number_at(text, text.len() - rest.len())
}

/// A number of up to three digits that is not part of a longer word.
fn number_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let end = at + digits;
    let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '%');
    if !(1..=3).contains(&digits) || !ends {
        return None;
    }
    text[at..end].parse().ok().map(|number| (number, end))
}

/// `Q3`, unless it is a quarter: "Q3 2025", "2025 Q3".
fn question_at(text: &str, at: usize) -> Option<Hit> {
    if !text[at..].starts_with('Q') {
        return None;
    }
    let (number, end) = number_at(text, at + 1)?;
    let year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let after = text[end..].strip_prefix(' ').and_then(|rest| rest.get(..4)).is_some_and(year);
    let before = at.checked_sub(5).and_then(|start| text.get(start..at - 1)).is_some_and(year);
    (!after && !before).then_some(Hit { range: at..end, kind: Kind::Question, number })
}

fn option_at(text: &str, at: usize) -> Option<Hit> {
    let rest = text[at..].strip_prefix("Option ")?;
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let end = text.len() - rest.len() + 1;
    let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '\'');
    let number = u32::from(letter) - u32::from('A') + 1;
    ends.then_some(Hit { range: at..end, kind: Kind::Option, number })
}

fn figure_at(text: &str, at: usize) -> Option<Hit> {
    let (first, end) = ["Fig", "Fig.", "Figure"].iter().find_map(|word| numbered(text, at, word))?;
    let second = text[end..].strip_prefix('.').and_then(|_| number_at(text, end + 1));
    Some(match second {
        Some((number, end)) => Hit { range: at..end, kind: Kind::Figure { of: Some(first) }, number },
        None => Hit { range: at..end, kind: Kind::Figure { of: None }, number: first },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let nouns = ["Scenario".to_owned(), "Case study".to_owned()];
        find_numbers(text, &nouns).into_iter().map(|hit| &text[hit.range]).collect()
    }

    #[test]
    fn numbers_of_course_parts_are_found() {
        assert_eq!(found("see Scenario 7, Step 2 and Q3."), ["Scenario 7", "Step 2", "Q3"]);
        assert_eq!(found("Scenarios 1–3 and Case study 12"), ["Scenarios 1–3", "Case study 12"]);
        assert_eq!(found("as in Case studies 4–6"), ["Case studies 4–6"]);
        assert_eq!(found("(Track 2 · Scenario 7)"), ["Track 2 · Scenario 7"]);
        assert_eq!(
            found("**Fix 1**: Fig 1.2, Fig. 3, Figure 4."),
            ["Fix 1", "Fig 1.2", "Fig. 3", "Figure 4"]
        );
        assert_eq!(found("Étape Step 2, Fix Step 3"), ["Step 2", "Step 3"]);
        assert_eq!(found("Option B costs more than Option A"), ["Option B", "Option A"]);
    }

    #[test]
    fn other_numbers_are_prose() {
        for text in [
            "Scenario-based",
            "step 2 of the handshake",
            "Q3 2025",
            "in 2025 Q3",
            "Step 200ms",
            "Fix 10% of it",
            "Steps",
            "MyStep 2",
            "EQ3",
            "Option Awkward",
            "Option A's",
            "Scenario 1000",
            "the next Scenario",
            "Track and 2",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
