//! How many different words fields have. The mean over all documents stands in the list of the shards: a
//! shard can be written as soon as it is made, whatever others hold.

use super::document::FIELDS;

/// The fields of some documents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums([Sum; FIELDS.len()]);

/// The different words of a field, over all documents that have it.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    words: f64,
    documents: f64,
}

impl Sums {
    /// Takes in a field that has so many different words.
    pub fn add(&mut self, field: usize, words: u32) {
        self.0[field].words += f64::from(words);
        self.0[field].documents += 1.0;
    }
}

/// The mean number of different words, by field; 0 for one that no document has.
pub(super) fn means(parts: &[Sums]) -> [f64; FIELDS.len()] {
    std::array::from_fn(|field| {
        let (words, documents) = parts.iter().map(|part| part.0[field]).fold((0.0, 0.0), |sum, part| {
            let Sum { words, documents } = part;
            (sum.0 + words, sum.1 + documents)
        });
        if documents > 0.0 { words / documents } else { 0.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::{Sums, means};

    #[test]
    fn means_are_those_of_all_parts() {
        let (mut first, mut second) = (Sums::default(), Sums::default());
        first.add(0, 1);
        first.add(3, 2);
        second.add(0, 3);
        second.add(3, 1);
        second.add(3, 3);
        assert_eq!(means(&[first, second]), [2.0, 0.0, 0.0, 2.0]);
        assert_eq!(means(&[]), [0.0; 4]);
    }
}
