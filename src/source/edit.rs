//! Edits of a text, made in the bytes that its author saved: what they do not touch stays as it is,
//! a byte order mark and every kind of line end included.

use std::ops::Range;

use super::files::{Content, normalise};

/// Replaces a range of the normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement<'a> {
    pub range: Range<usize>,
    pub text: &'a str,
}

/// Makes replacements, which must be sorted and apart from each other, in the original bytes of a
/// file with this text. Line ends that are put in are those of the line before. `None` if they do
/// not fit the text, or if the result would not be read as meant.
#[must_use]
pub fn edit_original(text: &str, original: &[u8], replacements: &[Replacement<'_>]) -> Option<Vec<u8>> {
    let meant = edit_text(text, replacements)?;
    let mut out = Vec::with_capacity(original.len());
    let mut cursor = Cursor::new(original);
    let mut copied = 0;
    for Replacement { range, text: new } in replacements {
        let (start, end) = trimmed(&text[range.clone()], new);
        let new = &new[start..new.len() - end];
        cursor.advance_to(range.start + start);
        out.extend_from_slice(&original[copied..cursor.at]);
        let line_end = cursor.line_end();
        out.extend_from_slice(new.replace('\n', line_end).as_bytes());
        cursor.advance_to(range.end - end);
        copied = cursor.at;
    }
    out.extend_from_slice(&original[copied..]);
    // A carriage return and a line feed that meet become one line end.
    matches!(normalise(&out), Content::Text(found) if *found == *meant).then_some(out)
}

/// Makes replacements in a text; `None` if one of them does not fit.
fn edit_text(text: &str, replacements: &[Replacement<'_>]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Replacement { range, text: new } in replacements {
        out.push_str(text.get(at..range.start)?);
        out.push_str(new);
        text.get(range.clone())?;
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// How many bytes two texts share at their starts and at their ends, in whole characters.
fn trimmed(old: &str, new: &str) -> (usize, usize) {
    let start: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (&old[start..], &new[start..]);
    let ends = old.chars().rev().zip(new.chars().rev());
    (start, ends.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum())
}

/// A walk along the original bytes that counts bytes of the text.
struct Cursor<'a> {
    original: &'a [u8],
    at: usize,
    in_text: usize,
    line_end: Option<&'static str>,
}

impl<'a> Cursor<'a> {
    fn new(original: &'a [u8]) -> Self {
        let mark = if original.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self { original, at: mark, in_text: 0, line_end: None }
    }

    fn advance_to(&mut self, target: usize) {
        while self.in_text < target && self.at < self.original.len() {
            let found = line_end_at(self.original, self.at);
            self.line_end = found.or(self.line_end);
            self.at += found.map_or(1, str::len);
            self.in_text += 1;
        }
    }

    /// How the line before ends, or the next one that ends.
    fn line_end(&self) -> &'static str {
        self.line_end
            .or_else(|| (self.at..self.original.len()).find_map(|at| line_end_at(self.original, at)))
            .unwrap_or("\n")
    }
}

fn line_end_at(bytes: &[u8], at: usize) -> Option<&'static str> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some("\r\n"),
        (Some(b'\r'), _) => Some("\r"),
        (Some(b'\n'), _) => Some("\n"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(original: &str, edits: &[(&str, &str)]) -> Option<String> {
        let Content::Text(text) = normalise(original.as_bytes()) else { panic!("a text") };
        let at = |old: &str| {
            let start = text.find(old).expect("the old text is there");
            start..start + old.len()
        };
        let edits: Vec<Replacement<'_>> =
            edits.iter().map(|(old, new)| Replacement { range: at(old), text: new }).collect();
        edit_original(&text, original.as_bytes(), &edits)
            .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
    }

    #[test]
    fn what_is_not_edited_stays_as_it_was() {
        for (original, edits, expected) in [
            ("a\nb\n", &[("b", "c\nd")][..], "a\nc\nd\n"),
            ("\u{FEFF}a\r\nb\r\n", &[("b", "c\nd")], "\u{FEFF}a\r\nc\r\nd\r\n"),
            ("a\rb\r", &[("b", "c\nd")], "a\rc\rd\r"),
            ("a\r\nb\nc\n", &[("a", "x\ny"), ("c", "z\nz")], "x\r\ny\r\nb\nz\nz\n"),
            ("a\r\nb\r\nc\r\n", &[("a\nb\nc\n", "a\nB\nc\n")], "a\r\nB\r\nc\r\n"),
            ("ä", &[("ä", "ö")], "ö"),
            ("", &[], ""),
        ] {
            assert_eq!(edit(original, edits).as_deref(), Some(expected), "{original:?}");
        }
    }

    #[test]
    fn what_would_be_read_otherwise_is_refused() {
        assert_eq!(edit("a\rX\nb", &[("X", "")]), None);
        let inside = [Replacement { range: 1..2, text: "x" }];
        assert_eq!(edit_original("äö", "äö".as_bytes(), &inside), None);
        let backwards = [Replacement { range: 2..3, text: "x" }, Replacement { range: 0..1, text: "y" }];
        assert_eq!(edit_original("abc", b"abc", &backwards), None);
    }
}
