//! A part of the index: `{"first": 12, "documents": […], "words": [[["pool",0,2,2], …], …]}`. Each document has
//! an address, how many different words its fields have, and what a result shows; `first` is the number of the
//! first one in the whole index. `words` has a list for each field, of words with the places of documents in
//! `documents`: each as often as the word stands in it. `static/search/engine.js` of the default theme makes of
//! all parts what minisearch reads.

use super::document::{Document, FIELDS};
use super::lengths::Sums;
use super::postings::Postings;
use crate::syntax::letters::first_byte;

/// A part of the index.
pub(super) struct Part {
    pub json: Vec<u8>,
    pub sums: Sums,
}

/// The part with these documents, whose numbers begin with `first`.
pub(super) fn part(first: usize, documents: Vec<Document>) -> Part {
    let mut out = Vec::with_capacity(room_for(&documents));
    out.extend_from_slice(format!("{{\"first\":{first},\"documents\":[").as_bytes());
    let (mut words, mut sums) = ([(); FIELDS.len()].map(|()| Postings::default()), Sums::default());
    let mut places = Vec::with_capacity(documents.len());
    for (place, document) in (0..).zip(documents) {
        let mut lengths = Vec::with_capacity(FIELDS.len());
        for (field, text) in document.fields().into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let different = words[field].add(place, text);
            sums.add(field, different);
            lengths.resize(field, None);
            lengths.push(Some(different));
        }
        push_document(&mut out, &document, &lengths);
        out.push(b',');
        places.push(Place::new(place));
    }
    close(&mut out, b']');
    out.extend_from_slice(b",\"words\":[");
    for postings in &words {
        out.push(b'[');
        postings.each(|word, documents| {
            // Letters and digits need no escapes.
            out.extend_from_slice(b"[\"");
            word.push_to(&mut out);
            out.push(b'"');
            documents.iter().for_each(|place| places[*place as usize].push_to(&mut out));
            out.extend_from_slice(b"],");
        });
        close(&mut out, b']');
        out.push(b',');
    }
    close(&mut out, b']');
    out.push(b'}');
    Part { json: out, sums }
}

/// The place of a document as it stands behind a word, of which there are more than of anything else.
struct Place {
    /// Of one length for all, which is written at once.
    bytes: [u8; 16],
    len: usize,
}

impl Place {
    fn new(place: u32) -> Self {
        let text = [",", &place.to_string()].concat();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
        Self { bytes, len: text.len() }
    }

    fn push_to(&self, out: &mut Vec<u8>) {
        let end = out.len() + self.len;
        out.extend_from_slice(&self.bytes);
        out.truncate(end);
    }
}

/// About how many bytes the part takes: texts, and for each of their words its places.
fn room_for(documents: &[Document]) -> usize {
    documents.iter().map(Document::weight).sum()
}

/// Ends a list: the sign stands in place of the comma behind the last entry, if there is one.
fn close(out: &mut Vec<u8>, sign: u8) {
    match out.last_mut() {
        Some(last) if *last == b',' => *last = sign,
        _ => out.push(sign),
    }
}

/// `lengths` are those of its fields, up to the last one that is there.
fn push_document(out: &mut Vec<u8>, document: &Document, lengths: &[Option<u32>]) {
    out.extend_from_slice(b"{\"id\":");
    push_text(out, &document.address);
    out.extend_from_slice(b",\"lengths\":[");
    for length in lengths {
        match length {
            Some(length) => out.extend_from_slice(length.to_string().as_bytes()),
            None => out.extend_from_slice(b"null"),
        }
        out.push(b',');
    }
    close(out, b']');
    for (name, text) in document.shown() {
        out.extend_from_slice(b",\"");
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        push_text(out, text);
    }
    out.push(b'}');
}

/// A text as JSON. Most have nothing that is written in another way, and are taken over as they stand.
fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let len = first_byte(rest, |byte| (byte < b' ') | (byte == b'"') | (byte == b'\\'));
        out.extend_from_slice(&rest[..len]);
        match rest.get(len) {
            Some(byte @ (b'"' | b'\\')) => out.extend_from_slice(&[b'\\', *byte]),
            Some(control) => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
            None => break,
        }
        rest = &rest[len + 1..];
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Kind};
    use super::super::lengths::means;
    use super::{part, push_text};

    fn document(address: &str, title: &str, text: &str) -> Document {
        Document { title: title.to_owned(), text: text.to_owned(), ..Document::new(Kind::Concept, address) }
    }

    fn json(first: usize, documents: Vec<Document>) -> serde_json::Value {
        serde_json::from_slice(&part(first, documents).json).expect("JSON")
    }

    proptest::proptest! {
        #[test]
        fn texts_are_json(text in "([a-z ]{0,40}|\\PC|[\"\\\\/\u{0}-\u{1f}\u{7f}\u{2028}é])*") {
            let mut out = Vec::new();
            push_text(&mut out, &text);
            proptest::prop_assert_eq!(serde_json::from_slice::<String>(&out).expect("JSON"), text);
        }
    }

    #[test]
    fn a_part_says_where_words_stand() {
        let documents = vec![document("a/", "A pool", ""), document("b/", "", "Pool, \"pool\" and queue")];
        assert_eq!(
            String::from_utf8(part(7, documents).json).expect("text"),
            concat!(
                r#"{"first":7,"documents":[{"id":"a/","lengths":[2],"kind":"concept","title":"A pool"},"#,
                r#"{"id":"b/","lengths":[null,null,null,3],"kind":"concept","text":"Pool, \"pool\" and queue"}],"#,
                r#""words":[[["a",0],["pool",0]],[],[],[["and",1],["pool",1,1],["queue",1]]]}"#
            )
        );
    }

    #[test]
    fn a_part_without_documents_has_the_format_too() {
        let wanted = serde_json::json!({"first": 0, "documents": [], "words": [[], [], [], []]});
        assert_eq!(json(0, Vec::new()), wanted);
    }

    #[test]
    fn words_count_once_in_each_text() {
        let texts = ["Pool, pool and queue", "pool", "connections pool Connections", "–"];
        let documents: Vec<_> = texts.iter().map(|text| document("a/", "", text)).collect();
        let made = json(4, documents.clone());
        let lengths = made["documents"].as_array().expect("documents").iter();
        let lengths: Vec<_> = lengths.map(|document| document["lengths"][3].clone()).collect();
        assert_eq!(lengths, [3, 1, 2, 0]);
        assert_eq!(means(&[part(4, documents).sums])[3], 1.5);
    }
}
