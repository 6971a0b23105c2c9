//! `content/tutorials/<id>/tutorial.yml`.

use super::scenario::Status;
use crate::source::Spanned;
use crate::syntax::yaml::{Date, Id, RelPath, Text, record};

record! {
    /// A tutorial: a series of pages with one aim.
    pub struct Tutorial as "a tutorial" {
        /// Its title.
        title: Spanned<String>,
        /// How far it is.
        status: Status = Status::Draft,
        /// What it is about, in two sentences.
        summary: Option<Text>,
        /// What a reader can do afterwards.
        objectives: Vec<Text>,
        /// What to know before.
        prerequisites: Vec<Text>,
        /// Concepts that it needs.
        uses: Vec<Id>,
        /// Its pages in order.
        pages: Vec<Page>,
        /// Where to read on.
        further: Vec<Text>,
        /// When it was published.
        published: Option<Date>,
        /// When it last changed in a way that readers notice.
        updated: Option<Date>,
        /// Ids it had before.
        was: Vec<Id>,
    }
}

record! {
    /// A page of a tutorial.
    pub struct Page as "a page" {
        /// Its id.
        id: Id,
        /// Its title.
        title: Spanned<String>,
        /// What it covers; needed while it is planned.
        summary: Option<Text>,
        /// Its file, `<id>.md` if not given.
        file: Option<RelPath>,
    }
}
