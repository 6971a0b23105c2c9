//! The facts below the title of a page.

use crate::adopt::{Field, FieldKind, Page, PartKind};
use crate::source::Spanned;

/// All facts of a page.
pub fn fields(page: &Page) -> impl Iterator<Item = &Field> {
    let parts = page.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Fields(fields) => Some(fields),
        _ => None,
    });
    parts.flatten()
}

/// What the page says that it teaches.
pub fn concepts(page: &Page) -> Option<(&Field, &[Spanned<String>])> {
    fields(page).find_map(|field| match &field.kind {
        FieldKind::Concepts(concepts) => Some((field, concepts.as_slice())),
        _ => None,
    })
}

/// What the page says that it builds on.
pub fn builds_on(page: &Page) -> Option<(&Field, &[Spanned<String>])> {
    fields(page).find_map(|field| match &field.kind {
        FieldKind::BuildsOn(concepts) => Some((field, concepts.as_slice())),
        _ => None,
    })
}

/// How long the page says that it takes, in minutes.
pub fn minutes(page: &Page) -> Option<(&Field, (u32, u32))> {
    fields(page).find_map(|field| match field.kind {
        FieldKind::Minutes(least, most) => Some((field, (least, most))),
        _ => None,
    })
}

/// How hard the page says that it is.
pub fn level(page: &Page) -> Option<&Field> {
    fields(page).find(|field| matches!(field.kind, FieldKind::Level))
}
