//! The table of what to do when nothing works.

use super::block::Shape;
use super::view::{Found, Place, View};
use crate::adopt::read::marks::leading_bold;
use crate::adopt::read::numbers::without_signs;
use crate::adopt::{PartKind, Unclear};
use crate::model::Role;

/// A table of two columns, or a list of bold problems, below "Stuck?".
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
        _ => return None,
    };
    Some(Found::one(view, at, 1, kind))
}
