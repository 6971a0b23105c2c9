//! The words of an expression, for places that the parser does not tell.

use std::ops::Range;

/// Names outside of quotes.
pub fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, byte) in outside_quotes(text) {
        if !(byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':') {
            continue;
        }
        match words.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}

pub fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut quote = None;
    let mut escaped = false;
    text.bytes().enumerate().filter(move |(_, byte)| match quote {
        Some(open) => {
            if escaped {
                escaped = false;
            } else if *byte == b'\\' && open != b'`' {
                escaped = true;
            } else if *byte == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(byte, b'"' | b'\'' | b'`') {
                quote = Some(*byte);
            }
            quote.is_none()
        }
    })
}
