//! Markdown with references cut out of the source.

use std::borrow::Cow;

use super::context::Lower;
use super::reference::{Resolved, resolve_reference};
use crate::ir::RichText;
use crate::source::Span;
use crate::syntax::document::{Link, parse_inline_links};
use crate::syntax::suppression::strip_prose;

/// The text under `span`, with the references among `links` resolved, without comments for the
/// linter.
#[must_use]
pub fn rich_span(lower: &Lower<'_>, span: Span, links: &[Link]) -> RichText {
    let mut text = RichText::default();
    let mut at = span.start;
    let prose = |span: Span| match strip_prose(lower.slice(span)) {
        Cow::Borrowed(_) => lower.files.excerpt(span),
        Cow::Owned(stripped) => stripped.into(),
    };
    let inside = links.iter().filter(|link| link.span.start >= span.start && link.span.end <= span.end);
    for link in inside {
        if link.span.start < at {
            continue;
        }
        let Some(pieces) = lower_link(lower, link) else { continue };
        text.push_text(prose(Span { start: at, end: link.span.start, ..span }));
        text.push(pieces);
        at = link.span.end;
    }
    text.push_text(prose(Span { start: at, ..span }));
    text.pieces.shrink_to_fit();
    text
}

/// A text of a YAML file, with its references resolved.
#[must_use]
pub fn rich_value(lower: &Lower<'_>, value: &crate::syntax::yaml::Text) -> RichText {
    let source = lower.slice(value.span);
    // In plain and quoted scalars on one line the value stands in the source letter by letter;
    // elsewhere a reference can only point at the whole value.
    let offset = source.find(value.value.as_str());
    let base = match offset {
        Some(at) => value.span.sub(at, at + value.value.len()),
        None => value.span,
    };
    let mut text = RichText::default();
    let mut at = 0;
    for mut link in parse_inline_links(&value.value, Span::new(base.file, 0, value.value.len())) {
        let range = link.span.range();
        let inner = link.text.range();
        let words = value.value.get(inner).unwrap_or("").to_owned();
        relocate(&mut link, base, offset.is_some());
        if range.start < at {
            continue;
        }
        let Some(pieces) = lower_link_with(lower, &link, &words) else { continue };
        text.push_text(value.value.get(at..range.start).unwrap_or(""));
        text.push(pieces);
        at = range.end;
    }
    text.push_text(value.value.get(at..).unwrap_or(""));
    text
}

/// An optional text; empty if there is none.
#[must_use]
pub fn rich_option(lower: &Lower<'_>, value: Option<&crate::syntax::yaml::Text>) -> RichText {
    value.map(|value| rich_value(lower, value)).unwrap_or_default()
}

fn relocate(link: &mut Link, base: Span, exact: bool) {
    let shift = |span: Span| {
        if exact {
            Span { file: base.file, start: base.start + span.start, end: base.start + span.end }
        } else {
            base
        }
    };
    link.span = shift(link.span);
    link.text = shift(link.text);
    link.destination.span = shift(link.destination.span);
}

fn lower_link(lower: &Lower<'_>, link: &Link) -> Option<RichText> {
    let words = lower.slice(link.text);
    lower_link_with(lower, link, words)
}

fn lower_link_with(lower: &Lower<'_>, link: &Link, words: &str) -> Option<RichText> {
    if link.image {
        return lower_image(lower, link, words);
    }
    match resolve_reference(lower, link, words)? {
        Resolved::Target(target) => {
            let text = (!words.trim().is_empty()).then(|| words.to_owned());
            Some(RichText::reference(target, text))
        }
        Resolved::Text(text) => Some(RichText::plain(text)),
    }
}

/// A picture inside running text: its file goes where all pictures of the page go.
fn lower_image(lower: &Lower<'_>, link: &Link, words: &str) -> Option<RichText> {
    if link.destination.value.contains("://") {
        return None;
    }
    let asset = super::section::take_asset(lower, &link.destination)?;
    let title = link.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
    Some(RichText::plain(format!("![{words}](assets/{asset}{title})")))
}
