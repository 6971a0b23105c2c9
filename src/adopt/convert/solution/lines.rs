//! Files as lines that know where they come from.

use std::ops::Range;

use crate::adopt::convert::pieces::Pieces;
use crate::source::{FileId, Files, Span};

/// A line with its end, if it has one.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    pub origin: Span,
}

impl Line {
    /// What has to agree: white space at both ends is a matter of taste.
    pub(super) fn key(&self) -> &str {
        self.text.trim()
    }

    fn indent(&self) -> &str {
        &self.text[..self.text.len() - self.text.trim_start().len()]
    }

    /// Whether it says something to the machine.
    pub(super) fn counts(&self) -> bool {
        let key = self.key();
        let comments = ["//", "#", "--", "/*", "*/", "* ", "<!--"];
        !key.is_empty() && key != "*" && !comments.iter().any(|mark| key.starts_with(mark))
    }
}

/// The lines of a range.
pub(super) fn lines_in(files: &Files, span: Span) -> Vec<Line> {
    let mut at = 0;
    let lines = files.slice(span).split_inclusive('\n').map(|text| {
        let origin = span.sub(at, at + text.len());
        at += text.len();
        Line { text: text.to_owned(), origin }
    });
    lines.collect()
}

/// The lines of a file; none if it is no text.
pub(super) fn lines_of(files: &Files, file: FileId) -> Vec<Line> {
    let length = files.text(file).map_or(0, str::len);
    lines_in(files, Span::new(file, 0, length))
}

/// Without blank lines at both ends.
pub(super) fn trimmed(lines: &[Line]) -> &[Line] {
    let is_blank = |line: &Line| line.key().is_empty();
    let start = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !is_blank(line)).map_or(start, |last| last + 1);
    &lines[start..end]
}

/// Where a block stands in a file: every place.
pub(super) fn places(file: &[Line], block: &[Line]) -> Vec<Range<usize>> {
    if block.is_empty() || block.len() > file.len() {
        return Vec::new();
    }
    let same = |at: &usize| {
        file[*at..*at + block.len()].iter().zip(block).all(|(line, wanted)| line.key() == wanted.key())
    };
    (0..=file.len() - block.len()).filter(same).map(|at| at..at + block.len()).collect()
}

/// A block as it would stand in the place of lines of a file: with their indentation.
pub(super) fn fitted(block: &[Line], shown: &[Line], in_file: &[Line]) -> Vec<Line> {
    let first = |lines: &[Line]| {
        lines.iter().find(|line| !line.key().is_empty()).map(|line| line.indent().to_owned())
    };
    let (Some(page), Some(file)) = (first(shown), first(in_file)) else { return block.to_vec() };
    if page == file {
        return block.to_vec();
    }
    let moved = block.iter().map(|line| {
        let text = match (file.strip_suffix(page.as_str()), page.strip_suffix(file.as_str())) {
            _ if line.key().is_empty() => line.text.clone(),
            (Some(more), _) => format!("{more}{}", line.text),
            (_, Some(less)) => line.text.strip_prefix(less).unwrap_or(&line.text).to_owned(),
            _ => line.text.clone(),
        };
        Line { text, origin: line.origin }
    });
    moved.collect()
}

/// Whether two files do the same: equal but for comments and blank lines.
pub(super) fn do_the_same(a: &[Line], b: &[Line]) -> bool {
    let counting = |lines: &'_ [Line]| -> Vec<String> {
        lines.iter().filter(|line| line.counts()).map(|line| line.key().to_owned()).collect()
    };
    counting(a) == counting(b)
}

/// Writes a line as it stands where it comes from.
pub(super) fn write_line(line: &Line, files: &Files, out: &mut Pieces<'_>) {
    if files.slice(line.origin) == line.text {
        out.copy(line.origin);
    } else {
        out.write(line.text.clone(), line.origin);
    }
}
