//! A part of the index in the serialized format of minisearch 7 (`serializationVersion` 2): what its
//! `toJSON` writes and its `loadJS` reads. Numbers of documents, their count and the mean lengths of
//! fields are those of the whole index, so that parts can be put together and score as one.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::document::{Document, FIELDS};
use super::terms::add_terms;

/// The words of a document by field.
#[derive(Clone, Debug)]
pub(super) struct Counted([Words; FIELDS.len()]);

/// The words of a text, each once, in order. There are as many as in the whole course, so they lie close
/// together: one behind the other, with the place where each ends and how often it stands in the text.
#[derive(Clone, Debug)]
struct Words {
    all: Box<str>,
    counts: Box<[(u32, u32)]>,
}

impl Words {
    fn of(text: &str) -> Self {
        let (mut found, mut ends) = (String::with_capacity(text.len()), Vec::new());
        add_terms(text, &mut found, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let words = starts.zip(&ends).map(|(start, end)| &found[start..*end]);
        let mut words: Vec<(u64, &str)> = words.map(|word| (beginning(word), word)).collect();
        words.sort_unstable();
        let (mut all, mut counts) = (String::new(), Vec::new());
        for same in words.chunk_by(|one, next| one == next) {
            all.push_str(same[0].1);
            counts.push((short(all.len()), short(same.len())));
        }
        Self { all: all.into(), counts: counts.into() }
    }

    /// The words, and how often each stands in the text.
    fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut start = 0;
        self.counts.iter().map(move |(end, count)| {
            let word = &self.all[start..*end as usize];
            start = *end as usize;
            (word, *count)
        })
    }
}

/// The first bytes of a word as a number, in the same order as words: most comparisons end with it.
fn beginning(word: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = word.len().min(bytes.len());
    bytes[..len].copy_from_slice(&word.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Counted {
    fn of(document: &Document) -> Self {
        Self(document.fields().map(Words::of))
    }

    /// The number of different words of a field.
    fn length(&self, field: usize) -> u32 {
        short(self.0[field].counts.len())
    }
}

/// The words of all documents.
pub(super) fn count(documents: &[Document]) -> Vec<Counted> {
    documents.par_iter().map(Counted::of).collect()
}

/// What all parts have in common.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub documents: usize,
    /// Mean number of different words, by field.
    pub lengths: [f64; FIELDS.len()],
}

impl Whole {
    pub fn of(documents: &[Document], counted: &[Counted]) -> Self {
        let mut sums = [(0.0, 0.0); FIELDS.len()];
        for (document, counted) in documents.iter().zip(counted) {
            for (field, _) in document.fields().into_iter().enumerate().filter(|(_, it)| !it.is_empty()) {
                sums[field].0 += f64::from(counted.length(field));
                sums[field].1 += 1.0;
            }
        }
        let mean = |(words, count): (f64, f64)| if count > 0.0 { words / count } else { 0.0 };
        Self { documents: documents.len(), lengths: sums.map(mean) }
    }
}

/// A word in a field of a document, and how often. The order is that of the index.
type Entry<'d> = (&'d str, usize, usize, u32);

/// A part of the index. The names are the format's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Part<'d> {
    document_count: usize,
    next_id: usize,
    document_ids: BTreeMap<usize, &'d str>,
    field_ids: BTreeMap<&'static str, usize>,
    field_length: BTreeMap<usize, Vec<Option<u32>>>,
    average_field_length: [f64; FIELDS.len()],
    stored_fields: BTreeMap<usize, &'d Document>,
    dirt_count: u32,
    #[serde(serialize_with = "write_index")]
    index: Vec<Entry<'d>>,
    serialization_version: u32,
}

