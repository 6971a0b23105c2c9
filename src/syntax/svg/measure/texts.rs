//! Texts: usvg lays out whole `text` elements; what is measured here are the pieces of them that
//! have a position of their own, and in these the first words of each color.

use std::ops::Range;

use resvg::usvg::layout::Span;
use resvg::usvg::{FontFamily, Node, Paint, PaintOrder, TextAnchor, TextChunk, TextSpan};

use super::{Bounds, Measuring, Text, plain};
use crate::syntax::svg::ground::Ground;
use crate::syntax::svg::markup::Element;

/// The width of a letter of a monospaced font, in parts of its size. The embedded fonts have none,
/// and their letters are narrower.
const MONOSPACED: f32 = 0.6;

/// From here on a font counts as bold (WCAG, "large text").
const BOLD: u16 = 600;

/// How many places under a text are looked at: columns and rows.
const GRID: (u8, u8) = (24, 3);

/// A text and where its pieces stand.
pub(super) struct Placed<'m> {
    id: String,
    /// Of each span its length, and what of it is painted: without paint, nothing has a place.
    painted: Vec<(usize, [bool; 4])>,
    pieces: Vec<Piece<'m>>,
}

/// What is the same of a piece in every scheme that differs in paint alone.
struct Piece<'m> {
    /// Which of the chunks it is, and which of its spans has most of its words.
    chunk: usize,
    main: usize,
    /// The element in which these stand.
    owner: Element<'m>,
    words: String,
    at: Range<usize>,
    size_at: Range<usize>,
    bounds: Bounds,
    anchor: (f32, f32),
}

impl<'m> Measuring<'_, 'm> {
    pub(super) fn measure_text(&mut self, text: &resvg::usvg::Text, place: Element<'m>, opacity: f32) {
        let painted = painted(text);
        let Some(known) = self.known else {
            let pieces = self.lay_out(text, place);
            pieces.iter().for_each(|piece| self.measure_piece(text, piece, opacity));
            self.placed.push(Placed { id: text.id().to_owned(), painted, pieces });
            return;
        };
        match known.get(self.met) {
            Some(placed) if placed.id == text.id() && placed.painted == painted => {
                placed.pieces.iter().for_each(|piece| self.measure_piece(text, piece, opacity));
                self.met += 1;
            }
            _ => self.is_other = true,
        }
    }

    fn lay_out(&self, text: &resvg::usvg::Text, place: Element<'m>) -> Vec<Piece<'m>> {
        let scale = scale_of(text);
        let placed = pieces(text).into_iter().filter_map(|(at, bounds)| {
            let chunk = &text.chunks()[at];
            self.place_piece(place, (at, chunk), widened(bounds?, chunk, scale))
        });
        placed.collect()
    }

    fn place_piece(
        &self,
        place: Element<'m>,
        (number, chunk): (usize, &TextChunk),
        bounds: Bounds,
    ) -> Option<Piece<'m>> {
        let length = |span: &TextSpan| span.end() - span.start();
        let visible = chunk.spans().iter().enumerate().filter(|(_, span)| span.is_visible());
        let (main, span) = visible.max_by_key(|(_, span)| length(span))?;
        let x = match chunk.anchor() {
            TextAnchor::Start => bounds.left,
            TextAnchor::Middle => f32::midpoint(bounds.left, bounds.right),
            TextAnchor::End => bounds.right,
        };
        let (holder, at) = self.source.find_words(place, chunk.text());
        let words = words_of(chunk, span);
        let owner = if words == chunk.text() { holder } else { self.source.find_words(place, words).0 };
        let size_at = self.cascade.place(owner, &["font-size", "font"]).unwrap_or_else(|| at.clone());
        Some(Piece {
            chunk: number,
            main,
            owner,
            words: chunk.text().trim().to_owned(),
            at,
            size_at,
            bounds,
            anchor: (x, f32::midpoint(bounds.top, bounds.bottom)),
        })
    }

    fn measure_piece(&mut self, text: &resvg::usvg::Text, piece: &Piece<'m>, opacity: f32) {
        let main = &text.chunks()[piece.chunk].spans()[piece.main];
        let (scale, fill) = (scale_of(text), main.fill());
        let color_at = self.cascade.place(piece.owner, &["fill"]).unwrap_or_else(|| piece.at.clone());
        self.drawing.texts.push(Text {
            words: piece.words.clone(),
            color_at,
            size_at: piece.size_at.clone(),
            bounds: piece.bounds,
            anchor: piece.anchor,
            pixels: main.font_size().get() * scale,
            bold: main.font().weight() >= BOLD,
            color: fill.and_then(|fill| color_of(fill.paint())),
            opacity: opacity * fill.map_or(1.0, |fill| fill.opacity().get()),
            grounds: halo(main, scale).map_or_else(|| self.grounds(piece.bounds), |ground| vec![(ground, 1)]),
            shapes_below: self.drawing.shapes.len(),
            at: piece.at.clone(),
        });
    }

    fn grounds(&self, bounds: Bounds) -> Vec<(Ground, usize)> {
        let Some(backdrop) = &self.backdrop else { return Vec::new() };
        let step = |from: f32, to: f32, at: u8, of: u8| {
            (to - from).mul_add((f32::from(at) + 0.5) / f32::from(of), from)
        };
        let (columns, rows) = GRID;
        let places =
            (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))).map(|(column, row)| {
                (step(bounds.left, bounds.right, column, columns), step(bounds.top, bounds.bottom, row, rows))
            });
        let mut found: Vec<(Ground, usize)> = Vec::new();
        for ground in backdrop.under(places) {
            // Under most texts lies one color, or two.
            match found.iter_mut().find(|(known, _)| *known == ground) {
                Some((_, count)) => *count += 1,
                None => found.push((ground, 1)),
            }
        }
        found
    }
}

