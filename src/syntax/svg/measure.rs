//! A picture measured: what resvg draws in one color scheme, each thing with its place in the
//! source. Lengths are in pixels of the picture at its own size.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::Range;
use std::slice;

use resvg::usvg::roxmltree::NodeId;
use resvg::usvg::{self, Group, Node, Paint, Path, Tree};

use super::cascade::Cascade;
use super::color::Color;
use super::draw::{parse_in_boxes, parse_svg};
use super::ground::{Backdrop, Ground};
use super::instrument::{Instruments, without_words};
use super::markup::{Element, Markup};
use super::scheme::{Active, Scheme, activate, is_resolved};
use super::twins::Twin;

mod layout;
mod lines;
mod recolor;
mod run;
mod texts;

use recolor::{Measured, Owner, Owners, Recoloring};
use texts::{Pieces, drawn_pieces};

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// A picture as it is drawn.
#[derive(Debug)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    /// Whether it says how wide it is; without that, it fills what room there is.
    pub has_width: bool,
    pub texts: Vec<Text>,
    pub shapes: Vec<Shape>,
    pub lines: Vec<Line>,
}

/// A piece of text with one position: a `text`, or a `tspan` that is placed on its own.
#[derive(Clone, Debug)]
pub struct Text {
    pub words: String,
    /// Where the words stand in the source.
    pub at: Range<usize>,
    /// Where its color is declared; the words if it is nowhere.
    pub color_at: Range<usize>,
    /// Where its size is declared; the words if it is nowhere.
    pub size_at: Range<usize>,
    /// Around what is drawn.
    pub bounds: Bounds,
    /// The point by which it is placed, at half its height.
    pub anchor: (f32, f32),
    /// The size of its font.
    pub pixels: f32,
    pub bold: bool,
    /// `None` for gradients and patterns.
    pub color: Option<Color>,
    pub opacity: f32,
    /// What lies under it, each with the number of places where it does.
    pub grounds: Vec<(Ground, usize)>,
    /// How many shapes were drawn before it.
    pub shapes_below: usize,
}

/// Something that can be seen and in which words can stand: a rectangle, a circle, an ellipse, also
/// when it is drawn as a path.
#[derive(Clone, Debug)]
pub struct Shape {
    pub at: Range<usize>,
    /// Where its filling is declared; the element if it is nowhere.
    pub color_at: Range<usize>,
    pub is_filled: bool,
    pub bounds: Bounds,
}

/// An outline without a filling.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: Range<usize>,
    pub color_at: Range<usize>,
    pub color: Color,
    pub opacity: f32,
    /// The share of its surroundings in which nothing is drawn, from 0 to 1; `None` if nobody wants to
    /// know.
    pub in_the_open: Option<f32>,
}

/// Of which lines, by color and opacity, it is to be told how much of them is in the open. That takes
/// longer than everything else, and most lines can be seen wherever they run.
pub type Doubtful<'d> = &'d dyn Fn(Color, f32) -> bool;

impl Text {
    /// How many places under it were looked at.
    #[must_use]
    pub fn places(&self) -> usize {
        self.grounds.iter().map(|(_, count)| count).sum()
    }
}

