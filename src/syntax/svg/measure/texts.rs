//! Texts: usvg has whole `text` elements; what is measured here are the pieces of them that have a
//! position of their own, and in these the first words of each color.

use resvg::usvg::layout::Span;
use resvg::usvg::{self, FontFamily, Node, Paint, PaintOrder, TextAnchor, TextChunk, TextFlow, TextSpan};

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

/// The pieces of a text, each by the number of its chunk, with what is drawn of it; `None` if that is
/// nothing.
pub(super) type Pieces = Vec<(usize, Option<Bounds>)>;

impl<'m> Measuring<'_, 'm> {
    /// `None` if it cannot be told where its words stand.
    pub(super) fn measure_text(&mut self, text: &usvg::Text, place: Element<'m>, opacity: f32) -> Option<()> {
        let scale = scale_of(text);
        for (number, bounds) in (self.pieces)(text)? {
            let chunk = &text.chunks()[number];
            if let Some(bounds) = bounds {
                self.measure_piece(chunk, widened(bounds, chunk, scale), (place, opacity, scale));
            }
        }
        Some(())
    }

    fn measure_piece(
        &mut self,
        chunk: &TextChunk,
        bounds: Bounds,
        (place, opacity, scale): (Element<'m>, f32, f32),
    ) {
        let length = |span: &&TextSpan| span.end() - span.start();
        let visible = chunk.spans().iter().filter(|span| span.is_visible());
        let Some(main) = visible.max_by_key(length) else { return };
        let x = match chunk.anchor() {
            TextAnchor::Start => bounds.left,
            TextAnchor::Middle => f32::midpoint(bounds.left, bounds.right),
            TextAnchor::End => bounds.right,
        };
        let (holder, at) = self.source.find_words(place, chunk.text());
        let words = words_of(chunk, main);
        let owner = if words == chunk.text() { holder } else { self.source.find_words(place, words).0 };
        let declared = |names: &[&str]| self.cascade.place(owner, names).unwrap_or_else(|| at.clone());
        let fill = main.fill();
        self.drawing.texts.push(Text {
            words: chunk.text().trim().to_owned(),
            color_at: declared(&["fill"]),
            size_at: declared(&["font-size", "font"]),
            bounds,
            anchor: (x, f32::midpoint(bounds.top, bounds.bottom)),
            pixels: main.font_size().get() * scale,
            bold: main.font().weight() >= BOLD,
            color: fill.and_then(|fill| color_of(fill.paint())),
            opacity: opacity * fill.map_or(1.0, |fill| fill.opacity().get()),
            grounds: halo(main, scale).map_or_else(|| self.grounds(bounds), |ground| vec![(ground, 1)]),
            shapes_below: self.drawing.shapes.len(),
            at,
        });
    }

    fn grounds(&self, bounds: Bounds) -> Vec<(Ground, usize)> {
        let Some(backdrop) = &self.backdrop else { return Vec::new() };
        let (columns, rows) = GRID;
        let xs = steps(bounds.left, bounds.right, columns);
        let ys = steps(bounds.top, bounds.bottom, rows);
        let places = xs.iter().flat_map(|x| ys.iter().map(|y| (*x, *y)));
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

/// The middles of so many equal steps.
fn steps(from: f32, to: f32, count: u8) -> Vec<f32> {
    (0..count).map(|step| (to - from).mul_add((f32::from(step) + 0.5) / f32::from(count), from)).collect()
}

fn scale_of(text: &usvg::Text) -> f32 {
    let (x, y) = text.abs_transform().get_scale();
    x.max(y)
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

/// The pieces of a text as usvg drew it.
pub(super) fn drawn_pieces(text: &usvg::Text) -> Pieces {
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
    let is_linear = matches!(chunk.text_flow(), TextFlow::Linear);
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
