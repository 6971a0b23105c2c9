//! The words of a field over a part of the documents, and in which documents each of them stands.

use rustc_hash::FxHashMap;

use super::terms::{Term, each_term, number_of};

/// Each word is stored once, by the number that it gets when it comes first.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// [`Term::Short`] words, and all others.
    short: FxHashMap<u64, Seen>,
    long: FxHashMap<Box<str>, Seen>,
    /// The numbers of words in the order in which they stand in the documents.
    all: Vec<u32>,
    /// The documents, each with the end of its words in `all`.
    ends: Vec<(u32, usize)>,
    /// Room for the words of a text.
    lowered: String,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
struct Seen {
    number: u32,
    /// How often it stands in all documents.
    count: u32,
    /// The last document that has it, as its place among the documents.
    last: u32,
}

/// A word and where it stands. The order is that of words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word<'p> {
    /// Its first eight bytes, with zeros behind what is shorter.
    beginning: u64,
    rest: &'p [u8],
    number: u32,
    count: u32,
}

impl Postings {
    /// Takes in the field of a document, and tells how many different words it has. Documents come one after
    /// the other.
    pub fn add(&mut self, document: u32, text: &str) -> u32 {
        let Self { short, long, all, ends, lowered } = self;
        let place = short_number(ends.len());
        let mut different = 0;
        each_term(text, lowered, |term| {
            let number = short_number(short.len() + long.len());
            let seen = match term {
                Term::Short(word) => short.entry(word).or_insert(Seen::new(number)),
                Term::Long(word) => match long.get_mut(word) {
                    Some(known) => known,
                    None => long.entry(word.into()).or_insert(Seen::new(number)),
                },
            };
            seen.count += 1;
            different += u32::from(seen.last != place);
            seen.last = place;
            all.push(seen.number);
        });
        ends.push((document, all.len()));
        different
    }

    /// Calls `take` with each word, in their order, and the documents in which it stands, in theirs: each of
    /// them as often as the word stands in it.
    pub fn each(&self, mut take: impl FnMut(&Word<'_>, &[u32])) {
        let words = self.words();
        // The words of all documents by their numbers, without a list for each: where those of a word begin is
        // known from how many others there are before it.
        let mut next = vec![0; words.len()];
        for word in &words {
            next[word.number as usize] = word.count as usize;
        }
        let mut before = 0;
        for place in &mut next {
            before += std::mem::replace(place, before);
        }
        let mut documents = vec![0; self.all.len()];
        let mut start = 0;
        for (document, end) in &self.ends {
            for number in &self.all[start..*end] {
                let place = &mut next[*number as usize];
                documents[*place] = *document;
                *place += 1;
            }
            start = *end;
        }
        for word in &words {
            let end = next[word.number as usize];
            take(word, &documents[end - word.count as usize..end]);
        }
    }

    fn words(&self) -> Vec<Word<'_>> {
        let short = self.short.iter().map(|(word, seen)| {
            let zeros = word.leading_zeros() / u8::BITS % 8;
            seen.word(word << (zeros * u8::BITS), &[])
        });
        let long = self.long.iter().map(|(word, seen)| {
            let (beginning, rest) = word.as_bytes().split_at(size_of::<u64>());
            seen.word(number_of(beginning), rest)
        });
        let mut words: Vec<_> = short.chain(long).collect();
        words.sort_unstable();
        words
    }
}

impl Seen {
    /// A word that stands nowhere yet.
    fn new(number: u32) -> Self {
        Self { number, count: 0, last: u32::MAX }
    }

    fn word<'p>(&self, beginning: u64, rest: &'p [u8]) -> Word<'p> {
        Word { beginning, rest, number: self.number, count: self.count }
    }
}

impl Word<'_> {
    /// Writes the word behind what is there already.
    pub fn push_to(&self, out: &mut Vec<u8>) {
        let bytes = self.beginning.to_be_bytes();
        out.extend_from_slice(bytes.split(|byte| *byte == 0).next().unwrap_or_default());
        out.extend_from_slice(self.rest);
    }
}

#[inline]
fn short_number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::Postings;

    proptest! {
        /// Few different words, some of which begin with the same eight letters.
        #[test]
        fn words_are_found_where_they_stand(
            texts in prop::collection::vec("([abÄ]{1,2}|abcdefgh[ab]?| ){0,12}", 0..20)
        ) {
            let mut postings = Postings::default();
            let mut wanted: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for (at, text) in (3..).zip(&texts) {
                let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
                let different: BTreeSet<&String> = words.iter().collect();
                prop_assert_eq!(postings.add(at, text) as usize, different.len());
                words.into_iter().for_each(|word| wanted.entry(word).or_default().push(at));
            }
            let mut found = Vec::new();
            postings.each(|word, documents| {
                let mut text = Vec::new();
                word.push_to(&mut text);
                found.push((String::from_utf8(text).expect("a word"), documents.to_vec()));
            });
            prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
        }
    }
}
