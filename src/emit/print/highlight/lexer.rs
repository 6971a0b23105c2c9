//! A place in a text, and the HTML that grows behind it. Owns that every byte comes out once, in
//! order and escaped, whatever a language says about it; languages only say which ranges have a class.
//!
//! Linear time is held here: languages look at bytes through the methods below, which count what they
//! look at when tests run.

use super::class::Class;
use crate::emit::print::html::escape_html_into;

/// How deep code may stand in strings that stand in code. What is deeper has the color of what is
/// around it.
const MAX_DEPTH: u8 = 24;

/// White space between two tokens of one class stays in their span; longer gaps are not looked at.
const MAX_GAP: usize = 80;

/// What was lexed last, as far as languages ask: a byte of punctuation stands for itself.
pub(super) mod prev {
    pub const KEYWORD: u8 = b' ';
    pub const NAME: u8 = b'a';
    pub const NUMBER: u8 = b'0';
    pub const STRING: u8 = b'"';

    /// Whether a value ends here, so that an operator comes next.
    pub fn is_value(byte: u8) -> bool {
        matches!(byte, NAME | NUMBER | STRING | b')' | b']' | b'}')
    }
}

/// Where a line ends, as was found from `start` on, when nothing was read behind `end`.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    stop: usize,
    end: usize,
}

pub(super) struct Lexer<'t, 'o> {
    text: &'t str,
    /// The next byte.
    pub at: usize,
    /// Nothing is read from here on.
    pub end: usize,
    /// What was lexed last, see `prev`.
    pub prev: u8,
    /// A language's own notes.
    pub state: u8,
    /// Searches for these ends have failed, so there is none further on.
    pub failed: u8,
    depth: u8,
    line: Line,
    html: &'o mut String,
    written: usize,
    class: Class,
    start: usize,
    stop: usize,
    #[cfg(test)]
    pub steps: usize,
}

impl<'t, 'o> Lexer<'t, 'o> {
    pub(super) fn new(text: &'t str, html: &'o mut String) -> Self {
        Self {
            text,
            at: 0,
            end: text.len(),
            prev: 0,
            state: 0,
            failed: 0,
            depth: 0,
            line: Line { start: 1, stop: 0, end: 0 },
            html,
            written: 0,
            class: Class::Plain,
            start: 0,
            stop: 0,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Bytes were looked at.
    #[cfg(test)]
    fn count(&mut self, bytes: usize) {
        self.steps += bytes;
    }

    #[cfg(not(test))]
    #[inline]
    #[allow(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "tests count")]
    fn count(&mut self, _bytes: usize) {}

    pub(super) fn more(&self) -> bool {
        self.at < self.end
    }

    /// The byte so far ahead; 0 behind the end.
    #[inline]
    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.byte_at(self.at + ahead)
    }

    #[inline]
    pub(super) fn byte_at(&self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    /// The byte before `at`; a line feed before the first.
    pub(super) fn byte_before(&self, at: usize) -> u8 {
        if at == 0 { b'\n' } else { self.text.as_bytes().get(at - 1).copied().unwrap_or_default() }
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &'t [u8] {
        self.text.as_bytes().get(from..to.min(self.end)).unwrap_or_default()
    }

    pub(super) fn starts_with(&self, with: &[u8]) -> bool {
        self.slice(self.at, self.end).starts_with(with)
    }

    /// One byte further.
    #[inline]
    pub(super) fn bump(&mut self) {
        self.skip(1);
    }

    /// So many bytes further, and never behind the end.
    #[inline]
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.end);
        self.count(bytes);
    }

    /// To the first byte that does not fit.
    #[inline]
    pub(super) fn skip_while(&mut self, fits: impl Fn(u8) -> bool) {
        let rest = self.slice(self.at, self.end);
        let len = rest.iter().position(|byte| !fits(*byte)).unwrap_or(rest.len());
        self.at += len;
        self.count(len + 1);
    }

    pub(super) fn skip_spaces(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    }

    /// The first byte that fits, from `from` on; the end if there is none.
    #[inline]
    pub(super) fn find(&mut self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        let rest = self.slice(from, self.end);
        let len = rest.iter().position(|byte| fits(*byte)).unwrap_or(rest.len());
        self.count(len + 1);
        (from + len).min(self.end)
    }

    /// The end of this line, at its line feed. Asking again on the same line costs nothing.
    pub(super) fn line_end(&mut self) -> usize {
        let Line { start, stop, end } = self.line;
        let known = start <= self.at && self.at <= stop && (stop < end || end == self.end);
        if !known {
            let stop = self.find(self.at, |byte| byte == b'\n');
            self.line = Line { start: self.at, stop, end: self.end };
        }
        self.line.stop.min(self.end)
    }

    /// Behind the first `text` from `from` on; the end if there is none.
    pub(super) fn behind(&mut self, from: usize, text: &[u8]) -> usize {
        let rest = self.slice(from, self.end);
        let found = rest.windows(text.len()).position(|window| window == text);
        let len = found.map_or(rest.len(), |at| at + text.len());
        self.count(len);
        (from + len).min(self.end)
    }

    /// The first byte from `at` that is neither a space nor a tab.
    pub(super) fn next_visible(&mut self, at: usize) -> u8 {
        let found = self.find(at, |byte| !matches!(byte, b' ' | b'\t'));
        self.byte_at(found)
    }

    /// Says what lies in a range. Ranges come in order and do not overlap.
    #[inline]
    pub(super) fn mark(&mut self, class: Class, from: usize, to: usize) {
        let to = to.min(self.end);
        if class.tag().is_empty() || to <= from || from < self.stop {
            return;
        }
        if class == self.class && self.is_blank(self.stop, from) {
            self.stop = to;
            return;
        }
        self.flush();
        (self.class, self.start, self.stop) = (class, from, to);
    }

    /// Says what lies between here and `to`, and goes there.
    #[inline]
    pub(super) fn take(&mut self, class: Class, to: usize) {
        let to = to.min(self.end);
        self.mark(class, self.at, to);
        self.count(to.saturating_sub(self.at));
        self.at = self.at.max(to);
    }

    pub(super) fn take_line(&mut self, class: Class) {
        let end = self.line_end();
        self.take(class, end);
    }

    fn is_blank(&self, from: usize, to: usize) -> bool {
        let gap = &self.text.as_bytes()[from..to];
        gap.len() <= MAX_GAP && gap.iter().all(u8::is_ascii_whitespace)
    }

    /// Reads no further than `end` while `work` runs, and goes on there.
    pub(super) fn within(&mut self, end: usize, work: impl FnOnce(&mut Self)) {
        let outer = self.end;
        self.end = end.clamp(self.at, outer);
        work(self);
        self.at = self.end;
        self.end = outer;
    }

    /// Runs `work` one level deeper. False, and nothing is done, where that is too deep.
    pub(super) fn deeper(&mut self, work: impl FnOnce(&mut Self)) -> bool {
        if self.depth >= MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        work(self);
        self.depth -= 1;
        true
    }

    /// Writes what is still to be written.
    pub(super) fn finish(mut self) {
        self.flush();
        escape_html_into(&self.text[self.written..], self.html);
    }

    fn flush(&mut self) {
        if self.class == Class::Plain {
            return;
        }
        // A language may cut a letter in two where it skips an escaped byte.
        let start = self.boundary(self.start);
        let stop = self.boundary(self.stop);
        escape_html_into(&self.text[self.written..start], self.html);
        self.html.push_str(self.class.tag());
        escape_html_into(&self.text[start..stop], self.html);
        self.html.push_str("</span>");
        self.written = stop;
        self.class = Class::Plain;
    }

    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }
}
