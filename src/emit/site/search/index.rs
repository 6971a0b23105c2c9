//! A part of the index in the serialized format of minisearch 7 (`serializationVersion` 2): what its
//! `toJSON` writes and its `loadJS` reads, without the mean lengths of fields, which stand in the list of
//! the shards. Numbers of documents and their count are those of the whole index, so that parts can be put
//! together and score as one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::document::{Document, FIELDS};
use super::lengths::Sums;
use super::postings::Postings;

/// How a part begins. The names are the format's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'d> {
    document_count: u32,
    next_id: u32,
    document_ids: BTreeMap<u32, &'d str>,
    field_ids: BTreeMap<&'static str, usize>,
}

/// A part of the index.
pub(super) struct Part {
    pub json: Vec<u8>,
    pub sums: Sums,
}

/// The part with these documents, whose numbers begin with `first`, of an index of `count` documents.
pub(super) fn part(first: usize, documents: Vec<Document>, count: usize) -> Part {
    let numbered = || (short(first)..).zip(&documents);
    let head = Head {
        document_count: short(count),
        next_id: short(count),
        document_ids: numbered().map(|(number, document)| (number, document.address.as_str())).collect(),
        field_ids: FIELDS.into_iter().zip(0..).collect(),
    };
    let mut out = Vec::with_capacity(room_for(&documents));
    push_json(&mut out, &head);
    out.pop();
    out.extend_from_slice(b",\"storedFields\":{");
    let (mut postings, mut sums) = (Postings::default(), Sums::default());
    // As a key of JSON objects, of which there is one for each word of the document.
    let mut keys = Vec::with_capacity(documents.len());
    let mut lengths = BTreeMap::new();
    for (number, document) in (short(first)..).zip(documents) {
        let mut own = Vec::new();
        for (field, text) in document.fields().into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let words = postings.add(short(keys.len()), field, text);
            sums.add(field, words);
            // Up to the last field that is there.
            own.resize(field, None);
            own.push(Some(words));
        }
        lengths.insert(number, own);
        let key = format!("\"{number}\":");
        out.extend_from_slice(key.as_bytes());
        push_json(&mut out, &document);
        out.push(b',');
        keys.push(key);
    }
    close(&mut out, b'}');
    out.extend_from_slice(b",\"fieldLength\":");
    push_json(&mut out, &lengths);
    out.extend_from_slice(b",\"dirtCount\":0,\"index\":");
    push_index(&mut out, &postings, &keys);
    out.extend_from_slice(b",\"serializationVersion\":2}");
    Part { json: out, sums }
}

/// About how many bytes the part takes: texts, and for each of their words its places.
fn room_for(documents: &[Document]) -> usize {
    let texts = documents.iter().flat_map(Document::fields).map(str::len);
    2 * texts.sum::<usize>() + 200 * documents.len()
}

/// `[[word, {field: {number: count}}], …]`, written straight into its buffer: there are as many entries
/// as different words in all documents together. `keys` are the documents' numbers as keys.
fn push_index(out: &mut Vec<u8>, postings: &Postings, keys: &[String]) {
    out.push(b'[');
    for word in postings.words() {
        // Letters and digits need no escapes.
        out.extend_from_slice(b"[\"");
        word.push_to(out);
        out.extend_from_slice(b"\",{");
        for (field, documents) in postings.of(&word) {
            out.push(b'"');
            push_number(out, field);
            out.extend_from_slice(b"\":{");
            for (document, count) in documents {
                out.extend_from_slice(keys[document as usize].as_bytes());
                push_number(out, count);
                out.push(b',');
            }
            close(out, b'}');
            out.push(b',');
        }
        close(out, b'}');
        out.extend_from_slice(b"],");
    }
    close(out, b']');
}

/// Ends a list or an object: the sign stands in place of the comma behind the last entry, if there is one.
fn close(out: &mut Vec<u8>, sign: u8) {
    match out.last_mut() {
        Some(last) if *last == b',' => *last = sign,
        _ => out.push(sign),
    }
}

