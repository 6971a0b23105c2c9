//! Code that a page shows beside code that a file has: lines without comments and space.

use std::ops::Range;

use camino::Utf8Path;

use crate::source::{FileId, Files, Span};
use crate::syntax::code::comments_of;

/// A line of code: as it compares, and where it stands.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub span: Span,
}

/// The lines of a file that say something to a machine.
pub fn lines_of_file(files: &Files, file: FileId) -> Vec<Line> {
    let Ok(text) = files.text(file) else { return Vec::new() };
    lines_of(files.path(file), text, Span::new(file, 0, text.len()))
}

/// The same of a fence, which holds code of the file with this path.
pub fn lines_of_fence(files: &Files, path: &Utf8Path, body: Span) -> Vec<Line> {
    lines_of(path, files.slice(body), body)
}

fn lines_of(path: &Utf8Path, text: &str, span: Span) -> Vec<Line> {
    let mut bytes = text.as_bytes().to_vec();
    for comment in comments_of(path, text) {
        bytes[comment].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    let bare = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    let mut found = Vec::new();
    let mut at = 0;
    for line in bare.split_inclusive('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() && !is_omission(line.trim()) {
            let start = at + line.len() - line.trim_start().len();
            let end = at + line.trim_end().len();
            found.push(Line { text: words.join(" "), span: span.sub(start, end) });
        }
        at += line.len();
    }
    found
}

/// "…" stands for lines that are not shown.
fn is_omission(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '.' | '…' | ' ')) || line == "[...]" || line == "[…]"
}

/// How lines of a page lie in a file.
#[derive(Debug)]
pub struct Match {
    /// How many lines the two have in common, in order.
    pub common: usize,
    /// Indices of the page's lines that the file does not have there, each with the file's line at
    /// that place, if there is one.
    pub differing: Vec<(usize, Option<usize>)>,
    /// The file's first and last line that the page has as well.
    pub place: (usize, usize),
}

/// The best way to find `shown` in `whole`, in order; lines of the file between two of the page count
/// as left out if the page leaves something out.
pub fn find(shown: &[Line], whole: &[Line]) -> Option<Match> {
    let windows = window_starts(shown, whole);
    windows.into_iter().map(|start| align(shown, whole, start)).max_by_key(|it| it.common)
}

/// Where the first lines could begin: at each line of the file that one of the page equals.
fn window_starts(shown: &[Line], whole: &[Line]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for (offset, line) in shown.iter().enumerate() {
        let places = whole.iter().enumerate().filter(|(_, it)| it.text == line.text);
        starts.extend(places.map(|(at, _)| at.saturating_sub(offset)).take(MAX_PLACES));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// A line such as `}` has many places; these are enough.
const MAX_PLACES: usize = 40;

fn align(shown: &[Line], whole: &[Line], start: usize) -> Match {
    let window: Range<usize> = start..whole.len().min(start + shown.len() * 2 + 4);
    let theirs = &whole[window];
    // The longest common subsequence of two short runs of lines.
    let (rows, columns) = (shown.len(), theirs.len());
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row][column] = if shown[row].text == theirs[column].text {
                longest[row + 1][column + 1] + 1
            } else {
                longest[row + 1][column].max(longest[row][column + 1])
            };
        }
    }
    let mut differing = Vec::new();
    let mut equal = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows {
        if column < columns && shown[row].text == theirs[column].text {
            equal.push(start + column);
            row += 1;
            column += 1;
        } else if column < columns && longest[row][column + 1] > longest[row + 1][column] {
            column += 1;
        } else {
            differing.push((row, (column < columns).then_some(start + column)));
            row += 1;
            // A line in the place of another one: go on behind both.
            if column < columns && row < rows && longest[row][column + 1] == longest[row][column] {
                column += 1;
            }
        }
    }
    let place = (equal.first().copied().unwrap_or(start), equal.last().copied().unwrap_or(start));
    Match { common: longest[0][0], differing, place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let mut files = Files::default();
        let file = files.add_text("a.js", text);
        lines_of_file(&files, file)
    }

    #[test]
    fn comments_and_space_do_not_count() {
        let shown = lines("// What is this?\nconst a = 1;   \n\n  let b;\n");
        let whole = lines("const z = 0;\nconst a  = 1; // one\nlet b;\nlet c;\n");
        let found = find(&shown, &whole).expect("a place");
        assert_eq!((found.common, found.differing.len()), (2, 0));
    }

    #[test]
    fn a_line_that_differs_is_found_with_its_counterpart() {
        let shown = lines("f(1);\ng(2);\nh(3);\n");
        let whole = lines("e(0);\nf(1);\ng(20);\nh(3);\n");
        assert_eq!(find(&shown, &whole).expect("a place").differing, [(1, Some(2))]);
        assert!(find(&lines("x();\n"), &whole).is_none());
    }
}
