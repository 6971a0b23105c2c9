//! Tables and lists that are to be filled in with measurements.

use super::block::Shape;
use super::boxes::{has_room, is_open_table};
use super::view::{Found, View};
use crate::adopt::PartKind;

/// A table with several empty cells, or a list of at least two names with room, which no question took.
pub(super) fn read_results(view: &View<'_>, at: usize) -> Option<Found> {
    let is_one = match view.shape(at)? {
        Shape::Table(table) => is_open_table(view, table, 2),
        Shape::List(list) => {
            list.items.len() >= 2 && list.items.iter().all(|item| has_room(view.run(item.content)))
        }
        _ => false,
    };
    is_one.then(|| Found::one(view, at, 1, PartKind::Results))
}
