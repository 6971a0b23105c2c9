//! The words of a chunk as they are in the source, with what usvg says of them.

use std::borrow::Cow;
use std::ops::Range;

use resvg::usvg::{TextChunk, TextSpan};

use crate::syntax::svg::brief::Briefs;

/// Words that are set together.
pub(super) struct Run<'c> {
    pub words: Cow<'c, str>,
    pub parts: Vec<Part<'c>>,
}

/// Some of them that are set alike.
pub(super) struct Part<'c> {
    pub at: Range<usize>,
    pub span: &'c TextSpan,
    /// How many letters stand before it in what usvg has.
    pub offset: usize,
    /// Whether usvg has as many letters.
    pub is_whole: bool,
}

impl<'c> Run<'c> {
    /// The words of a chunk that stand behind so many letters of its text.
    pub(super) fn of(chunk: &'c TextChunk, briefs: &Briefs, mut offset: usize) -> Self {
        let (mut words, mut parts) = (String::with_capacity(chunk.text().len()), Vec::new());
        for span in chunk.spans() {
            let start = words.len();
            let (mut letters, mut is_whole) = (0, true);
            for letter in chunk.text().get(span.start()..span.end()).unwrap_or("").chars() {
                letters += 1;
                match briefs.words(letter) {
                    Some(all) => {
                        is_whole = false;
                        words.push_str(all);
                    }
                    None => words.push(letter),
                }
            }
            parts.push(Part { at: start..words.len(), span, offset, is_whole });
            offset += letters;
        }
        Self { words: Cow::Owned(words), parts }
    }

    /// Other words that are set like a text of one span.
    pub(super) fn like(chunk: &'c TextChunk, words: &'c str) -> Option<Self> {
        let [span] = chunk.spans() else { return None };
        let part = Part { at: 0..words.len(), span, offset: 0, is_whole: false };
        Some(Self { words: Cow::Borrowed(words), parts: vec![part] })
    }

    /// How far the letter that begins here is moved: a number of a list that has one for each letter.
    pub(super) fn moved(&self, by: &[f32], at: usize) -> f32 {
        let Some(part) = self.parts.iter().find(|part| part.at.contains(&at)) else { return 0.0 };
        let within = self.words.get(part.at.start..at).unwrap_or("").chars().count();
        // Of shortened words only the first letter can be moved.
        let number = (part.is_whole || within == 0).then_some(part.offset + within);
        number.and_then(|number| by.get(number)).copied().unwrap_or(0.0)
    }
}
