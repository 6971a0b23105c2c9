//! A text put together from pieces of the repository and words of our own.

use crate::adopt::{Made, MadeFile, Piece};
use crate::source::{Files, Span};

/// A text that grows. Each piece knows its place in the repository.
pub(super) struct Pieces<'a> {
    files: &'a Files,
    pieces: Vec<Piece>,
    /// Its last bytes: enough to know whether a blank line stands at its end.
    end: String,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, pieces: Vec::new(), end: String::new() }
    }

    /// Adds text of the repository as it stands.
    pub(super) fn copy(&mut self, span: Span) {
        let text = self.files.slice(span);
        if text.is_empty() {
            return;
        }
        self.note(text);
        if let Some(Piece::Copied(last)) = self.pieces.last_mut()
            && last.file == span.file
            && last.end == span.start
        {
            last.end = span.end;
            return;
        }
        self.pieces.push(Piece::Copied(span));
    }

    /// Adds words of our own and what of the repository they stand for.
    pub(super) fn write(&mut self, text: impl Into<String>, about: Span) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        self.note(&text);
        self.pieces.push(Piece::Written { text, about });
    }

    /// Copies a range with some of its parts replaced: byte ranges of the file in order, apart from each
    /// other, each with what stands there afterwards.
    pub(super) fn copy_with(&mut self, span: Span, patches: &[(std::ops::Range<usize>, String)]) {
        let (mut at, end) = (span.start as usize, span.end as usize);
        for (range, text) in patches {
            if range.start < at || range.end > end {
                continue;
            }
            self.copy(Span::new(span.file, at, range.start));
            self.write(text.clone(), Span::new(span.file, range.start, range.end.max(range.start)));
            at = range.end;
        }
        self.copy(Span::new(span.file, at, end));
    }

    /// Ends the line if it has begun.
    pub(super) fn end_line(&mut self, about: Span) {
        if !self.end.is_empty() && !self.end.ends_with('\n') {
            self.write("\n", about);
        }
    }

    /// Sees to it that what follows begins after a blank line.
    pub(super) fn blank_line(&mut self, about: Span) {
        self.end_line(about);
        if !self.end.is_empty() && !self.end.ends_with("\n\n") {
            self.write("\n", about);
        }
    }

    fn note(&mut self, text: &str) {
        // A line of white space is blank, too.
        let mut tail: String = text.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        if tail.chars().count() < 2 {
            tail = format!("{}{tail}", self.end.chars().next_back().map_or(String::new(), String::from));
        }
        self.end = tail;
    }

    pub(super) fn finish(self) -> Vec<Piece> {
        self.pieces
    }

    /// The finished text as a file.
    pub(super) fn into_file(self, path: impl Into<camino::Utf8PathBuf>) -> MadeFile {
        MadeFile { path: path.into(), executable: false, made: Made::Text(self.finish()) }
    }
}

/// The same piece once more.
pub(super) fn again(piece: &Piece) -> Piece {
    match piece {
        Piece::Copied(span) => Piece::Copied(*span),
        Piece::Written { text, about } => Piece::Written { text: text.clone(), about: *about },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_added_where_there_is_none() {
        let mut files = Files::default();
        let file = files.add_text("a.md", "one\ntwo\n\nthree");
        let mut out = Pieces::new(&files);
        out.blank_line(Span::file_start(file));
        out.copy(Span::new(file, 0, 3));
        out.blank_line(Span::file_start(file));
        out.copy(Span::new(file, 4, 9));
        out.blank_line(Span::file_start(file));
        out.copy(Span::new(file, 9, 14));
        let made = out.into_file("b.md");
        assert_eq!(made.bytes(&files), b"one\n\ntwo\n\nthree");
    }

    #[test]
    fn neighbors_become_one_piece_and_patches_keep_their_place() {
        let mut files = Files::default();
        let file = files.add_text("a.md", "abcdef");
        let mut out = Pieces::new(&files);
        out.copy(Span::new(file, 0, 1));
        out.copy_with(Span::new(file, 1, 6), &[(2..3, "X".to_owned()), (5..6, String::new())]);
        let made = out.into_file("b.md");
        assert_eq!(made.bytes(&files), b"abXde");
        assert_eq!(made.origin(&files, 2, 3), Span::new(file, 2, 3));
    }
}
