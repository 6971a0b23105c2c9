//! Pictures with their captions: Markdown or HTML, the caption in italics or centered below.

use super::block::Shape;
use super::view::{Found, View};
use crate::adopt::read::marks::{emphasised, unmarked};
use crate::adopt::read::numbers::labelled;
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::FIGURE;
use crate::adopt::{Figure, Number, PartKind};
use crate::source::Spanned;
use crate::syntax::html::for_each_attribute;

struct Picture<'a> {
    alt: Spanned<String>,
    path: Spanned<String>,
    /// What follows in the same block.
    rest: Run<'a>,
}

/// A picture of the repository, and the line that belongs to it.
pub(super) fn read_figure(view: &View<'_>, at: usize) -> Option<Found> {
    let picture = match view.shape(at)? {
        Shape::Picture { alt, destination, title } => {
            let run = view.run(title.span);
            let rest = if title.span == view.text(at).span { run.to(0) } else { run };
            Picture { alt: view.run(*alt).spanned(), path: destination.clone(), rest }
        }
        Shape::Paragraph => in_paragraph(view, at)?,
        Shape::Html => in_html(view.text(at))?,
        _ => return None,
    };
    if picture.path.contains("://") || picture.path.starts_with("//") || picture.path.is_empty() {
        return None;
    }
    let below = caption_below(view, at + 1);
    let own = caption_of(picture.rest, true);
    let blocks = 1 + usize::from(below.is_some());
    let (number, caption) = below.or(own).unwrap_or((None, None));
    let figure = Figure { number, alt: picture.alt, path: picture.path, caption };
    Some(Found::one(view, at, blocks, PartKind::Figure(figure)))
}

/// An image at the start of a paragraph, alone or with its caption on the next line.
fn in_paragraph<'a>(view: &View<'a>, at: usize) -> Option<Picture<'a>> {
    let run = view.text(at);
    let image = view.blocks[at].links.first().filter(|link| link.image)?;
    let lead = run.sub(0..image.span.range().start.saturating_sub(run.span.range().start));
    let rest = run.from(image.span.range().end - run.span.range().start).trim();
    let one = view.blocks[at].links.iter().filter(|link| link.image).count() == 1;
    let is_alone = lead.is_blank() && one && (rest.is_blank() || caption_of(rest, false).is_some());
    is_alone.then(|| Picture { alt: view.run(image.text).spanned(), path: image.destination.clone(), rest })
}

/// The one `<img>` of a block of HTML.
fn in_html(run: Run<'_>) -> Option<Picture<'_>> {
    let mut alt = None;
    let mut path = None;
    let mut count = 0;
    for_each_attribute(run.text, |attribute| {
        if attribute.element.eq_ignore_ascii_case("img") {
            let value = Spanned::new(attribute.value().into_owned(), run.sub(attribute.at.clone()).span);
            match attribute.name {
                "src" => {
                    count += 1;
                    path = Some((value, attribute.at.end));
                }
                "alt" => alt = Some(value),
                _ => {}
            }
        }
    });
    let (path, end) = path.filter(|_| count == 1)?;
    let end = run.text[end..].find('>').map_or(run.text.len(), |close| end + close + 1);
    let alt = alt.unwrap_or_else(|| run.to(0).spanned());
    Some(Picture { alt, path, rest: run.from(end) })
}

type Caption = (Option<Number>, Option<Spanned<String>>);

/// The caption that a block is.
fn caption_below(view: &View<'_>, at: usize) -> Option<Caption> {
    match view.shape(at)? {
        Shape::Paragraph => caption_of(view.text(at), false),
        Shape::Html if !view.text(at).text.to_ascii_lowercase().contains("<img") => {
            caption_of(view.text(at), false)
        }
        _ => None,
    }
}

/// Text that is a caption: all of it in italics, or begun by "Fig 1.2". `any` takes every text.
fn caption_of(run: Run<'_>, any: bool) -> Option<Caption> {
    let run = run.trim();
    if run.is_blank() {
        return None;
    }
    if run.text.starts_with('<') {
        return html_caption(run);
    }
    let inner = emphasised(run);
    let text = inner.unwrap_or(run);
    if let Some(found) = labelled(lead_marks(text), &FIGURE) {
        return Some((Some(found.number), caption_text(found.rest)));
    }
    (inner.is_some() || any).then(|| (None, caption_text(text)))
}

/// Without marks before "Fig": `**Fig 1.2** …`.
fn lead_marks(run: Run<'_>) -> Run<'_> {
    run.trim_start_matches(|c| matches!(c, '*' | '_'))
}

fn caption_text(run: Run<'_>) -> Option<Spanned<String>> {
    let run = run.trim_start_matches(|c| matches!(c, '*' | '_' | ' ' | ':' | '—' | '–' | '.')).trim();
    // `**Fig 1.2 — words**` leaves the marks that closed it.
    let stray = run.text.ends_with("**") && run.text.matches("**").count() == 1;
    let run = if stray { run.to(run.text.len() - 2) } else { run };
    (!run.is_blank()).then(|| Spanned::new(unmarked(run.text), run.span))
}

/// `<p align="center"><em>Figure 1</em> words</p>`, `<figcaption>words</figcaption>`.
fn html_caption(run: Run<'_>) -> Option<Caption> {
    let mut text: Option<Run<'_>> = None;
    let mut at = 0;
    let mut is_emphasised = false;
    let mut number = None;
    while at < run.text.len() {
        if run.text[at..].starts_with('<') {
            let end = run.text[at..].find('>').map_or(run.text.len(), |close| at + close + 1);
            let tag = run.text[at..end].to_ascii_lowercase();
            is_emphasised |= ["<em", "<i>", "<sub", "<figcaption", "<p align=\"center\"", "<small"]
                .iter()
                .any(|open| tag.starts_with(open));
            at = end;
            continue;
        }
        let end = run.text[at..].find('<').map_or(run.text.len(), |open| at + open);
        let piece = run.sub(at..end).trim();
        if number.is_none()
            && text.is_none()
            && let Some(found) = labelled(piece, &FIGURE)
        {
            number = Some(found.number);
            text = Some(found.rest.trim()).filter(|rest| !rest.is_blank());
            at = end;
            continue;
        }
        if !piece.is_blank() {
            text =
                Some(text.map_or(piece, |known| {
                    run.sub((known.span.start - run.span.start) as usize..end).trim()
                }));
        }
        at = end;
    }
    let is_caption = number.is_some() || (is_emphasised && text.is_some());
    is_caption.then(|| (number, text.and_then(caption_text)))
}
