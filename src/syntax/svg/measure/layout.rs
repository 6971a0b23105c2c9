//! Where the words of a text stand, worked out from the typefaces as usvg does it, for the texts that
//! pictures mostly have: lines from left to right, in letters that the typefaces hold. Drawings of the
//! letters are not needed for that, which is most of what usvg does for a text.

use std::ops::Range;
use std::rc::Rc;

use resvg::tiny_skia::Transform;
use resvg::usvg::{
    AlignmentBaseline, DominantBaseline, Text, TextAnchor, TextChunk, TextFlow, TextSpan, WritingMode,
};

use super::Bounds;
use super::run::Run;
use super::texts::{Piece, Pieces};
use crate::syntax::svg::brief::Briefs;
use crate::syntax::svg::draw::typeface;
use crate::syntax::svg::typeface::{Glyph, Shaped, Typeface};

/// The pieces of a text. `None` for one that has to be left to usvg.
pub(super) fn pieces<'t>(text: &'t Text, briefs: &Briefs, shaped: &Shaped) -> Option<Pieces<'t>> {
    let is_upright = text.writing_mode() == WritingMode::LeftToRight;
    if !is_upright || text.rotate().iter().any(|angle| *angle != 0.0) {
        return None;
    }
    let filled = text.chunks().iter().filter(|chunk| !chunk.text().is_empty()).count();
    let (mut found, mut offset, mut pen) = (Vec::new(), 0, (0.0, 0.0));
    for chunk in text.chunks() {
        // With several chunks, what is not painted shifts what belongs to which.
        let is_painted = |span: &TextSpan| span.fill().is_some() || span.stroke().is_some();
        if filled > 1 && !chunk.spans().iter().all(is_painted) || !chunk.spans().iter().all(is_plain) {
            return None;
        }
        if !matches!(chunk.text_flow(), TextFlow::Linear) {
            return None;
        }
        let origin = (chunk.x().unwrap_or(pen.0), chunk.y().unwrap_or(pen.1));
        if !chunk.text().is_empty() {
            let run = Run::of(chunk, briefs, offset);
            let line = Line::set(text, chunk, &run, shaped)?;
            let bounds = line.bounds(text, origin);
            pen = (origin.0 + line.end.0, origin.1 + line.end.1);
            found.push(Piece { chunk, run, bounds });
        }
        offset += chunk.text().chars().count();
    }
    Some(found)
}

/// Where words stand that are set like a text of one piece, but from here on. `None` if it is not like
/// that.
pub(super) fn piece(
    text: &Text,
    run: &Run<'_>,
    origin: (f32, f32),
    shaped: &Shaped,
) -> Option<Option<Bounds>> {
    let [chunk] = text.chunks() else { return None };
    Some(Line::set(text, chunk, run, shaped)?.bounds(text, origin))
}

/// Whether nothing is asked for that only usvg knows. The typefaces have no variations.
fn is_plain(span: &TextSpan) -> bool {
    let lines = span.decoration();
    let is_decorated =
        [lines.underline(), lines.overline(), lines.line_through()].iter().any(Option::is_some);
    let is_shifted = !span.baseline_shift().is_empty()
        || !matches!(span.alignment_baseline(), AlignmentBaseline::Auto | AlignmentBaseline::Baseline);
    !is_decorated && !is_shifted && !span.small_caps() && span.apply_kerning() && span.text_length().is_none()
}

/// A chunk as it is set, from its origin on.
struct Line<'c> {
    clusters: Vec<Cluster<'c>>,
    /// Where the next one begins.
    end: (f32, f32),
}

/// Glyphs that stand for the same characters.
struct Cluster<'c> {
    face: &'static Typeface,
    span: &'c TextSpan,
    /// Those of all words in this typeface, and which of them it is.
    shaped: Rc<[Glyph]>,
    glyphs: Range<usize>,
    at: usize,
    advance: f32,
    place: (f32, f32),
}

