//! Which documents travel together. The first shard is loaded before anything can be found and so
//! holds what names things: all pages, and questions as long as there is room. The rest follows while
//! somebody types, track by track.

use crate::model::Course;

use super::collect::{Found, PageRef, documents_inside};
use super::document::Document;

/// How much a shard may weigh, in bytes of JSON; packed for the way it is about a third of that. The
/// first one arrives together with the code.
const FIRST: usize = 190_000;
const OTHERS: usize = 600_000;

/// Documents under the name of their file.
#[derive(Debug)]
pub(super) struct Shard {
    pub name: String,
    /// How many documents it has.
    pub count: usize,
    /// What names things.
    named: Vec<Document>,
    inside: Vec<Inside>,
}

/// The documents inside a page, but for the questions that travel with the first shard.
#[derive(Debug, PartialEq, Eq)]
struct Inside {
    page: PageRef,
    /// Of each question of the page, whether it does.
    are_first: Vec<bool>,
}

impl Shard {
    /// Its documents, in the order of the course.
    pub fn documents(self, course: &Course) -> Vec<Document> {
        let inside = self.inside.into_iter().flat_map(|Inside { page, are_first }| {
            let mut are_first = are_first.into_iter();
            let mut documents = documents_inside(page, course);
            documents.retain(|document| !(document.is_question() && are_first.next() == Some(true)));
            documents
        });
        self.named.into_iter().chain(inside).collect()
    }
}

/// Distributes what was found. The order within a shard is the course's.
pub(super) fn shards(found: Found) -> Vec<Shard> {
    let mut first = found.pages;
    let mut room = FIRST.saturating_sub(first.iter().map(Document::weight).sum());
    let mut others: Vec<Shard> = Vec::new();
    for (name, pages) in found.inside {
        let mut filled = OTHERS;
        let mut parts = 0;
        for (page, mut weighed) in pages {
            let take = |question: Document| {
                let weight = question.weight();
                let fits = weight <= room;
                if fits {
                    room -= weight;
                    weighed.weight = weighed.weight.saturating_sub(weight);
                    weighed.count -= 1;
                    first.push(question);
                }
                fits
            };
            let are_first = weighed.questions.into_iter().map(take).collect();
            if weighed.count == 0 {
                continue;
            }
            // What is inside a page travels together: `entry`, `entry-2`, ….
            if filled + weighed.weight > OTHERS {
                parts += 1;
                let name = if parts == 1 { name.clone() } else { format!("{name}-{parts}") };
                others.push(Shard { name, count: 0, named: Vec::new(), inside: Vec::new() });
                filled = 0;
            }
            filled += weighed.weight;
            if let Some(last) = others.last_mut() {
                last.count += weighed.count;
                last.inside.push(Inside { page, are_first });
            }
        }
    }
    let mut out =
        vec![Shard { name: "start".to_owned(), count: first.len(), named: first, inside: Vec::new() }];
    out.append(&mut others);
    out
}

#[cfg(test)]
mod tests {
    use super::super::collect::{Found, PageRef};
    use super::super::document::{Document, Kind};
    use super::super::page::Weighed;
    use super::{FIRST, Inside, OTHERS, shards};

    fn question(length: usize) -> Document {
        Document { question: "x".repeat(length), ..Document::new(Kind::Question, "scenarios/a/#question-b") }
    }

    fn section() -> Document {
        Document::new(Kind::Scenario, "scenarios/a/#b")
    }

    #[test]
    fn questions_that_find_no_room_in_the_first_shard_follow_with_their_page() {
        let pages = vec![Document { title: "x".repeat(FIRST / 6), ..Document::new(Kind::Track, "t/") }];
        let documents = vec![question(FIRST / 9), section(), question(FIRST / 2), question(10)];
        let page = (PageRef::Scenario(3), Weighed::of(documents, 0));
        let made = shards(Found { pages, inside: vec![("entry".to_owned(), vec![page])] });
        let counts: Vec<(&str, usize)> =
            made.iter().map(|shard| (shard.name.as_str(), shard.count)).collect();
        assert_eq!(counts, [("start", 3), ("entry", 2)]);
        let left = Inside { page: PageRef::Scenario(3), are_first: vec![true, false, true] };
        assert_eq!(made[1].inside, [left]);
    }

    #[test]
    fn a_large_track_is_split_between_pages() {
        let page = |number| (PageRef::Scenario(number), Weighed::of(vec![section()], OTHERS / 3));
        let inside = vec![("entry".to_owned(), (0..5).map(page).collect())];
        let made = shards(Found { pages: Vec::new(), inside });
        let names: Vec<&str> = made.iter().map(|shard| shard.name.as_str()).collect();
        assert_eq!(names, ["start", "entry", "entry-2", "entry-3"]);
        assert_eq!(made.iter().map(|shard| shard.count).sum::<usize>(), 5);
    }

    #[test]
    fn what_has_no_text_has_no_shard() {
        let all_first = (PageRef::Scenario(0), Weighed::of(vec![question(3)], 0));
        let empty = (PageRef::Tutorial(0, 0), Weighed::of(Vec::new(), 0));
        let inside = vec![
            ("entry".to_owned(), vec![all_first]),
            ("more".to_owned(), Vec::new()),
            ("t".to_owned(), vec![empty]),
        ];
        let made = shards(Found { pages: Vec::new(), inside });
        assert_eq!(made.iter().map(|shard| shard.count).collect::<Vec<_>>(), [1]);
    }
}
