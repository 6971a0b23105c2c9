//! The cells of a table. Cut from the source and not taken from the parser, whose positions are
//! off in cells that hold `\|`.

use std::ops::Range;

use super::lines::Lines;
use super::tree::{Alignment, Cell, Table};
use crate::source::{FileId, Span};

/// Reads the table on these lines: a head, a line of dashes, rows.
pub(super) fn parse_table(
    lines: &Lines<'_>,
    file: FileId,
    at: &Range<usize>,
    alignments: Vec<Alignment>,
) -> Table {
    let columns = alignments.len();
    let row = |line: usize| {
        let range = lines.range(line);
        let mut cells: Vec<Cell> = cut_row(&lines.text[range.clone()])
            .into_iter()
            .map(|cell| Cell { span: Span::new(file, range.start + cell.start, range.start + cell.end) })
            .collect();
        // As GitHub does: cells beyond the head are dropped, missing ones are empty.
        cells.resize(columns, Cell { span: Span::new(file, range.end, range.end) });
        cells
    };
    Table { head: row(at.start), rows: (at.start + 2..at.end).map(row).collect(), alignments }
}

/// The trimmed cells of a row. `\|` never separates, not even in code.
fn cut_row(line: &str) -> Vec<Range<usize>> {
    let trimmed = line.trim();
    let offset = line.len() - line.trim_start().len();
    let body = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let offset = offset + (trimmed.len() - body.len());
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, byte) in body.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(trimmed_range(body, start..at, offset));
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if start < body.len() {
        cells.push(trimmed_range(body, start..body.len(), offset));
    }
    cells
}

fn trimmed_range(text: &str, range: Range<usize>, offset: usize) -> Range<usize> {
    let cell = &text[range.clone()];
    let start = offset + range.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<&str> {
        cut_row(line).into_iter().map(|cell| &line[cell]).collect()
    }

    #[test]
    fn rows_are_cut_at_bare_pipes() {
        assert_eq!(cells("| a | b |"), ["a", "b"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("  | a \\| b | `c\\|d` |  "), ["a \\| b", "`c\\|d`"]);
        assert_eq!(cells("||"), [""]);
        assert_eq!(cells("| | x |"), ["", "x"]);
        assert_eq!(cells("| ä |ö"), ["ä", "ö"]);
    }
}
