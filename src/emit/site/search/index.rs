//! A part of the index in the serialized format of minisearch 7 (`serializationVersion` 2): what its
//! `toJSON` writes and its `loadJS` reads. Numbers of documents, their count and the mean lengths of
//! fields are those of the whole index, so that parts can be put together and score as one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::document::{Document, FIELDS};
use super::terms::terms;

/// Number of a document → how often a word stands in it.
type Frequencies = BTreeMap<usize, u32>;

/// What all parts have in common.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub documents: usize,
    /// Mean number of different words, by field.
    pub lengths: [f64; FIELDS.len()],
}

impl Whole {
    pub fn of(documents: &[Document]) -> Self {
        let mut sums = [(0.0, 0.0); FIELDS.len()];
        for document in documents {
            for (sum, text) in sums.iter_mut().zip(document.fields()).filter(|(_, text)| !text.is_empty()) {
                *sum = (sum.0 + f64::from(length(text)), sum.1 + 1.0);
            }
        }
        let mean = |(words, count): (f64, f64)| if count > 0.0 { words / count } else { 0.0 };
        Self { documents: documents.len(), lengths: sums.map(mean) }
    }
}

/// The number of different words in a text.
fn length(text: &str) -> u32 {
    u32::try_from(terms(text).collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX)
}

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
    index: Vec<(String, BTreeMap<usize, Frequencies>)>,
    serialization_version: u32,
}

impl<'d> Part<'d> {
    /// The part that holds these documents, given with their numbers.
    pub fn of(whole: &Whole, documents: &[(usize, &'d Document)]) -> Self {
        let mut index: BTreeMap<String, BTreeMap<usize, Frequencies>> = BTreeMap::new();
        let mut field_length = BTreeMap::new();
        for (number, document) in documents {
            let mut lengths = Vec::new();
            for (field, text) in document.fields().into_iter().enumerate() {
                if text.is_empty() {
                    continue;
                }
                lengths.resize(field, None);
                lengths.push(Some(length(text)));
                for term in terms(text) {
                    let found = index.entry(term).or_default().entry(field).or_default();
                    *found.entry(*number).or_default() += 1;
                }
            }
            field_length.insert(*number, lengths);
        }
        Self {
            document_count: whole.documents,
            next_id: whole.documents,
            document_ids: documents.iter().map(|(at, document)| (*at, document.address.as_str())).collect(),
            field_ids: FIELDS.into_iter().zip(0..).collect(),
            field_length,
            average_field_length: whole.lengths,
            stored_fields: documents.iter().copied().collect(),
            dirt_count: 0,
            index: index.into_iter().collect(),
            serialization_version: 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Kind};
    use super::{Part, Whole};

    fn document(address: &str, title: &str, text: &str) -> Document {
        Document { title: title.to_owned(), text: text.to_owned(), ..Document::new(Kind::Concept, address) }
    }

    #[test]
    fn a_part_has_the_format_of_the_library() {
        let documents = [document("a/", "A pool", ""), document("b/", "", "Pool, pool and queue")];
        let whole = Whole::of(&documents);
        let part = Part::of(&whole, &[(0, &documents[0]), (1, &documents[1])]);
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
        let whole = Whole::of(&documents);
        let second = serde_json::to_value(Part::of(&whole, &[(1, &documents[1])])).expect("JSON");
        assert_eq!(second["documentCount"], 2);
        assert_eq!(second["averageFieldLength"], serde_json::json!([2.0, 0.0, 0.0, 2.0]));
        assert_eq!(second["documentIds"], serde_json::json!({"1": "b/"}));
    }
}
