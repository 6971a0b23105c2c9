//! What the words of a text may begin: phrases that rules look for, and repetitions. It is told for all rules in one
//! walk over the words, by their first bytes; most words begin neither.

use memchr::memchr2_iter;

use super::words::Words;

/// What may begin where in a text.
#[derive(Clone, Debug, Default)]
pub struct Beginnings {
    phrases: Box<[u32]>,
    may_repeat: bool,
}

impl Beginnings {
    /// Those of some words of a text; `openings` are those of all phrases that are looked for.
    pub fn of(words: Words<'_>, openings: &Openings) -> Self {
        let text = words.text().as_bytes();
        let (mut phrases, mut starts) = (Vec::new(), Vec::with_capacity(text.len() / LETTERS + 1));
        words.clone().each_start(|at| {
            let start = Start::of(text, at);
            if openings.have(start) {
                add(&mut phrases, at);
            }
            starts.push(start);
        });
        // What has one apostrophe counts as two words here. What has more, and stands twice, has four.
        let may_repeat = memchr2_iter(b'\'', LAST_OF_APOSTROPHE, text).nth(3).is_some()
            || (may_repeat(&starts) && repeats(words));
        Self { phrases: phrases.into(), may_repeat }
    }

    /// The words at which a phrase may begin.
    pub fn of_phrases(&self) -> impl Iterator<Item = usize> {
        self.phrases.iter().map(|start| *start as usize)
    }

    /// Whether one or two words may stand twice. In most texts none do.
    pub fn may_repeat(&self) -> bool {
        self.may_repeat
    }
}

/// English words have five letters and a space. With room to spare, as most texts are short.
const LETTERS: usize = 4;

/// The last byte of the curved apostrophe.
const LAST_OF_APOSTROPHE: u8 = 0x99;

/// With what kinds of bytes a word begins: those of the first three, and whether it is open what they are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Start(u16);

/// How many bits the kind of a byte has.
const KIND_BITS: u32 = 5;

/// The kind of what ends a word.
const END: u8 = 0;

/// The kind of what may end a word or go on with it: a part of a character that is not ASCII.
const OPEN: u8 = 31;

/// That one of the kinds is [`OPEN`].
const IS_OPEN: u16 = 1 << (3 * KIND_BITS);

/// The kinds of all bytes: one for each letter in either case, and one for all digits.
static KINDS: [u8; 256] = {
    let mut kinds = [END; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            letter @ (b'a'..=b'z' | b'A'..=b'Z') => letter & 0x1F,
            b'0'..=b'9' => 27,
            0x80.. => OPEN,
            _ => END,
        };
        byte += 1;
    }
    kinds
};

impl Start {
    /// Of the word at a place of a text.
    #[inline]
    fn of(text: &[u8], at: usize) -> Self {
        let kind = |byte: u8| KINDS[usize::from(byte)];
        match text[at..] {
            [first, second, third, ..] => Self::new(kind(first), kind(second), kind(third)),
            [first, second] => Self::new(kind(first), kind(second), END),
            [first] => Self::new(kind(first), END, END),
            [] => Self::default(),
        }
    }

    #[inline]
    fn new(first: u8, second: u8, third: u8) -> Self {
        // Behind the end of the word there may be anything.
        let third = if second == END { END } else { third };
        let is_open = (first == OPEN) | (second == OPEN) | (third == OPEN);
        let kinds = u16::from(first) << (2 * KIND_BITS) | u16::from(second) << KIND_BITS | u16::from(third);
        Self(if is_open { kinds | IS_OPEN } else { kinds })
    }
}

/// With what words and their plurals begin, by which most words of a text are told to begin no phrase: one bit for
/// each three kinds of bytes. All together stay in the nearest cache.
#[derive(Clone)]
pub struct Openings(Box<[u64; OPENINGS]>);

const OPENINGS: usize = IS_OPEN as usize / u64::BITS as usize;

impl Openings {
    /// Those of phrases that begin with these words, or with what may be their plural.
    pub fn new<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut found = Self(Box::new([0; OPENINGS]));
        for word in words {
            found.add(word);
            found.add(&format!("{word}s"));
            found.add(&format!("{word}es"));
            if let Some(stem) = word.strip_suffix('y') {
                found.add(&format!("{stem}ies"));
            }
        }
        found
    }

    /// What begins with any of them, too.
    pub fn extend(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0[..]).for_each(|(bits, others)| *bits |= others);
    }

    fn add(&mut self, word: &str) {
        let (index, bit) = Self::at(Start::of(word.as_bytes(), 0));
        self.0[index] |= bit;
    }

    /// Whether the word at a place of a text may begin a phrase, in either case.
    pub fn may_begin(&self, text: &[u8], at: usize) -> bool {
        self.have(Start::of(text, at))
    }

    #[inline]
    fn have(&self, start: Start) -> bool {
        let (index, bit) = Self::at(start);
        (self.0[index] & bit != 0) | (start.0 & IS_OPEN != 0)
    }

    /// The number of a word of bits, and a bit in it.
    #[inline]
    fn at(start: Start) -> (usize, u64) {
        let number = usize::from(start.0);
        (number / u64::BITS as usize % OPENINGS, 1 << (number % u64::BITS as usize))
    }
}