impl<'c> Line<'c> {
    fn set(text: &Text, chunk: &TextChunk, run: &Run<'c>, shaped: &Shaped) -> Option<Self> {
        let mut clusters = clusters(run, shaped)?;
        space(&mut clusters)?;
        let shifts = shifts(text, run, &clusters);
        let (mut left, mut right, mut advance) = (f32::INFINITY, f32::NEG_INFINITY, 0.0f32);
        for (cluster, (x, _)) in clusters.iter().zip(&shifts) {
            let (start, end) = (advance + x, advance + x + cluster.advance);
            left = left.min(start).min(end);
            right = right.max(start).max(end);
            advance += cluster.advance;
        }
        let anchored = match chunk.anchor() {
            TextAnchor::Start => 0.0,
            TextAnchor::Middle => -(right - left) / 2.0,
            TextAnchor::End => -(right - left),
        };
        let (first, last) = (shifts.first()?, shifts.last()?);
        let mut x = first.0 - left + anchored;
        for (cluster, shift) in clusters.iter_mut().zip(&shifts) {
            cluster.place = (x + shift.0, shift.1);
            x += cluster.advance;
        }
        Some(Self { clusters, end: (x + last.0, last.1) })
    }

    /// Around its ink.
    fn bounds(&self, text: &Text, origin: (f32, f32)) -> Option<Bounds> {
        let transform = text.abs_transform();
        let inks = self.clusters.iter().flat_map(|cluster| cluster.inks(origin, transform));
        let around = inks.reduce(Bounds::around)?;
        if transform.has_skew() {
            return Some(around);
        }
        let around = resvg::usvg::Rect::from_ltrb(around.left, around.top, around.right, around.bottom)?;
        around.transform(transform).map(Bounds::of)
    }
}

impl Cluster<'_> {
    fn glyphs(&self) -> &[Glyph] {
        self.shaped.get(self.glyphs.clone()).unwrap_or_default()
    }

    /// Around what is drawn of it: in the text's coordinates, or on the picture if the text is turned.
    fn inks(&self, origin: (f32, f32), transform: Transform) -> impl Iterator<Item = Bounds> {
        let size = self.span.font_size().get();
        let scale = size / self.face.units_per_em;
        let (x, y) = (origin.0 + self.place.0, origin.1 + baseline(self.span, self.face) + self.place.1);
        let mut advance = 0.0;
        self.glyphs().iter().filter_map(move |glyph| {
            let (shift_x, shift_y) = (advance + glyph.shift.0, -glyph.shift.1);
            advance += glyph.advance;
            let ink = self.face.ink(glyph.id)?;
            let placed =
                Transform::from_row(scale, 0.0, 0.0, -scale, x + scale * shift_x, y + scale * shift_y);
            if transform.has_skew() {
                let drawn = ink.path.clone().transform(placed)?.transform(transform)?;
                return drawn.compute_tight_bounds().map(Bounds::of);
            }
            ink.bounds.transform(placed).map(Bounds::of)
        })
    }
}

