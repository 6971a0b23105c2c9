//! A picture measured: what resvg draws in one color scheme, each thing with its place in the
//! source. Lengths are in pixels of the picture at its own size.

use std::ops::Range;

use resvg::usvg::{self, Group, Node, Paint, Path, Tree};

use super::cascade::Cascade;
use super::color::Color;
use super::draw::{parse_in_boxes, parse_svg};
use super::ground::{Backdrop, Ground};
use super::instrument::{Instruments, without_words};
use super::markup::{Element, Markup};
use super::scheme::{Active, Scheme, activate};

mod layout;
mod lines;
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
    /// The share of its surroundings in which nothing is drawn, from 0 to 1.
    pub in_the_open: f32,
}

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
pub fn measure(markup: &Markup<'_>, scheme: Scheme) -> Result<Drawing, String> {
    measure_in(markup, &markup.sheets(), &Instruments::new(markup), scheme)
}

/// Measures a picture in light mode and in dark mode.
///
/// # Errors
/// What is wrong with the picture, in words, for each scheme.
pub fn measure_both(markup: &Markup<'_>) -> [Result<Drawing, String>; 2] {
    let (sheets, instruments) = (markup.sheets(), Instruments::new(markup));
    [Scheme::Light, Scheme::Dark].map(|scheme| measure_in(markup, &sheets, &instruments, scheme))
}

fn measure_in(
    markup: &Markup<'_>,
    sheets: &[Range<usize>],
    instruments: &Instruments<'_>,
    scheme: Scheme,
) -> Result<Drawing, String> {
    let active = activate(markup.text(), sheets, scheme);
    let view =
        View { markup, instruments, active: &active, cascade: &Cascade::new(&active.text, sheets), scheme };
    view.measure()
}

/// A picture as one scheme has it.
struct View<'m> {
    markup: &'m Markup<'m>,
    instruments: &'m Instruments<'m>,
    active: &'m Active,
    cascade: &'m Cascade<'m>,
    scheme: Scheme,
}

impl View<'_> {
    fn measure(&self) -> Result<Drawing, String> {
        let copy = self.instruments.copy(self.active, self.scheme);
        let (text, tree) = match parse_in_boxes(&copy) {
            Ok(tree) => (&copy, tree),
            Err(_) => (&self.active.text, parse_in_boxes(&self.active.text)?),
        };
        if let Some(drawing) = self.drawing(&tree, layout::pieces) {
            return Ok(drawing);
        }
        // There are words that have to be drawn to see where they stand.
        let drawn = self.drawing(&parse_svg(text)?, |text| Some(drawn_pieces(text)));
        drawn.ok_or_else(|| "its words have no place".to_owned())
    }

    /// `None` if it cannot be told where all of its words stand.
    fn drawing(&self, tree: &Tree, pieces: fn(&usvg::Text) -> Option<Pieces>) -> Option<Drawing> {
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
        let (source, cascade, instruments) = (self.markup, self.cascade, self.instruments);
        let mut measuring = Measuring { source, cascade, instruments, backdrop, pieces, drawing };
        measuring.visit(tree.root(), self.markup.root(), 1.0)?;
        Some(measuring.drawing)
    }
}

struct Measuring<'t, 'm> {
    source: &'m Markup<'m>,
    cascade: &'m Cascade<'m>,
    instruments: &'m Instruments<'m>,
    backdrop: Option<Backdrop<'t>>,
    /// Where the words of a text stand.
    pieces: fn(&usvg::Text) -> Option<Pieces>,
    drawing: Drawing,
}

impl<'m> Measuring<'_, 'm> {
    fn visit(&mut self, group: &Group, place: Element<'m>, opacity: f32) -> Option<()> {
        group.children().iter().try_for_each(|node| {
            let place = self.instruments.element(node.id()).unwrap_or(place);
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
            let in_the_open =
                self.backdrop.as_ref().map_or(0.0, |backdrop| lines::in_the_open(path, backdrop));
            let color_at = self.cascade.place(place, &["stroke"]).unwrap_or_else(|| at.clone());
            let color = plain(*color);
            let opacity = opacity * stroke.opacity().get();
            self.drawing.lines.push(Line { at, color_at, color, opacity, in_the_open });
        }
    }
}

fn plain(color: usvg::Color) -> Color {
    Color::new(color.red, color.green, color.blue)
}

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
        measure(&Markup::parse(PICTURE).expect("a good picture"), scheme).expect("a good picture")
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
        assert!(line.in_the_open > 0.9 && (line.opacity - 0.5).abs() < 0.01, "{line:?}");
        assert_eq!(drawing.shapes.len(), 1);
    }

    #[test]
    fn damaged_pictures_are_measured_or_refused() {
        for at in (0..PICTURE.len()).step_by(7) {
            for damaged in [PICTURE[..at].to_owned(), format!("{}{}", &PICTURE[..at], &PICTURE[at + 1..])] {
                if let Ok(markup) = Markup::parse(&damaged) {
                    let _ = measure_both(&markup);
                }
            }
        }
    }
}
