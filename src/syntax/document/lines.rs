//! The lines of a text, by number.

use std::ops::Range;

use memchr::memchr_iter;

/// A text and where its lines start. Line numbers count from 0.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        // A text that ends with a line end has no further line after it.
        if starts.len() > 1 && starts.last() == Some(&text.len()) {
            starts.pop();
        }
        Self { text, starts }
    }

    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where a line starts; the end of the text past the last one.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Where a line ends, without its line end.
    pub fn end(&self, line: usize) -> usize {
        let next = self.start(line + 1);
        let has_end = next > self.start(line) && self.text.as_bytes()[next - 1] == b'\n';
        if has_end { next - 1 } else { next }
    }

    /// The bytes of a line, without its line end.
    pub fn range(&self, line: usize) -> Range<usize> {
        self.start(line)..self.end(line)
    }

    pub fn get(&self, line: usize) -> &'a str {
        &self.text[self.range(line)]
    }

    /// The line in which a place of the text lies.
    pub fn number_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    pub fn is_blank(&self, line: usize) -> bool {
        self.get(line).trim().is_empty()
    }

    /// The bytes of several lines, without the last line end.
    pub fn ranges(&self, lines: &Range<usize>) -> Range<usize> {
        self.start(lines.start)..self.end(lines.end.saturating_sub(1).max(lines.start))
    }

    /// The offset of a 1-based line and a 1-based byte column, if it lies in the text and between
    /// two characters.
    pub fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let offset = start + column.checked_sub(1)?;
        self.text.is_char_boundary(offset).then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_without_their_ends() {
        let lines = Lines::new("a\n\nbc\n");
        assert_eq!(lines.count(), 3);
        assert_eq!((lines.get(0), lines.get(1), lines.get(2)), ("a", "", "bc"));
        assert_eq!(lines.ranges(&(0..3)), 0..5);
        assert_eq!(lines.start(3), 6);
        assert_eq!(Lines::new("").count(), 1);
        assert_eq!(Lines::new("x").get(0), "x");
        assert_eq!(Lines::new("ä\n").offset(1, 2), None);
    }
}