/// Adds the place of a word. This is seldom done, and stays out of the loop over all words.
#[cold]
fn add(places: &mut Vec<u32>, at: usize) {
    places.push(u32::try_from(at).unwrap_or(u32::MAX));
}

/// Whether one or two words may stand twice that start like this. It is told without a branch, and so of many words at
/// once.
fn may_repeat(starts: &[Start]) -> bool {
    let mut may_be = starts.iter().fold(false, |is, start| is | (start.0 & IS_OPEN != 0));
    for (last, start) in starts.iter().zip(starts.get(1..).unwrap_or_default()) {
        may_be |= last == start;
    }
    for four in starts.windows(4) {
        may_be |= (four[0] == four[2]) & (four[1] == four[3]);
    }
    may_be
}

/// The same, told from all letters of the words.
fn repeats(words: Words<'_>) -> bool {
    let text = words.text().as_bytes();
    let mut places: [Option<usize>; 3] = [None; 3];
    let mut may_be = false;
    words.each_start(|at| {
        let [third, second, last] = places;
        let is_same = |one: Option<usize>, other| one.is_some_and(|one| may_be_same(&text[one..], other));
        let (this, before) = (&text[at..], last.map(|last| &text[last..]));
        may_be |= is_same(last, this)
            || (is_same(second, this) && before.is_some_and(|before| is_same(third, before)));
        places = [second, last, Some(at)];
    });
    may_be
}

/// Whether two texts begin with words that may be the same.
fn may_be_same(first: &[u8], second: &[u8]) -> bool {
    for (first, second) in first.iter().zip(second) {
        if !(first | second).is_ascii() {
            return true;
        }
        if !first.eq_ignore_ascii_case(second) {
            return !first.is_ascii_alphanumeric() && !second.is_ascii_alphanumeric();
        }
        if !first.is_ascii_alphanumeric() {
            return true;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_repeat(text: &str) -> bool {
        Beginnings::of(Words::of(text), &Openings::new(std::iter::empty())).may_repeat()
    }

    proptest::proptest! {
        #[test]
        fn no_repetition_is_missed(
            text in "((is|Is|it|the|to|a|b|é|É|İ|ſ|S|K|\u{212A}|x'y|r'n'r|isn\u{2019}t|[ab]{63,66})[ ,.]{1,2}){0,9}"
        ) {
            let words: Vec<_> =
                Words::of(&text).with_apostrophes().map(|word| word.text.to_lowercase()).collect();
            let is_repeated = |len: usize| {
                words.windows(2 * len).any(|all| all[..len] == all[len..])
            };
            let is_short = words.iter().all(|word| !word.contains(['\'', '\u{2019}']));
            if is_repeated(1) || (is_short && is_repeated(2)) {
                proptest::prop_assert!(may_repeat(&text));
            }
        }

        #[test]
        fn no_beginning_of_a_phrase_is_missed(
            words in proptest::collection::vec("[a-cé1y]{1,4}", 1..4),
            text in "([a-cA-Cé1y]{1,5}(s|es|ies)?[ .'-]){0,12}"
        ) {
            let openings = Openings::new(words.iter());
            let found: Vec<usize> = Beginnings::of(Words::of(&text), &openings).of_phrases().collect();
            for word in Words::of(&text) {
                let is = |wanted: &str| word.text.to_lowercase() == wanted;
                let is_one = |wanted: &String| {
                    is(wanted) || is(&format!("{wanted}s")) || is(&format!("{wanted}es"))
                        || wanted.strip_suffix('y').is_some_and(|stem| is(&format!("{stem}ies")))
                };
                if words.iter().any(is_one) {
                    proptest::prop_assert!(found.contains(&word.range.start), "{}", word.text);
                }
            }
        }
    }

    #[test]
    fn of_most_texts_it_is_told_at_once() {
        let text = "A word and another one: it's what they say, and what they said. One, two, three.";
        assert!(!may_repeat(text));
        assert!(may_repeat(&text.replace("two", "one")));
    }
}
