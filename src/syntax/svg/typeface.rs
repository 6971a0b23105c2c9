//! The embedded typefaces as words are set in them: which glyphs they become, how far each takes, and
//! where its ink is. What usvg works out for every text anew is prepared once here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer, script};
use resvg::tiny_skia::{Path, PathBuilder, Rect};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};

/// A typeface. Lengths are in its units, from the baseline up.
pub(super) struct Typeface {
    pub units_per_em: f32,
    pub ascent: f32,
    pub descent: f32,
    pub x_height: f32,
    shaper: Shaper<'static>,
    /// For the scripts of which texts mostly are, and for none.
    plans: [ShapePlan; 2],
    outlines: OutlineGlyphCollection<'static>,
    inks: Vec<OnceLock<Option<Ink>>>,
}

/// What is drawn of a glyph.
pub(super) struct Ink {
    pub path: Path,
    pub bounds: Rect,
}

/// A glyph of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub id: u32,
    /// Where in the text the characters begin that it stands for.
    pub at: usize,
    /// By how much it is moved from its place.
    pub shift: (f32, f32),
    pub advance: f32,
}

/// Words that were shaped, each with its glyphs in the typefaces that it was asked for in.
#[derive(Default)]
pub(super) struct Shaped(RefCell<HashMap<String, Vec<InFace>>>);

type InFace = (&'static Typeface, Rc<[Glyph]>);

impl Shaped {
    /// The glyphs of words from left to right.
    pub(super) fn glyphs(&self, face: &'static Typeface, words: &str) -> Rc<[Glyph]> {
        let in_face = |known: &Vec<InFace>| {
            let known = known.iter().find(|(known, _)| std::ptr::eq(*known, face));
            known.map(|(_, glyphs)| Rc::clone(glyphs))
        };
        if let Some(known) = self.0.borrow().get(words).and_then(in_face) {
            return known;
        }
        let glyphs: Rc<[Glyph]> = face.shape(words).into();
        self.0.borrow_mut().entry(words.to_owned()).or_default().push((face, Rc::clone(&glyphs)));
        glyphs
    }
}

impl Typeface {
    /// `None` for data that is no font.
    pub(super) fn new(data: &'static [u8], shaping: &'static OnceLock<ShaperData>) -> Option<Self> {
        let font = FontRef::from_index(data, 0).ok()?;
        let shaper = shaping.get_or_init(|| ShaperData::new(&font)).shaper(&font).build();
        let plan = |script| ShapePlan::new(&shaper, Direction::LeftToRight, script, None, &[]);
        let plans = [plan(Some(script::LATIN)), plan(None)];
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let inks = (0..metrics.glyph_count).map(|_| OnceLock::new()).collect();
        Some(Self {
            units_per_em: f32::from(metrics.units_per_em),
            ascent: metrics.ascent,
            descent: metrics.descent,
            x_height: metrics.x_height?,
            shaper,
            plans,
            outlines: font.outline_glyphs(),
            inks,
        })
    }

    fn shape(&self, text: &str) -> Vec<Glyph> {
        thread_local!(static BUFFER: RefCell<Option<UnicodeBuffer>> = const { RefCell::new(None) });
        let mut buffer = BUFFER.take().unwrap_or_default();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let plan = self.plans.iter().find(|plan| plan.script().unwrap_or(script::UNKNOWN) == buffer.script());
        let shaped = self.shaper.shape(buffer, ShapeOptions::new().plan(plan));
        let places = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        #[expect(clippy::cast_precision_loss, reason = "units of a font")]
        let glyph = |(info, place): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| Glyph {
            id: info.glyph_id,
            at: info.cluster as usize,
            shift: (place.x_offset as f32, place.y_offset as f32),
            advance: place.x_advance as f32,
        };
        let glyphs = places.map(glyph).collect();
        BUFFER.set(Some(shaped.clear()));
        glyphs
    }

    /// What is drawn of a glyph; `None` for a space.
    pub(super) fn ink(&self, glyph: u32) -> Option<&Ink> {
        let known = self.inks.get(usize::try_from(glyph).ok()?)?;
        known.get_or_init(|| self.draw(glyph)).as_ref()
    }

    fn draw(&self, glyph: u32) -> Option<Ink> {
        let mut pen = Pen(PathBuilder::new());
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        self.outlines.get(glyph.into())?.draw(settings, &mut pen).ok()?;
        let path = pen.0.finish()?;
        Some(Ink { bounds: path.compute_tight_bounds()?, path })
    }
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, over_x: f32, over_y: f32, x: f32, y: f32) {
        self.0.quad_to(over_x, over_y, x, y);
    }

    fn curve_to(&mut self, one_x: f32, one_y: f32, two_x: f32, two_y: f32, x: f32, y: f32) {
        self.0.cubic_to(one_x, one_y, two_x, two_y, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
