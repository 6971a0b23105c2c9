//! Stuck tables: the page's own rows, then those that every scenario of the stack needs.

use super::context::{Lower, block};
use super::rich::{rich_span, rich_value};
use crate::ir::{Block, Cell, Node, Table, TableUse};
use crate::syntax::document::{Block as Source, Table as SourceTable};

/// A GFM table of a `.stuck` section.
#[must_use]
pub fn lower_stuck(lower: &Lower<'_>, source: &Source, table: &SourceTable) -> Block {
    let rich = |cell: &crate::syntax::document::Cell| rich_span(lower, cell.span, &source.links);
    let mut rows: Vec<Vec<Cell>> =
        table.rows.iter().map(|row| row.iter().map(|cell| Cell::Text(rich(cell))).collect()).collect();
    if table.head.len() == 2
        && let Some(stack) = lower.stack
    {
        for row in &stack.manifest.stuck {
            rows.push(vec![
                Cell::Text(rich_value(lower, &row.problem)),
                Cell::Text(rich_value(lower, &row.solution)),
            ]);
        }
    }
    let head = table.head.iter().map(rich).collect();
    block(source.span, Node::Table(Box::new(Table { use_: TableUse::Stuck, head, rows })))
}
