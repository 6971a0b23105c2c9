//! Tables of words, with a sign at both ends of each line.

use super::{Inline, cut_line};
use crate::syntax::document::Alignment;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'t> {
    pub head: Vec<Cell<'t>>,
    /// As many as there are columns, once the line below the head was read.
    pub alignments: Vec<Alignment>,
    /// Each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell<'t>>>,
}

/// The pieces of a cell.
pub type Cell<'t> = Vec<Inline<'t>>;

impl<'t> Table<'t> {
    /// The table that may begin with a line.
    pub(super) fn open(line: &'t str, tags: &[String]) -> Option<Self> {
        Some(Self { head: cells(line, tags)?, alignments: Vec::new(), rows: Vec::new() })
    }

    /// Takes in the next line. `false` if it could be anything else than a part of the table.
    pub(super) fn add(&mut self, line: &'t str, tags: &[String]) -> bool {
        let columns = self.head.len();
        if self.alignments.is_empty() {
            let found: Option<Vec<_>> =
                inside(line).and_then(|line| line.split('|').map(alignment).collect());
            self.alignments = found.unwrap_or_default();
            return self.alignments.len() == columns;
        }
        let Some(row) = cells(line, tags).filter(|row| row.len() == columns) else { return false };
        self.rows.push(row);
        true
    }

    /// Whether the line below the head was there.
    pub(super) fn is_whole(&self) -> bool {
        !self.alignments.is_empty()
    }
}

fn inside(line: &str) -> Option<&str> {
    line.strip_prefix('|')?.strip_suffix('|')
}

fn cells<'t>(line: &'t str, tags: &[String]) -> Option<Vec<Cell<'t>>> {
    let cells = inside(line)?.split('|').map(|text| {
        let mut cell = Vec::new();
        cut_line(text.trim_matches(' '), tags, &mut cell).then_some(cell)
    });
    cells.collect()
}

fn alignment(cell: &str) -> Option<Alignment> {
    let cell = cell.trim_matches(' ');
    let (left, rest) = cell.strip_prefix(':').map_or((false, cell), |rest| (true, rest));
    let (right, line) = rest.strip_suffix(':').map_or((false, rest), |line| (true, line));
    let is_line = !line.is_empty() && line.bytes().all(|byte| byte == b'-');
    is_line.then_some(match (left, right) {
        (false, false) => Alignment::None,
        (true, false) => Alignment::Left,
        (true, true) => Alignment::Center,
        (false, true) => Alignment::Right,
    })
}
