//! What makes two findings the same one in two versions of a course: the code, the file, the words
//! and the text of the line, but not the line's number, which every edit above it changes.

use super::diagnostic::Diagnostic;
use crate::source::Files;

/// How much of a line counts, in characters.
const MAX_LINE: usize = 160;

/// A finding without its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub path: String,
    pub code: String,
    /// The message; line numbers in it are replaced by `…`.
    pub message: String,
    /// The line that the finding points at, with single spaces.
    pub text: String,
}

impl Identity {
    /// What identifies a finding.
    #[must_use]
    pub fn of(finding: &Diagnostic, files: &Files) -> Self {
        let span = finding.span;
        let text = files.text(span.file).unwrap_or("");
        let start = (0..=text.len().min(span.start as usize)).rev().find(|at| text.is_char_boundary(*at));
        let (before, after) = text.split_at(start.unwrap_or(0));
        let before = before.rsplit('\n').next().unwrap_or("");
        let after = after.split('\n').next().unwrap_or("");
        let line = format!("{before}{after}");
        let words: Vec<&str> = line.split_whitespace().collect();
        Self {
            path: files.path(span.file).to_string(),
            code: finding.spec.code.to_owned(),
            message: without_line_numbers(&finding.message),
            text: words.join(" ").chars().take(MAX_LINE).collect(),
        }
    }

    /// The same as a short text: 16 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.path, &self.code, &self.message, &self.text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}

/// Digits after "line" or "byte" say where something stands today.
fn without_line_numbers(message: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in message.split(' ') {
        let follows = out.last().is_some_and(|before| matches!(*before, "line" | "lines" | "byte" | "bytes"));
        let number = word.trim_end_matches([',', ':', ';', ')']);
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        out.push(if follows && is_number { "…" } else { word });
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalog::tree::MISSING_FILE;
    use crate::source::Span;

    fn identity(text: &str, needle: &str, message: &str) -> Identity {
        let mut files = Files::default();
        let file = files.add_text("content/a.md", text);
        let at = text.find(needle).expect("the needle");
        Identity::of(&Diagnostic::new(&MISSING_FILE, Span::new(file, at, at + 1), message), &files)
    }

    #[test]
    fn lines_above_do_not_matter_and_the_line_does() {
        let one = identity("a\n  b  x\n", "x", "the key stands on line 3 already");
        let two = identity("a\n\n\nb x\n", "x", "the key stands on line 17 already");
        assert_eq!((&one, one.fingerprint()), (&two, two.fingerprint()));
        assert_ne!(one, identity("a\nc x\n", "x", "the key stands on line 3 already"));
        assert_ne!(one.fingerprint(), identity("a\nb x\n", "x", "another").fingerprint());
    }

    #[test]
    fn a_place_inside_a_character_is_no_reason_to_fail() {
        let mut files = Files::default();
        let file = files.add_text("a.md", "äöü\n");
        let finding = Diagnostic::new(&MISSING_FILE, Span::new(file, 1, 99), "m");
        assert_eq!(Identity::of(&finding, &files).text, "äöü");
    }
}