fn scale_of(text: &resvg::usvg::Text) -> f32 {
    let (x, y) = text.abs_transform().get_scale();
    x.max(y)
}

fn painted(text: &resvg::usvg::Text) -> Vec<(usize, [bool; 4])> {
    let spans = text.chunks().iter().flat_map(TextChunk::spans);
    let drawn = |span: &TextSpan| {
        let lines = span.decoration();
        let lines = [lines.underline(), lines.overline(), lines.line_through()];
        let lines = lines.into_iter().flatten();
        let (filled, stroked) = lines.fold((false, false), |(filled, stroked), line| {
            (filled || line.fill().is_some(), stroked || line.stroke().is_some())
        });
        [span.fill().is_some(), span.stroke().is_some(), filled, stroked]
    };
    spans.map(|span| (span.end() - span.start(), drawn(span))).collect()
}

fn words_of<'c>(chunk: &'c TextChunk, span: &TextSpan) -> &'c str {
    chunk.text().get(span.start()..span.end()).unwrap_or("")
}

fn color_of(paint: &Paint) -> Option<crate::syntax::svg::Color> {
    if let Paint::Color(color) = paint { Some(plain(*color)) } else { None }
}

/// An outline around the letters, drawn before them: it is what they are read on.
fn halo(span: &TextSpan, scale: f32) -> Option<Ground> {
    let stroke = span.stroke().filter(|stroke| stroke.width().get() * scale >= 2.0)?;
    if span.paint_order() != PaintOrder::StrokeAndFill {
        return None;
    }
    Some(Ground { color: color_of(stroke.paint())?, opacity: stroke.opacity().get() })
}

/// The pieces of a text, each by the number of its chunk, with what is drawn of it; `None` if that is
/// nothing.
fn pieces(text: &resvg::usvg::Text) -> Vec<(usize, Option<Bounds>)> {
    let whole = bounds_of(text.flattened().children());
    let chunks = text.chunks().iter().enumerate().filter(|(_, chunk)| !chunk.text().is_empty());
    let chunks: Vec<(usize, &TextChunk)> = chunks.collect();
    if let [(at, _)] = chunks.as_slice() {
        return vec![(*at, whole)];
    }
    // Layout and drawing follow the order of chunks and spans. Where the counts don't agree, the
    // whole text is measured as if it were its first piece.
    let mut nodes = text.flattened().children().iter();
    let mut spans = text.layouted().iter();
    let mut found = Vec::new();
    for (at, chunk) in &chunks {
        let mut drawn = Vec::new();
        for span in spans.by_ref().take(chunk.spans().len()) {
            drawn.extend(nodes.by_ref().take(drawn_nodes(span)));
        }
        found.push((*at, bounds_of(drawn)));
    }
    if spans.next().is_some() || nodes.next().is_some() || found.iter().all(|(_, bounds)| bounds.is_none()) {
        found = chunks.first().map(|(at, _)| (*at, whole)).into_iter().collect();
    }
    found
}

/// How many nodes a span becomes.
fn drawn_nodes(span: &Span) -> usize {
    let has_letters = span.positioned_glyphs.iter().any(|glyph| !glyph.text.trim().is_empty());
    let lines = [&span.overline, &span.underline, &span.line_through];
    lines.iter().filter(|line| line.is_some()).count()
        + usize::from(has_letters && (span.fill.is_some() || span.stroke.is_some()))
}

fn bounds_of<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> Option<Bounds> {
    let bounds = nodes.into_iter().map(|node| Bounds::of(node.abs_bounding_box()));
    bounds.reduce(Bounds::around)
}

/// As wide as readers see it, if the font is monospaced.
fn widened(bounds: Bounds, chunk: &TextChunk, scale: f32) -> Bounds {
    let is_monospaced = |family: &FontFamily| match family {
        FontFamily::Monospace => true,
        FontFamily::Named(name) => {
            ["mono", "courier", "consolas", "menlo"].iter().any(|part| name.to_lowercase().contains(part))
        }
        _ => false,
    };
    let Some(span) = chunk.spans().first() else { return bounds };
    let is_linear = matches!(chunk.text_flow(), resvg::usvg::TextFlow::Linear);
    if !is_linear || bounds.height() > bounds.width() || !span.font().families().iter().any(is_monospaced) {
        return bounds;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line of text")]
    let letters = chunk.text().trim().chars().count() as f32;
    let more = (letters * MONOSPACED * span.font_size().get() * scale - bounds.width()).max(0.0);
    match chunk.anchor() {
        TextAnchor::Start => Bounds { right: bounds.right + more, ..bounds },
        TextAnchor::Middle => {
            Bounds { left: bounds.left - more / 2.0, right: bounds.right + more / 2.0, ..bounds }
        }
        TextAnchor::End => Bounds { left: bounds.left - more, ..bounds },
    }
}
