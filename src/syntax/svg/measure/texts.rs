//! Texts: usvg has whole `text` elements; what is measured here are the pieces of them that have a
//! position of their own, and in these the first words of each color.

use resvg::usvg::layout::Span;
use resvg::usvg::{self, FontFamily, Node, Paint, PaintOrder, TextAnchor, TextChunk, TextFlow, TextSpan};

use super::recolor::Owner;
use super::run::Run;
use super::{Bounds, Measuring, Text, layout, plain};
use crate::syntax::svg::brief::Briefs;
use crate::syntax::svg::ground::Ground;
use crate::syntax::svg::markup::Element;

/// The width of a letter of a monospaced font, in parts of its size. The embedded fonts have none,
/// and their letters are narrower.
const MONOSPACED: f32 = 0.6;

/// From here on a font counts as bold (WCAG, "large text").
const BOLD: u16 = 600;

/// How many places under a text are looked at: columns and rows.
const GRID: (u8, u8) = (24, 3);

/// The pieces of a text.
pub(super) type Pieces<'t> = Vec<Piece<'t>>;

/// A chunk of a text with what is drawn of it; `None` if that is nothing.
pub(super) struct Piece<'t> {
    pub chunk: &'t TextChunk,
    pub run: Run<'t>,
    pub bounds: Option<Bounds>,
}

impl<'t, 'm> Measuring<'t, 'm> {
    /// `None` if it cannot be told where its words stand.
    pub(super) fn measure_text(
        &mut self,
        text: &'t usvg::Text,
        place: Element<'m>,
        opacity: f32,
    ) -> Option<()> {
        self.models.insert(place.id(), (text, opacity));
        for piece in (self.pieces)(text)? {
            self.measure_piece(&piece, (place, opacity, scale_of(text)));
        }
        Some(())
    }

    /// Measures the twins that stand before this place of the source. Their models were measured.
    pub(super) fn measure_twins(&mut self, before: usize) -> Option<()> {
        while let Some(twin) = self.twins.next_if(|twin| twin.element.range().start < before) {
            // What is not drawn of the one is not drawn of the other.
            let Some((text, opacity)) = self.models.get(&twin.model.id()).copied() else { continue };
            let [chunk] = text.chunks() else { return None };
            let run = Run::like(chunk, twin.words)?;
            let bounds = layout::piece(text, &run, twin.origin, self.instruments.shaped())?;
            self.measure_piece(&Piece { chunk, run, bounds }, (twin.element, opacity, scale_of(text)));
        }
        Some(())
    }

    fn measure_piece(&mut self, piece: &Piece<'_>, (place, opacity, scale): (Element<'m>, f32, f32)) {
        let Piece { chunk, run, bounds: Some(bounds) } = piece else { return };
        let bounds = widened(*bounds, (chunk, &run.words), scale);
        let visible = run.parts.iter().filter(|part| part.span.is_visible());
        let Some(main) = visible.max_by_key(|part| part.at.len()) else { return };
        let x = match chunk.anchor() {
            TextAnchor::Start => bounds.left,
            TextAnchor::Middle => f32::midpoint(bounds.left, bounds.right),
            TextAnchor::End => bounds.right,
        };
        let (holder, at) = self.source.find_words(place, &run.words);
        let words = run.words.get(main.at.clone()).unwrap_or("");
        let owner = if words == run.words { holder } else { self.source.find_words(place, words).0 };
        let declared = |names: &[&str]| self.cascade.place(owner, names).unwrap_or_else(|| at.clone());
        let (span, fill) = (main.span, main.span.fill());
        let halo = halo(span, scale);
        self.has_halo |= halo.is_some();
        // Elements in it may give its words other colors.
        let is_whole = place.children().all(|child| !child.is_element());
        self.owners.texts.push(Owner { declares: owner, paints: Some(place).filter(|_| is_whole) });
        self.drawing.texts.push(Text {
            words: run.words.trim().to_owned(),
            color_at: declared(&["fill"]),
            size_at: declared(&["font-size", "font"]),
            bounds,
            anchor: (x, f32::midpoint(bounds.top, bounds.bottom)),
            pixels: span.font_size().get() * scale,
            bold: span.font().weight() >= BOLD,
            color: fill.and_then(|fill| color_of(fill.paint())),
            opacity: opacity * fill.map_or(1.0, |fill| fill.opacity().get()),
            grounds: halo.map_or_else(|| self.grounds(bounds), |ground| vec![(ground, 1)]),
            shapes_below: self.drawing.shapes.len(),
            at,
        });
    }

    fn grounds(&self, bounds: Bounds) -> Vec<(Ground, usize)> {
        let Some(backdrop) = &self.backdrop else { return Vec::new() };
        let (columns, rows) = GRID;
        let xs = steps(bounds.left, bounds.right, columns);
        backdrop.under(&xs, &steps(bounds.top, bounds.bottom, rows))
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
pub(super) fn drawn_pieces(text: &usvg::Text) -> Pieces<'_> {
    let whole = bounds_of(text.flattened().children());
    let chunks: Vec<&TextChunk> = text.chunks().iter().filter(|chunk| !chunk.text().is_empty()).collect();
    let piece = |(chunk, bounds)| Piece { chunk, run: Run::of(chunk, &Briefs::default(), 0), bounds };
    if let [chunk] = *chunks {
        return vec![piece((chunk, whole))];
    }
    // Layout and drawing follow the order of chunks and spans. Where the counts don't agree, the
    // whole text is measured as if it were its first piece.
    let mut nodes = text.flattened().children().iter();
    let mut spans = text.layouted().iter();
    let mut found = Vec::new();
    for chunk in &chunks {
        let mut drawn = Vec::new();
        for span in spans.by_ref().take(chunk.spans().len()) {
            drawn.extend(nodes.by_ref().take(drawn_nodes(span)));
        }
        found.push((*chunk, bounds_of(drawn)));
    }
    if spans.next().is_some() || nodes.next().is_some() || found.iter().all(|(_, bounds)| bounds.is_none()) {
        found = chunks.first().map(|chunk| (*chunk, whole)).into_iter().collect();
    }
    found.into_iter().map(piece).collect()
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
fn widened(bounds: Bounds, (chunk, text): (&TextChunk, &str), scale: f32) -> Bounds {
    let is_monospaced = |family: &FontFamily| match family {
        FontFamily::Monospace => true,
        FontFamily::Named(name) => {
            let has = |part: &str| {
                let mut pieces = name.as_bytes().windows(part.len());
                pieces.any(|piece| piece.eq_ignore_ascii_case(part.as_bytes()))
            };
            ["mono", "courier", "consolas", "menlo"].into_iter().any(has)
        }
        _ => false,
    };
    let Some(span) = chunk.spans().first() else { return bounds };
    let is_linear = matches!(chunk.text_flow(), TextFlow::Linear);
    if !is_linear || bounds.height() > bounds.width() || !span.font().families().iter().any(is_monospaced) {
        return bounds;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line of text")]
    let letters = text.trim().chars().count() as f32;
    let more = (letters * MONOSPACED * span.font_size().get() * scale - bounds.width()).max(0.0);
    match chunk.anchor() {
        TextAnchor::Start => Bounds { right: bounds.right + more, ..bounds },
        TextAnchor::Middle => {
            Bounds { left: bounds.left - more / 2.0, right: bounds.right + more / 2.0, ..bounds }
        }
        TextAnchor::End => Bounds { left: bounds.left - more, ..bounds },
    }
}
