//! The words of a part of the documents, and where each of them stands.

use rustc_hash::FxHashMap;

use super::document::FIELDS;
use super::terms::{Term, each_term, number_of};

/// Where words stand. Each word is stored once; where it stands is a chain of numbers, in the order of
/// documents.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// [`Term::Short`] words, and all others.
    short: FxHashMap<u64, Chains>,
    long: FxHashMap<Box<str>, Chains>,
    all: Vec<Posting>,
    /// Room for the words of a text.
    lowered: String,
}

/// That a word stands in a field of a document.
#[derive(Debug)]
struct Posting {
    document: u32,
    /// How often.
    count: u32,
    /// The next one of the same word in the same field.
    next: Option<u32>,
}

/// The first and the last posting of a word, by field.
type Chains = [Option<(u32, u32)>; FIELDS.len()];

/// A word and where it stands. The order is that of words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word<'p> {
    /// Its first eight bytes, with zeros behind what is shorter.
    beginning: u64,
    rest: &'p [u8],
    chains: &'p Chains,
}

impl Postings {
    /// Takes in the words of a field, and tells how many different ones it has. Documents come in the order
    /// of their numbers.
    pub fn add(&mut self, document: u32, field: usize, text: &str) -> u32 {
        let Self { short, long, all, lowered } = self;
        let before = all.len();
        each_term(text, lowered, |term| {
            let chains = match term {
                Term::Short(word) => match short.get_mut(&word) {
                    Some(known) => known,
                    None => short.entry(word).or_default(),
                },
                Term::Long(word) => match long.get_mut(word) {
                    Some(known) => known,
                    None => long.entry(word.into()).or_default(),
                },
            };
            let at = number(all.len());
            let (first, before) = chains[field].unwrap_or((at, at));
            if let Some(last) = all.get_mut(before as usize) {
                if last.document == document {
                    last.count += 1;
                    return;
                }
                last.next = Some(at);
            }
            chains[field] = Some((first, at));
            all.push(Posting { document, count: 1, next: None });
        });
        number(all.len() - before)
    }

    /// All words in their order.
    pub fn words(&self) -> Vec<Word<'_>> {
        let short = self.short.iter().map(|(word, chains)| {
            let zeros = word.leading_zeros() / u8::BITS % 8;
            Word { beginning: word << (zeros * u8::BITS), rest: &[], chains }
        });
        let long = self.long.iter().map(|(word, chains)| {
            let (beginning, rest) = word.as_bytes().split_at(size_of::<u64>());
            Word { beginning: number_of(beginning), rest, chains }
        });
        let mut words: Vec<_> = short.chain(long).collect();
        words.sort_unstable();
        words
    }

    /// The fields in which a word stands; of each, the documents and how often it stands there.
    pub fn of(&self, word: &Word<'_>) -> impl Iterator<Item = (u32, impl Iterator<Item = (u32, u32)>)> {
        let at = |at: u32| self.all.get(at as usize);
        let along = move |first: u32| {
            let chain = std::iter::successors(at(first), move |posting| posting.next.and_then(at));
            chain.map(|posting| (posting.document, posting.count))
        };
        let fields = (0..).zip(*word.chains);
        fields.filter_map(move |(field, chain)| chain.map(|(first, _)| (field, along(first))))
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
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::document::FIELDS;
    use super::{Postings, number};

    proptest! {
        /// Few different words, some of which begin with the same eight letters.
        #[test]
        fn words_are_found_where_they_stand(
            texts in prop::collection::vec(("([abÄ]{1,2}|abcdefgh[ab]?| ){0,12}", 0..number(FIELDS.len())), 0..20)
        ) {
            let mut postings = Postings::default();
            let mut wanted: BTreeMap<String, BTreeMap<(u32, u32), u32>> = BTreeMap::new();
            for (at, (text, field)) in (0..).zip(&texts) {
                postings.add(at, *field as usize, text);
                for word in text.split_whitespace().map(str::to_lowercase) {
                    *wanted.entry(word).or_default().entry((*field, at)).or_default() += 1;
                }
            }
            let found = postings.words().into_iter().map(|word| {
                let mut text = Vec::new();
                word.push_to(&mut text);
                let fields = postings.of(&word);
                let along = fields.flat_map(|(field, along)| along.map(move |(at, count)| ((field, at), count)));
                (String::from_utf8(text).expect("a word"), along.collect::<Vec<_>>())
            });
            let wanted: Vec<_> =
                wanted.into_iter().map(|(word, found)| (word, found.into_iter().collect::<Vec<_>>())).collect();
            prop_assert_eq!(found.collect::<Vec<_>>(), wanted);
        }
    }
}