impl Bounds {
    fn of(rect: usvg::Rect) -> Self {
        Self { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
    }

    /// From left to right.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// From top to bottom.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(&self, (x, y): (f32, f32)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

impl Drawing {
    /// By how much it is scaled in a column of text: made smaller where it does not fit in.
    #[must_use]
    pub fn scale_in(&self, column: f32) -> f32 {
        if self.has_width { (column / self.width).min(1.0) } else { column / self.width }
    }
}

/// Measures a picture in a color scheme.
///
/// # Errors
/// What is wrong with the picture, in words.
pub fn measure(markup: &Markup<'_>, scheme: Scheme, doubtful: Doubtful<'_>) -> Result<Drawing, String> {
    let sheets = markup.sheets();
    measure_in(markup, &sheets, &Instruments::new(markup, &sheets), (scheme, doubtful))
}

fn measure_in(
    markup: &Markup<'_>,
    sheets: &[Range<usize>],
    instruments: &Instruments<'_>,
    (scheme, doubtful): (Scheme, Doubtful<'_>),
) -> Result<Drawing, String> {
    let active = &activate(markup.text(), sheets, scheme);
    let cascade = &Cascade::new(&active.text, sheets);
    let view = View { markup, instruments, active, cascade, scheme, doubtful };
    view.measure().map(|measured| measured.drawing)
}

/// Measures a picture in light mode and in dark mode.
///
/// # Errors
/// What is wrong with the picture, in words, for each scheme.
pub fn measure_both(markup: &Markup<'_>, doubtful: Doubtful<'_>) -> [Result<Drawing, String>; 2] {
    let sheets = markup.sheets();
    let instruments = &Instruments::new(markup, &sheets);
    let [light, dark] = &[Scheme::Light, Scheme::Dark].map(|scheme| activate(markup.text(), &sheets, scheme));
    let [of_light, of_dark] = &[light, dark].map(|active| Cascade::new(&active.text, &sheets));
    let recoloring = Recoloring::new(markup, [of_light, of_dark]).filter(|_| is_resolved(markup.text()));
    let is_doubtful_in_either = |color, opacity| {
        let mut others = recoloring.iter().flat_map(|recoloring| recoloring.of_line(color));
        doubtful(color, opacity) || others.any(|other| doubtful(other, opacity))
    };
    let (scheme, doubtful_in_either) = (Scheme::Light, &is_doubtful_in_either);
    let view =
        View { markup, instruments, active: light, cascade: of_light, scheme, doubtful: doubtful_in_either };
    let mut measured = view.measure();
    let recolored = |measured: &Measured<'_>| recoloring.as_ref()?.recolor(measured, doubtful);
    let in_dark = measured.as_ref().ok().and_then(recolored).map_or_else(
        || {
            let (active, cascade, scheme) = (dark, of_dark, Scheme::Dark);
            let view = View { markup, instruments, active, cascade, scheme, doubtful };
            view.measure().map(|measured| measured.drawing)
        },
        Ok,
    );
    if let Ok(measured) = &mut measured {
        let unasked = |line: &&mut Line| !doubtful(line.color, line.opacity);
        measured.drawing.lines.iter_mut().filter(unasked).for_each(|line| line.in_the_open = None);
    }
    [measured.map(|measured| measured.drawing), in_dark]
}

/// A picture as one scheme has it.
struct View<'m> {
    markup: &'m Markup<'m>,
    instruments: &'m Instruments<'m>,
    active: &'m Active,
    cascade: &'m Cascade<'m>,
    scheme: Scheme,
    doubtful: Doubtful<'m>,
}

impl<'m> View<'m> {
    fn measure(&self) -> Result<Measured<'m>, String> {
        let copy = self.instruments.copy(self.active, self.scheme);
        let (text, tree, twins) = &match parse_in_boxes(&copy) {
            Ok(tree) => (None, tree, self.instruments.twins()),
            Err(_) => (Some(&self.active.text), parse_in_boxes(&self.active.text)?, [].as_slice()),
        };
        let (briefs, shaped) = (self.instruments.briefs(), self.instruments.shaped());
        if let Some(measured) = self.drawing(tree, twins, &|text| layout::pieces(text, briefs, shaped)) {
            return Ok(Measured { is_plain: measured.is_plain && text.is_none(), ..measured });
        }
        // There are words that have to be drawn to see where they stand.
        let whole = || self.instruments.full_copy(self.active, self.scheme);
        let text = text.map_or_else(|| Cow::Owned(whole()), Cow::Borrowed);
        let drawn = self.drawing(&parse_svg(&text)?, &[], &|text| Some(drawn_pieces(text)));
        let drawn = drawn.map(|measured| Measured { is_plain: false, ..measured });
        drawn.ok_or_else(|| "its words have no place".to_owned())
    }

    /// `None` if it cannot be told where all of its words stand. The tree lacks these twins.
    fn drawing(&self, tree: &Tree, twins: &[Twin<'m>], pieces: InPieces<'_>) -> Option<Measured<'m>> {
        // Words that cannot be left out of the drawing are cut out of the text, which takes longer.
        let without_words = || parse_svg(&without_words(self.markup, self.active, self.scheme)).ok();
        let around_words = Backdrop::around_words(tree);
        let backdrop = around_words.or_else(|| without_words().as_ref().and_then(Backdrop::draw));
        let width = self.markup.root().attribute("width");
        let drawing = Drawing {
            width: tree.size().width(),
            height: tree.size().height(),
            has_width: width.is_some_and(|width| !width.contains('%')),
            texts: Vec::new(),
            shapes: Vec::new(),
            lines: Vec::new(),
        };
        let Self { markup: source, cascade, instruments, doubtful, .. } = *self;
        let (twins, models) = (twins.iter().peekable(), HashMap::new());
        let (owners, has_halo) = (Owners::default(), false);
        let mut measuring = Measuring {
            source,
            cascade,
            instruments,
            doubtful,
            backdrop,
            pieces,
            twins,
            models,
            drawing,
            owners,
            has_halo,
        };
        measuring.visit(tree.root(), self.markup.root(), 1.0)?;
        measuring.measure_twins(usize::MAX)?;
        let is_undrawn = measuring.backdrop.as_ref().is_some_and(Backdrop::is_undrawn);
        let is_plain = is_undrawn && !measuring.has_halo;
        Some(Measured { drawing: measuring.drawing, owners: measuring.owners, is_plain })
    }
}

/// Where the words of a text stand; `None` if it cannot be told.
type InPieces<'p> = &'p dyn for<'t> Fn(&'t usvg::Text) -> Option<Pieces<'t>>;

