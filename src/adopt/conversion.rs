//! A source tree made from a repository, in which every byte knows where it comes from.

use camino::Utf8PathBuf;

use crate::source::{FileId, Files, Span};

/// What a conversion is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A source tree that authors go on with: ids in the place of numbers, regions in the place of pasted
    /// code, and what is regular lifted out of files.
    Import,
    /// Something for rules to look at: as little as possible is changed, so that what they find is in
    /// the repository. Files stay whole, and what would stand in the way of all other findings is patched over.
    Audit,
}

/// A source tree and how it came about.
#[derive(Debug)]
pub struct Conversion {
    pub made: Vec<MadeFile>,
    /// What became of each block of each page, of each row of the README and of each file.
    pub report: Vec<BlockReport>,
    /// For each of [`super::Repository::folders`] its id in the source tree.
    pub ids: Vec<String>,
}

/// A file of the source tree.
#[derive(Debug)]
pub struct MadeFile {
    /// From the project's root, such as `content/scenarios/slow-orders/scenario.md`.
    pub path: Utf8PathBuf,
    pub executable: bool,
    pub made: Made,
}

/// What a file consists of.
#[derive(Debug)]
pub enum Made {
    /// A file of the repository, byte for byte.
    Copy(FileId),
    /// Text in pieces.
    Text(Vec<Piece>),
}

/// A piece of a text.
#[derive(Debug)]
pub enum Piece {
    /// Bytes of the repository as they are.
    Copied(Span),
    /// Text that the repository does not have in this form, and what of it says the same.
    Written { text: String, about: Span },
}

/// What became of a part of the repository.
#[derive(Debug)]
pub struct BlockReport {
    pub span: Span,
    /// What it is, in a phrase: "question Q4", "results table".
    pub what: String,
    pub fate: Fate,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Into what: "`:::question{#first-guess}`".
    Converted(String),
    /// Stays as it was written; why nothing better was made of it, if there is something to say.
    Kept(Option<String>),
    /// Left out, since a build makes it: "the answers come from the questions".
    Generated(String),
    /// Kept as it is, because nobody knows what it is.
    NotUnderstood(String),
}

impl MadeFile {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self, files: &Files) -> Vec<u8> {
        match &self.made {
            Made::Copy(file) => files.original(*file).to_vec(),
            Made::Text(pieces) => {
                pieces.iter().map(|piece| piece.text(files)).collect::<String>().into_bytes()
            }
        }
    }

    /// Where a range of it (bytes of its normalised text) comes from: the place in the repository.
    #[must_use]
    pub fn origin(&self, files: &Files, start: usize, end: usize) -> Span {
        match &self.made {
            Made::Copy(file) => Span::new(*file, start, end),
            Made::Text(pieces) => origin_in(pieces, files, start, end),
        }
    }
}

impl Piece {
    pub(super) fn text<'a>(&'a self, files: &'a Files) -> &'a str {
        match self {
            Self::Copied(span) => files.slice(*span),
            Self::Written { text, .. } => text,
        }
    }

    /// What `start..end` of its own bytes comes from.
    pub(super) fn origin(&self, start: usize, end: usize) -> Span {
        match self {
            Self::Copied(span) => span.sub(start, end),
            Self::Written { about, .. } => *about,
        }
    }
}

/// From where the range begins to where it ends, if both are in one file; else where it begins. A written
/// piece counts only if nothing copied is in the range: what is said about its neighbor leads further.
fn origin_in(pieces: &[Piece], files: &Files, start: usize, end: usize) -> Span {
    let mut at = 0;
    let mut copied: Option<Span> = None;
    let mut written: Option<Span> = None;
    for piece in pieces {
        let length = piece.text(files).len();
        let (from, to) = (start.max(at), end.min(at + length));
        let is_touched = from < to || (start == end && (at..at + length).contains(&start));
        if is_touched {
            let origin = piece.origin(from - at, to.max(from) - at);
            let slot = if matches!(piece, Piece::Copied(_)) { &mut copied } else { &mut written };
            *slot = Some(match *slot {
                Some(known) if known.file == origin.file => known.to(origin),
                Some(known) => known,
                None => origin,
            });
        }
        at += length;
    }
    copied.or(written).unwrap_or_else(|| match pieces.last() {
        Some(piece) => piece.origin(0, 0),
        None => Span::nowhere(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository() -> (Files, FileId) {
        let mut files = Files::default();
        let file = files.add_text("SCENARIO.md", "**Q4: Why?**\n\nBecause.\n");
        (files, file)
    }

    #[test]
    fn a_place_in_copied_text_is_one_in_the_repository() {
        let (files, file) = repository();
        let question = Span::new(file, 6, 10);
        let made = MadeFile {
            path: "scenario.md".into(),
            executable: false,
            made: Made::Text(vec![
                Piece::Written { text: ":::question{#why}\n".to_owned(), about: question },
                Piece::Copied(question),
                Piece::Written { text: "\n:::\n".to_owned(), about: question },
            ]),
        };
        assert_eq!(made.bytes(&files), b":::question{#why}\nWhy?\n:::\n");
        assert_eq!(files.slice(made.origin(&files, 19, 21)), "hy");
        assert_eq!(files.slice(made.origin(&files, 3, 8)), "Why?", "the directive is about the question");
        assert_eq!(files.slice(made.origin(&files, 0, 20)), "Wh", "copied text leads further");
    }

    #[test]
    fn a_place_past_the_end_is_the_last_piece() {
        let (files, file) = repository();
        let made = MadeFile {
            path: "scenario.md".into(),
            executable: false,
            made: Made::Text(vec![Piece::Copied(Span::new(file, 0, 3))]),
        };
        assert_eq!(made.origin(&files, 99, 99), Span::new(file, 0, 0));
    }
}
