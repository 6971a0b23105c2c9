//! A run of text that knows where it stands.

use std::ops::Range;

use crate::source::{Files, Span, Spanned};

/// Some bytes of a file with their place.
#[derive(Clone, Copy, Debug)]
pub(in crate::adopt::read) struct Run<'a> {
    pub text: &'a str,
    pub span: Span,
}

impl<'a> Run<'a> {
    pub fn of(files: &'a Files, span: Span) -> Self {
        let text = files.slice(span);
        // A span that is no text becomes an empty run at its start.
        Self { text, span: span.sub(0, text.len()) }
    }

    /// The bytes in a range; nothing, at its start, if the range cuts a character.
    pub fn sub(self, range: Range<usize>) -> Self {
        let start = range.start.min(self.text.len());
        let end = range.end.clamp(start, self.text.len());
        match self.text.get(start..end) {
            Some(text) => Self { text, span: self.span.sub(start, end) },
            None => Self { text: "", span: self.span.sub(start, start) },
        }
    }

    pub fn from(self, start: usize) -> Self {
        self.sub(start..self.text.len())
    }

    pub fn to(self, end: usize) -> Self {
        self.sub(0..end)
    }

    pub fn trim(self) -> Self {
        self.trim_matches(char::is_whitespace)
    }

    /// Without the characters of a kind at both ends.
    pub fn trim_matches(self, is_cut: impl Fn(char) -> bool) -> Self {
        let start = self.text.len() - self.text.trim_start_matches(&is_cut).len();
        let end = self.text.trim_end_matches(&is_cut).len();
        self.sub(start..end.max(start))
    }

    pub fn trim_start_matches(self, is_cut: impl Fn(char) -> bool) -> Self {
        self.from(self.text.len() - self.text.trim_start_matches(is_cut).len())
    }

    pub fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its lines, without line ends.
    pub fn lines(self) -> impl Iterator<Item = Run<'a>> {
        let mut at = 0;
        self.text.split('\n').map(move |line| {
            let start = at;
            at += line.len() + 1;
            self.sub(start..start + line.len())
        })
    }

    /// The rest after a prefix.
    pub fn strip_prefix(self, prefix: &str) -> Option<Self> {
        self.text.starts_with(prefix).then(|| self.from(prefix.len()))
    }

    /// The same text as a value.
    pub fn spanned(self) -> Spanned<String> {
        Spanned::new(self.text.to_owned(), self.span)
    }
}