struct Measuring<'t, 'm> {
    source: &'m Markup<'m>,
    cascade: &'m Cascade<'m>,
    instruments: &'m Instruments<'m>,
    doubtful: Doubtful<'m>,
    backdrop: Option<Backdrop<'t>>,
    pieces: InPieces<'t>,
    /// The texts that the tree lacks.
    twins: Peekable<slice::Iter<'t, Twin<'m>>>,
    /// Those that it has, with their opacity.
    models: HashMap<NodeId, (&'t usvg::Text, f32)>,
    drawing: Drawing,
    owners: Owners<'m>,
    /// Whether there are words that stand on an outline of their own.
    has_halo: bool,
}

impl<'t, 'm> Measuring<'t, 'm> {
    fn visit(&mut self, group: &'t Group, place: Element<'m>, opacity: f32) -> Option<()> {
        group.children().iter().try_for_each(|node| {
            let place = self.instruments.element(node.id()).unwrap_or(place);
            self.measure_twins(place.range().start)?;
            match node {
                Node::Group(group) => self.visit(group, place, opacity * group.opacity().get())?,
                Node::Text(text) => self.measure_text(text, place, opacity)?,
                Node::Path(path) if path.is_visible() => self.measure_path(path, place, opacity),
                Node::Path(_) | Node::Image(_) => {}
            }
            Some(())
        })
    }

    fn measure_path(&mut self, path: &Path, place: Element<'m>, opacity: f32) {
        let owner = Owner { declares: place, paints: self.instruments.element(path.id()) };
        let at = self.source.opening(place);
        let filled = path.fill().filter(|fill| fill.opacity().get() > 0.0);
        if lines::is_box(path) {
            let color_at = self.cascade.place(place, &["fill"]).unwrap_or_else(|| at.clone());
            let bounds = Bounds::of(path.abs_bounding_box());
            self.owners.shapes.push(owner);
            self.drawing.shapes.push(Shape { at: at.clone(), color_at, is_filled: filled.is_some(), bounds });
        }
        if let (None, Some(stroke)) = (filled, path.stroke())
            && let Paint::Color(color) = stroke.paint()
        {
            let color_at = self.cascade.place(place, &["stroke"]).unwrap_or_else(|| at.clone());
            let color = plain(*color);
            let opacity = opacity * stroke.opacity().get();
            let share = || self.backdrop.as_ref().map_or(0.0, |backdrop| lines::in_the_open(path, backdrop));
            let in_the_open = (self.doubtful)(color, opacity).then(share);
            self.owners.lines.push(owner);
            self.drawing.lines.push(Line { at, color_at, color, opacity, in_the_open });
        }
    }
}

fn plain(color: usvg::Color) -> Color {
    Color::new(color.red, color.green, color.blue)
}

#[cfg(test)]
mod brief_tests;

#[cfg(test)]
mod tests;
