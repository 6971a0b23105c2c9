//! Which documents travel together. The first shard is loaded before anything can be found and so
//! holds what names things: all pages, and questions as long as there is room. The rest follows while
//! somebody types, track by track.

use super::collect::Found;
use super::document::Document;

/// How much a shard may weigh, in bytes of JSON; packed for the way it is about a third of that. The
/// first one arrives together with the code.
const FIRST: usize = 190_000;
const OTHERS: usize = 600_000;

/// What a word of a text weighs in the index: its document's number and a share of the word itself.
const WORD: usize = 11;

/// Documents under the name of their file.
#[derive(Debug)]
pub(super) struct Shard {
    pub name: String,
    pub documents: Vec<Document>,
}

/// Distributes what was found. The order within a shard is the course's.
pub(super) fn shards(found: Found) -> Vec<Shard> {
    let mut first = found.pages;
    let mut room = FIRST.saturating_sub(first.iter().map(weight).sum());
    let mut others: Vec<Shard> = Vec::new();
    for (name, group) in found.inside {
        let mut rest = Vec::new();
        for document in group {
            let weight = weight(&document);
            if document.question.is_empty() || weight > room {
                rest.push((weight, document));
            } else {
                room -= weight;
                first.push(document);
            }
        }
        others.extend(split(&name, rest));
    }
    let mut out = vec![Shard { name: "start".to_owned(), documents: first }];
    out.append(&mut others);
    out
}

/// Documents of a track, with their weights, in files of a bearable size: `entry`, `entry-2`, ….
fn split(name: &str, documents: Vec<(usize, Document)>) -> Vec<Shard> {
    let mut out: Vec<Shard> = Vec::new();
    let mut filled = OTHERS;
    for (weight, document) in documents {
        if filled + weight > OTHERS {
            let name = if out.is_empty() { name.to_owned() } else { format!("{name}-{}", out.len() + 1) };
            out.push(Shard { name, documents: Vec::new() });
            filled = 0;
        }
        filled += weight;
        if let Some(last) = out.last_mut() {
            last.documents.push(document);
        }
    }
    out
}

fn weight(document: &Document) -> usize {
    let words = |text: &str| text.len() + WORD * (spaces(text) + 1);
    document.fields().into_iter().map(words).sum::<usize>() + document.address.len() + 60
}

/// The number of spaces in a text. Pieces whose count fits into a byte are counted many bytes at a time.
fn spaces(text: &str) -> usize {
    let in_piece = |piece: &[u8]| piece.iter().map(|byte| u8::from(*byte == b' ')).sum::<u8>();
    text.as_bytes().chunks(usize::from(u8::MAX)).map(|piece| usize::from(in_piece(piece))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::collect::Found;
    use super::super::document::{Document, Kind};
    use super::{FIRST, OTHERS, shards, spaces};

    fn question(length: usize) -> Document {
        Document { question: "x".repeat(length), ..Document::new(Kind::Question, "scenarios/a/#question-b") }
    }

    fn section(length: usize) -> Document {
        Document { text: "x".repeat(length), ..Document::new(Kind::Scenario, "scenarios/a/#b") }
    }

    #[test]
    fn questions_that_find_no_room_in_the_first_shard_follow_with_their_track() {
        let pages = vec![Document { title: "x".repeat(FIRST / 2), ..Document::new(Kind::Track, "t/") }];
        let inside = vec![("entry".to_owned(), vec![question(FIRST / 3), section(10), question(FIRST / 3)])];
        let made = shards(Found { pages, inside });
        let sizes: Vec<(&str, usize)> =
            made.iter().map(|shard| (shard.name.as_str(), shard.documents.len())).collect();
        assert_eq!(sizes, [("start", 2), ("entry", 2)]);
    }

    #[test]
    fn a_large_track_is_split() {
        let inside = vec![("entry".to_owned(), (0..5).map(|_| section(OTHERS / 3)).collect())];
        let made = shards(Found { pages: Vec::new(), inside });
        let names: Vec<&str> = made.iter().map(|shard| shard.name.as_str()).collect();
        assert_eq!(names, ["start", "entry", "entry-2", "entry-3"]);
        assert_eq!(made.iter().map(|shard| shard.documents.len()).sum::<usize>(), 5);
    }

    #[test]
    fn a_track_without_text_has_no_shard() {
        let made = shards(Found { pages: Vec::new(), inside: vec![("entry".to_owned(), Vec::new())] });
        assert_eq!(made.len(), 1);
    }

    #[test]
    fn spaces_are_counted_in_short_texts_and_long_ones() {
        for length in [0, 1, 254, 255, 256, 1000] {
            assert_eq!(spaces(&" ".repeat(length)), length);
            assert_eq!(spaces(&"a b ".repeat(length)), 2 * length);
        }
    }
}