impl<'d> Part<'d> {
    /// The part that holds the documents with these numbers.
    pub fn of(
        whole: &Whole,
        documents: &'d [Document],
        counted: &'d [Counted],
        numbers: std::ops::Range<usize>,
    ) -> Self {
        let mut index: Vec<(u64, Entry<'d>)> = Vec::new();
        let mut field_length = BTreeMap::new();
        for number in numbers.clone() {
            let mut lengths = Vec::new();
            for (field, text) in documents[number].fields().into_iter().enumerate() {
                if text.is_empty() {
                    continue;
                }
                lengths.resize(field, None);
                lengths.push(Some(counted[number].length(field)));
                let words = counted[number].0[field].iter();
                index.extend(words.map(|(word, count)| (beginning(word), (word, field, number, count))));
            }
            field_length.insert(number, lengths);
        }
        index.sort_unstable();
        let index = index.into_iter().map(|(_, entry)| entry).collect();
        Self {
            document_count: whole.documents,
            next_id: whole.documents,
            document_ids: numbers.clone().map(|at| (at, documents[at].address.as_str())).collect(),
            field_ids: FIELDS.into_iter().zip(0..).collect(),
            field_length,
            average_field_length: whole.lengths,
            stored_fields: numbers.map(|at| (at, &documents[at])).collect(),
            dirt_count: 0,
            index,
            serialization_version: 2,
        }
    }
}

/// `[[word, {field: {number: count}}], …]`.
fn write_index<S: Serializer>(entries: &[Entry<'_>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        entries.chunk_by(|one, next| one.0 == next.0).map(|of_word| (of_word[0].0, Fields(of_word))),
    )
}

/// The entries of one word.
struct Fields<'e>(&'e [Entry<'e>]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.chunk_by(|one, next| one.1 == next.1);
        serializer.collect_map(fields.map(|of_field| (of_field[0].1, Frequencies(of_field))))
    }
}

/// The entries of one word in one field.
struct Frequencies<'e>(&'e [Entry<'e>]);

impl Serialize for Frequencies<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(_, _, number, count)| (number, count)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Kind};
    use super::{Part, Whole, count};

    fn document(address: &str, title: &str, text: &str) -> Document {
        Document { title: title.to_owned(), text: text.to_owned(), ..Document::new(Kind::Concept, address) }
    }

    #[test]
    fn a_part_has_the_format_of_the_library() {
        let documents = [document("a/", "A pool", ""), document("b/", "", "Pool, pool and queue")];
        let counted = count(&documents);
        let part = Part::of(&Whole::of(&documents, &counted), &documents, &counted, 0..2);
        let json = serde_json::to_string(&part).expect("numbers and texts");
        assert_eq!(
            json,
            concat!(
                r#"{"documentCount":2,"nextId":2,"documentIds":{"0":"a/","1":"b/"},"#,
                r#""fieldIds":{"heading":1,"question":2,"text":3,"title":0},"#,
                r#""fieldLength":{"0":[2],"1":[null,null,null,3]},"averageFieldLength":[2.0,0.0,0.0,3.0],"#,
                r#""storedFields":{"0":{"kind":"concept","title":"A pool"},"#,
                r#""1":{"kind":"concept","text":"Pool, pool and queue"}},"dirtCount":0,"#,
                r#""index":[["a",{"0":{"0":1}}],["and",{"3":{"1":1}}],"#,
                r#"["pool",{"0":{"0":1},"3":{"1":2}}],["queue",{"3":{"1":1}}]],"serializationVersion":2}"#
            )
        );
    }

    #[test]
    fn parts_count_as_the_whole_does() {
        let documents = [document("a/", "one", "two words"), document("b/", "three more words", "")];
        let counted = count(&documents);
        let part = Part::of(&Whole::of(&documents, &counted), &documents, &counted, 1..2);
        let second = serde_json::to_value(part).expect("JSON");
        assert_eq!(second["documentCount"], 2);
        assert_eq!(second["averageFieldLength"], serde_json::json!([2.0, 0.0, 0.0, 2.0]));
        assert_eq!(second["documentIds"], serde_json::json!({"1": "b/"}));
    }
}