/// The glyphs of a chunk. `None` if some letters are not in the typefaces, or if it is not told which
/// glyph belongs to which of its spans.
fn clusters<'c>(run: &Run<'c>, shaping: &Shaped) -> Option<Vec<Cluster<'c>>> {
    let faces = run.parts.iter().map(|part| typeface(part.span.font()));
    let faces: Vec<&'static Typeface> = faces.collect::<Option<_>>()?;
    let mut shaped: Vec<(&'static Typeface, Rc<[Glyph]>)> = Vec::new();
    for face in &faces {
        if !shaped.iter().any(|(known, _)| std::ptr::eq(*known, *face)) {
            shaped.push((face, shaping.glyphs(face, &run.words)));
        }
    }
    if !are_alike(&shaped) {
        return None;
    }
    let mut clusters: Vec<Cluster<'_>> = Vec::with_capacity(run.words.len());
    let first = Rc::clone(&shaped.first()?.1);
    for (number, Glyph { at, .. }) in first.iter().copied().enumerate() {
        let holder = run.parts.iter().zip(&faces).find(|(part, _)| part.at.contains(&at));
        let Some((span, face)) = holder.map(|(part, face)| (part.span, *face)) else { continue };
        let (_, glyphs) = shaped.iter().find(|(known, _)| std::ptr::eq(*known, face))?;
        let glyph = glyphs[number];
        let is_space = run.words.get(at..)?.starts_with(char::is_whitespace);
        if glyph.id == 0 || is_space != face.ink(glyph.id).is_none() {
            return None;
        }
        let advance = glyph.advance * (span.font_size().get() / face.units_per_em);
        match clusters.last_mut().filter(|last| last.at == at) {
            Some(last) => {
                last.glyphs.end = number + 1;
                last.advance += advance;
            }
            None => {
                let (shaped, glyphs, place) = (Rc::clone(glyphs), number..number + 1, (0.0, 0.0));
                clusters.push(Cluster { face, span, shaped, glyphs, at, advance, place });
            }
        }
    }
    Some(clusters)
}

/// Whether a text becomes as many glyphs for the same characters in each of its typefaces; one for
/// each, if it has several.
fn are_alike(shaped: &[(&Typeface, Rc<[Glyph]>)]) -> bool {
    let Some(((_, first), others)) = shaped.split_first() else { return false };
    let is_single = others.is_empty() || first.windows(2).all(|pair| pair[0].at != pair[1].at);
    let is_same = |glyphs: &[Glyph]| glyphs.iter().map(|it| it.at).eq(first.iter().map(|it| it.at));
    is_single && others.iter().all(|(_, glyphs)| is_same(glyphs))
}

/// Puts space between letters and words. `None` where nothing would be left of a letter.
fn space(clusters: &mut [Cluster<'_>]) -> Option<()> {
    let last = clusters.len().checked_sub(1)?;
    for (number, cluster) in clusters.iter_mut().enumerate() {
        if number < last {
            cluster.advance += cluster.span.letter_spacing();
        }
        let is_space = cluster.glyphs().iter().all(|glyph| cluster.face.ink(glyph.id).is_none());
        if is_space {
            cluster.advance += cluster.span.word_spacing();
        }
        if cluster.advance.is_nan() || cluster.advance <= 0.0 {
            return None;
        }
    }
    Some(())
}

/// How far `dx` and `dy` move each cluster. They move everything after them, too.
fn shifts(text: &Text, run: &Run<'_>, clusters: &[Cluster<'_>]) -> Vec<(f32, f32)> {
    if text.dx().iter().chain(text.dy()).all(|by| *by == 0.0) {
        return vec![(0.0, 0.0); clusters.len()];
    }
    let mut shift = (0.0, 0.0);
    let shifts = clusters.iter().map(|cluster| {
        let moved = |by| run.moved(by, cluster.at);
        shift = (shift.0 + moved(text.dx()), shift.1 + moved(text.dy()));
        shift
    });
    shifts.collect()
}

/// By how much the baseline is moved down.
fn baseline(span: &TextSpan, face: &Typeface) -> f32 {
    let scale = span.font_size().get() / face.units_per_em;
    let (ascent, descent) = (face.ascent * scale, face.descent * scale);
    match span.dominant_baseline() {
        DominantBaseline::Ideographic | DominantBaseline::TextAfterEdge => descent,
        DominantBaseline::Central => (ascent - descent).mul_add(-0.5, ascent),
        DominantBaseline::Middle => face.x_height * scale * 0.5,
        DominantBaseline::Mathematical => ascent * 0.5,
        DominantBaseline::Hanging => ascent * 0.8,
        DominantBaseline::TextBeforeEdge => ascent,
        DominantBaseline::Auto
        | DominantBaseline::UseScript
        | DominantBaseline::NoChange
        | DominantBaseline::ResetSize
        | DominantBaseline::Alphabetic => 0.0,
    }
}

#[cfg(test)]
mod tests;
