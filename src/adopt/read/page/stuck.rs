//! The table of what to do when nothing works.

use super::block::Shape;
use super::view::{Found, Place, View};
use crate::adopt::read::marks::leading_bold;
use crate::adopt::read::numbers::without_signs;
use crate::adopt::{PartKind, Unclear};
use crate::model::Role;
use crate::source::Span;

/// A table of two columns, or bold problems in a list or in paragraphs, below "Stuck?".
pub(super) fn read_stuck(view: &View<'_>, at: usize, place: Place) -> Option<Found> {
    if place.role != Some(Role::Stuck) {
        return None;
    }
    let kind = match view.shape(at)? {
        Shape::Table(table) if table.head.len() == 2 => {
            let rows = table.rows.iter().filter_map(|row| match row.as_slice() {
                [problem, help] => Some((problem.span, help.span)),
                _ => None,
            });
            PartKind::Stuck { rows: rows.collect() }
        }
        Shape::Table(table) => {
            let why = format!("a table of {} columns where problems and help are expected", table.head.len());
            PartKind::Unclear(Unclear { why })
        }
        Shape::List(list) => {
            let rows: Option<Vec<_>> = list
                .items
                .iter()
                .map(|item| {
                    let bold = leading_bold(view.run(item.content))?;
                    Some((bold.inner.span, without_signs(bold.rest).trim().span))
                })
                .collect();
            PartKind::Stuck { rows: rows.filter(|rows| !rows.is_empty())? }
        }
        Shape::Paragraph => {
            let (rows, blocks) = paragraph_rows(view, at)?;
            return Some(Found::one(view, at, blocks, PartKind::Stuck { rows }));
        }
        _ => return None,
    };
    Some(Found::one(view, at, 1, kind))
}

/// Paragraphs that begin with a problem in bold words; the help follows in them, or in the next one.
fn paragraph_rows(view: &View<'_>, at: usize) -> Option<(Vec<(Span, Span)>, usize)> {
    let mut rows = Vec::new();
    let mut blocks = 0;
    while let Some(bold) = view.paragraph(at + blocks).and_then(leading_bold) {
        let help = without_signs(bold.rest).trim();
        let (help, used) = match view.paragraph(at + blocks + 1) {
            _ if !help.is_blank() => (help, 1),
            Some(next) if leading_bold(next).is_none() => (next.trim(), 2),
            _ => break,
        };
        rows.push((bold.inner.span, help.span));
        blocks += used;
    }
    (blocks > 0).then_some((rows, blocks))
}
