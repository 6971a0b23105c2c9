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
use super::scheme::{Active, Scheme, activate};
use super::twins::Twin;

mod layout;
mod lines;
mod run;
mod texts;

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

/// Measures a picture in light mode and in dark mode.
///
/// # Errors
/// What is wrong with the picture, in words, for each scheme.
pub fn measure_both(markup: &Markup<'_>, doubtful: Doubtful<'_>) -> [Result<Drawing, String>; 2] {
    let sheets = markup.sheets();
    let instruments = Instruments::new(markup, &sheets);
    let measure = |scheme| measure_in(markup, &sheets, &instruments, (scheme, doubtful));
    [Scheme::Light, Scheme::Dark].map(measure)
}

fn measure_in(
    markup: &Markup<'_>,
    sheets: &[Range<usize>],
    instruments: &Instruments<'_>,
    (scheme, doubtful): (Scheme, Doubtful<'_>),
) -> Result<Drawing, String> {
    let active = &activate(markup.text(), sheets, scheme);
    let cascade = &Cascade::new(&active.text, sheets);
    View { markup, instruments, active, cascade, scheme, doubtful }.measure()
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

impl View<'_> {
    fn measure(&self) -> Result<Drawing, String> {
        let copy = self.instruments.copy(self.active, self.scheme);
        let (text, tree, twins) = match parse_in_boxes(&copy) {
            Ok(tree) => (None, tree, self.instruments.twins()),
            Err(_) => (Some(&self.active.text), parse_in_boxes(&self.active.text)?, [].as_slice()),
        };
        let (briefs, shaped) = (self.instruments.briefs(), self.instruments.shaped());
        if let Some(drawing) = self.drawing(&tree, twins, &|text| layout::pieces(text, briefs, shaped)) {
            return Ok(drawing);
        }
        // There are words that have to be drawn to see where they stand.
        let whole = || self.instruments.full_copy(self.active, self.scheme);
        let text = text.map_or_else(|| Cow::Owned(whole()), Cow::Borrowed);
        let drawn = self.drawing(&parse_svg(&text)?, &[], &|text| Some(drawn_pieces(text)));
        drawn.ok_or_else(|| "its words have no place".to_owned())
    }

    /// `None` if it cannot be told where all of its words stand. The tree lacks these twins.
    fn drawing(&self, tree: &Tree, twins: &[Twin<'_>], pieces: InPieces<'_>) -> Option<Drawing> {
        // Words that cannot be left out of the drawing are cut out of the text, which takes longer.
        let without_words = || parse_svg(&without_words(self.markup, self.active, self.scheme)).ok();
        let backdrop =
            Backdrop::around_words(tree).or_else(|| without_words().as_ref().and_then(Backdrop::draw));
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
        let mut measuring =
            Measuring { source, cascade, instruments, doubtful, backdrop, pieces, twins, models, drawing };
        measuring.visit(tree.root(), self.markup.root(), 1.0)?;
        measuring.measure_twins(usize::MAX)?;
        Some(measuring.drawing)
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
    pieces: InPieces<'m>,
    /// The texts that the tree lacks.
    twins: Peekable<slice::Iter<'t, Twin<'m>>>,
    /// Those that it has, with their opacity.
    models: HashMap<NodeId, (&'t usvg::Text, f32)>,
    drawing: Drawing,
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
        let at = self.source.opening(place);
        let filled = path.fill().filter(|fill| fill.opacity().get() > 0.0);
        if lines::is_box(path) {
            let color_at = self.cascade.place(place, &["fill"]).unwrap_or_else(|| at.clone());
            let bounds = Bounds::of(path.abs_bounding_box());
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
mod tests {
    use super::*;

    const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" viewBox="0 0 200 100">
<style>.a { fill: #111; font-size: 8px } @media (prefers-color-scheme: dark) { .a { fill: #eee } }</style>
<defs><g id="card"><rect width="80" height="40" fill="#fff"/></g></defs>
<use href="#card" x="10" y="10"/><g opacity="0.5"><path d="M0 90H200" stroke="#333" fill="none"/></g>
<text class="a"><tspan x="50" y="20" text-anchor="middle">Above</tspan><tspan x="50" dy="10" text-anchor="middle" fill="#c00">below</tspan></text>
</svg>"##;

    fn drawn(scheme: Scheme) -> Drawing {
        let markup = Markup::parse(PICTURE).expect("a good picture");
        measure(&markup, scheme, &|color, _| color == Color::new(0x33, 0x33, 0x33)).expect("a good picture")
    }

    #[test]
    fn pieces_of_a_text_are_measured_each_on_its_own() {
        let drawing = drawn(Scheme::Light);
        assert_eq!((drawing.width, drawing.height, drawing.has_width), (400.0, 200.0, true));
        let words: Vec<&str> = drawing.texts.iter().map(|text| text.words.as_str()).collect();
        assert_eq!(words, ["Above", "below"]);
        for text in &drawing.texts {
            assert!((text.anchor.0 - 100.0).abs() < 2.0 && text.bounds.width() < 60.0, "{text:?}");
            assert!((text.pixels - 16.0).abs() < 0.01, "{text:?}");
            assert!(
                text.grounds.iter().all(|(ground, _)| ground.color == super::super::LIGHT_PAGE),
                "{text:?}"
            );
            assert_eq!(&PICTURE[text.size_at.clone()], "8px");
        }
        assert!(drawing.texts[0].bounds.bottom < drawing.texts[1].bounds.bottom);
    }

    #[test]
    fn colors_are_those_of_the_scheme_with_their_place() {
        let colors = |scheme| {
            let texts = drawn(scheme).texts;
            texts
                .into_iter()
                .map(|text| (text.color.map(|color| color.to_string()), &PICTURE[text.color_at]))
                .collect::<Vec<_>>()
        };
        let own = (Some("#cc0000".to_owned()), "#c00");
        assert_eq!(colors(Scheme::Light), [(Some("#111111".to_owned()), "#111"), own.clone()]);
        assert_eq!(colors(Scheme::Dark), [(Some("#eeeeee".to_owned()), "#eee"), own]);
    }

    #[test]
    fn lines_know_how_much_of_them_is_in_the_open() {
        let drawing = drawn(Scheme::Light);
        let [line] = drawing.lines.as_slice() else { panic!("{:?}", drawing.lines) };
        assert!(line.in_the_open > Some(0.9) && (line.opacity - 0.5).abs() < 0.01, "{line:?}");
        assert_eq!(drawing.shapes.len(), 1);
        let markup = Markup::parse(PICTURE).expect("a good picture");
        let unasked = measure(&markup, Scheme::Light, &|_, opacity| opacity > 0.6).expect("a good picture");
        assert_eq!(unasked.lines[0].in_the_open, None);
    }

    #[test]
    fn damaged_pictures_are_measured_or_refused() {
        for at in (0..PICTURE.len()).step_by(7) {
            for damaged in [PICTURE[..at].to_owned(), format!("{}{}", &PICTURE[..at], &PICTURE[at + 1..])] {
                if let Ok(markup) = Markup::parse(&damaged) {
                    let _ = measure_both(&markup, &|_, _| true);
                }
            }
        }
    }
}
