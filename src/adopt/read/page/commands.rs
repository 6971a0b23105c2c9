//! Fences with commands that learners type.

use super::block::Shape;
use super::view::{Found, View};
use crate::adopt::PartKind;
use crate::adopt::read::vocabulary::{SHELL, SQL};

/// A fence of a shell's or of psql's language, or one whose lines begin with a prompt.
pub(super) fn read_commands(view: &View<'_>, at: usize) -> Option<Found> {
    let Shape::Fence { language, body } = view.shape(at)? else { return None };
    let language_name = language.to_lowercase();
    let text = view.run(*body);
    let prompted = language.is_empty() && text.text.trim_start().starts_with("$ ");
    let sql = SQL.contains(&language_name.as_str());
    let is_command = sql || prompted || SHELL.contains(&language_name.as_str());
    (is_command && !text.is_blank()).then(|| Found::one(view, at, 1, PartKind::Commands { sql, body: *body }))
}