fn push_number(out: &mut Vec<u8>, number: u32) {
    match u8::try_from(number) {
        Ok(digit @ 0..10) => out.push(b'0' + digit),
        _ => out.extend_from_slice(number.to_string().as_bytes()),
    }
}

fn push_json(out: &mut Vec<u8>, value: &impl Serialize) {
    // Texts and numbers can always be written, and there is always room.
    serde_json::to_writer(out, value).unwrap_or_default();
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Kind};
    use super::super::lengths::means;
    use super::part;

    fn document(address: &str, title: &str, text: &str) -> Document {
        Document { title: title.to_owned(), text: text.to_owned(), ..Document::new(Kind::Concept, address) }
    }

    fn made(parts: Vec<Vec<Document>>) -> Vec<String> {
        let (mut first, count) = (0, parts.iter().map(Vec::len).sum());
        let make = |documents: Vec<Document>| {
            let number = first;
            first += documents.len();
            String::from_utf8(part(number, documents, count).json).expect("text")
        };
        parts.into_iter().map(make).collect()
    }

    fn json(parts: Vec<Vec<Document>>) -> Vec<serde_json::Value> {
        let parse = |part: String| serde_json::from_str(&part).expect("JSON");
        made(parts).into_iter().map(parse).collect()
    }

    #[test]
    fn a_part_has_the_format_of_the_library() {
        let documents = vec![document("a/", "A pool", ""), document("b/", "", "Pool, pool and queue")];
        assert_eq!(
            made(vec![documents])[0],
            concat!(
                r#"{"documentCount":2,"nextId":2,"documentIds":{"0":"a/","1":"b/"},"#,
                r#""fieldIds":{"heading":1,"question":2,"text":3,"title":0},"#,
                r#""storedFields":{"0":{"kind":"concept","title":"A pool"},"#,
                r#""1":{"kind":"concept","text":"Pool, pool and queue"}},"#,
                r#""fieldLength":{"0":[2],"1":[null,null,null,3]},"dirtCount":0,"#,
                r#""index":[["a",{"0":{"0":1}}],["and",{"3":{"1":1}}],"#,
                r#"["pool",{"0":{"0":1},"3":{"1":2}}],["queue",{"3":{"1":1}}]],"serializationVersion":2}"#
            )
        );
    }

    #[test]
    fn a_part_without_documents_has_the_format_too() {
        let made = json(vec![Vec::new()]);
        assert_eq!(made[0]["storedFields"], serde_json::json!({}));
        assert_eq!(made[0]["index"], serde_json::json!([]));
        assert_eq!(made[0]["fieldLength"], serde_json::json!({}));
    }

    #[test]
    fn parts_count_as_the_whole_does() {
        let first = vec![document("a/", "one", "two words")];
        let text = "many ".repeat(12);
        let made = json(vec![first, vec![document("b/", "three more words", &text)]]);
        let second = &made[1];
        assert_eq!(second["documentCount"], 2);
        assert_eq!(second["documentIds"], serde_json::json!({"1": "b/"}));
        assert_eq!(second["index"][0], serde_json::json!(["many", {"3": {"1": 12}}]));
    }

    #[test]
    fn words_count_once_in_each_text() {
        let texts = ["Pool, pool and queue", "pool", "connections pool Connections", "–"];
        let documents = texts.map(|text| document("a/", "", text));
        let made = part(0, documents.into(), 4);
        let json: serde_json::Value = serde_json::from_slice(&made.json).expect("JSON");
        let lengths = texts.iter().enumerate().map(|(at, _)| json["fieldLength"][at.to_string()][3].clone());
        assert_eq!(lengths.collect::<Vec<_>>(), [3, 1, 2, 0]);
        assert_eq!(means(&[made.sums])[3], 1.5);
    }
}
