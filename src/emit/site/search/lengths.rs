//! How many different words fields have. The index needs their means in each of its parts, so they are
//! counted before any part is made: then each is written as soon as it is made, and none waits in memory.

use rustc_hash::FxHashMap;

use super::document::{Document, FIELDS};
use super::terms::{Term, each_term};

/// The fields of some documents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub documents: usize,
    pub of_fields: [Sum; FIELDS.len()],
}

/// The different words of a field, over all documents that have it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub words: f64,
    pub documents: f64,
}

/// Notes with each document how many different words its fields have.
pub(super) fn count_words(documents: &mut [Document]) -> Sums {
    let mut sums = Sums { documents: documents.len(), ..Sums::default() };
    let mut counter = Counter::default();
    for document in documents {
        let mut lengths = [0; FIELDS.len()];
        for (field, text) in document.fields().into_iter().enumerate().filter(|(_, it)| !it.is_empty()) {
            lengths[field] = counter.different(text);
            sums.of_fields[field].words += f64::from(lengths[field]);
            sums.of_fields[field].documents += 1.0;
        }
        document.lengths = lengths;
    }
    sums
}

/// Every word, with the number of the last text that has it.
#[derive(Default)]
struct Counter {
    short: FxHashMap<u64, u32>,
    long: FxHashMap<Box<str>, u32>,
    texts: u32,
    /// Room for the words of a text.
    lowered: String,
}

impl Counter {
    fn different(&mut self, text: &str) -> u32 {
        let Self { short, long, texts, lowered } = self;
        *texts += 1;
        let mut different = 0;
        each_term(text, lowered, |term| {
            let last = match term {
                Term::Short(word) => short.entry(word).or_default(),
                Term::Long(word) => match long.get_mut(word) {
                    Some(known) => known,
                    None => long.entry(word.into()).or_default(),
                },
            };
            different += u32::from(*last != *texts);
            *last = *texts;
        });
        different
    }
}

#[cfg(test)]
mod tests {
    use super::Counter;

    #[test]
    fn words_count_once_in_each_text() {
        let mut counter = Counter::default();
        let texts = ["Pool, pool and queue", "pool", "connections pool Connections", "", "–"];
        assert_eq!(texts.map(|text| counter.different(text)), [3, 1, 2, 0, 0]);
    }
}
