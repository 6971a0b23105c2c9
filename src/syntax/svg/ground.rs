//! What lies under the words of a picture: the picture drawn without them, on nothing. Most words
//! stand on the page or within one opaque shape, which is seen without drawing; where all of them do,
//! nothing is drawn.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use resvg::tiny_skia::{Pixmap, Point, PremultipliedColorU8, Rect, Transform};
use resvg::usvg::{Group, Node, Tree};

use super::color::Color;

mod layer;
mod outline;

use layer::{Layer, Over};

/// The longer side of the drawing, in pixels: enough to tell areas apart.
const SIDE: f32 = 400.0;

/// A place that is drawn at least this much hides the page below it.
const OPAQUE: f32 = 0.9;

/// What lies at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    pub color: Color,
    /// From 0, nothing is drawn here, to 1.
    pub opacity: f32,
}

impl Ground {
    /// Nothing is drawn here.
    pub(super) const PAGE: Self = Self { color: Color::new(0, 0, 0), opacity: 0.0 };

    /// Whether the page on which the picture stands shines through.
    #[must_use]
    pub fn is_transparent(&self) -> bool {
        self.opacity < OPAQUE
    }

    /// The color to be seen on a page.
    #[must_use]
    pub fn on(&self, page: Color) -> Color {
        self.color.over(self.opacity, page)
    }

    fn of_opacity(is_transparent: bool) -> Self {
        Self { opacity: if is_transparent { 0.0 } else { 1.0 }, ..Self::PAGE }
    }

    fn of(pixel: PremultipliedColorU8) -> Self {
        let pixel = pixel.demultiply();
        let color = Color::new(pixel.red(), pixel.green(), pixel.blue());
        Self { color, opacity: f32::from(pixel.alpha()) / 255.0 }
    }
}

/// Some pixels of the drawing: those from `left` and `top` on, up to `right` and `bottom`.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Area {
    fn pixel(left: u32, top: u32) -> Self {
        Self { left, top, right: left + 1, bottom: top + 1 }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 400")]
    fn widened(self, by: f32) -> [f32; 4] {
        let [left, top, right, bottom] = [self.left, self.top, self.right, self.bottom].map(|it| it as f32);
        [left - by, top - by, right + by, bottom + by]
    }

    fn meets(self, bounds: Rect) -> bool {
        let [left, top, right, bottom] = self.widened(0.0);
        bounds.left() < right && bounds.right() > left && bounds.top() < bottom && bounds.bottom() > top
    }

    fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    fn middle(self) -> Point {
        let [left, top, right, bottom] = self.widened(0.0);
        Point::from_xy(f32::midpoint(left, right), f32::midpoint(top, bottom))
    }
}

/// The drawing.
pub(super) struct Backdrop<'t> {
    width: u32,
    height: u32,
    scale: f32,
    /// What is drawn, in order.
    layers: Vec<Layer<'t>>,
    /// How many of them were drawn for a few places.
    sketched: Cell<usize>,
    /// All of it, when so much of it was needed.
    drawn: OnceCell<Option<Rc<Pixmap>>>,
}

/// What is known of an area without drawing it.
#[derive(Debug)]
struct Known {
    /// The opaque color that covers all of it, under everything else that matters.
    base: Option<Color>,
    /// The least share of what is below that can be seen through what comes above; `None` if nothing
    /// does.
    through: Option<f32>,
}

impl<'t> Backdrop<'t> {
    /// Of a picture that has no words.
    pub(super) fn draw(tree: &Tree) -> Option<Self> {
        let backdrop = Self::with(tree, Vec::new());
        let mut pixels = backdrop.empty()?;
        resvg::render(tree, backdrop.to_pixels(), &mut pixels.as_mut());
        backdrop.drawn.set(Some(Rc::new(pixels))).ok().map(|()| backdrop)
    }

    /// Of everything but the words; `None` if they are mixed with other things, in a group that is
    /// drawn as a whole.
    pub(super) fn around_words(tree: &'t Tree) -> Option<Self> {
        let mut backdrop = Self::with(tree, Vec::new());
        let transform = backdrop.to_pixels();
        backdrop.collect(tree.root(), transform).then_some(backdrop)
    }

    /// Whether all that was asked for was told without drawing.
    pub(super) fn is_undrawn(&self) -> bool {
        self.sketched.get() == 0 && self.drawn.get().is_none()
    }

    fn with(tree: &Tree, layers: Vec<Layer<'t>>) -> Self {
        let size = tree.size();
        let scale = (SIDE / size.width().max(size.height())).min(1.0);
        let side = |length: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 400")]
            let pixels = (length * scale).ceil().clamp(1.0, SIDE) as u32;
            pixels
        };
        let (width, height) = (side(size.width()), side(size.height()));
        Self { width, height, scale, layers, sketched: Cell::new(0), drawn: OnceCell::new() }
    }

    /// Collects what is drawn besides words. Whether they could be left out.
    fn collect(&mut self, group: &'t Group, transform: Transform) -> bool {
        group.children().iter().all(|node| match node {
            Node::Text(_) => true,
            Node::Group(inner) if !inner.should_isolate() => {
                self.collect(inner, transform.pre_concat(inner.transform()))
            }
            Node::Group(inner) if has_words(inner) => false,
            Node::Group(_) | Node::Path(_) | Node::Image(_) => {
                self.layers.extend(Layer::new(node, transform));
                true
            }
        })
    }

    /// What lies at the places of a grid with these columns and rows that are in the picture, each with
    /// the number of places where it does.
    pub(super) fn under(&self, columns: &[f32], rows: &[f32]) -> Vec<(Ground, usize)> {
        let columns: Vec<u32> = columns.iter().filter_map(|x| self.step(*x, self.width)).collect();
        let rows: Vec<u32> = rows.iter().filter_map(|y| self.step(*y, self.height)).collect();
        let pixels = columns.iter().flat_map(|left| rows.iter().map(|top| Area::pixel(*left, *top)));
        let ends = |steps: &[u32]| Some((*steps.iter().min()?, *steps.iter().max()?));
        let (Some((left, right)), Some((top, bottom))) = (ends(&columns), ends(&rows)) else {
            return Vec::new();
        };
        let around = Area::pixel(left, top).around(Area::pixel(right, bottom));
        self.look(pixels, (around, columns.len() * rows.len()), Known::ground)
    }

    /// How many of these places are transparent, and how many are in the picture.
    pub(super) fn transparent(&self, places: impl Iterator<Item = (f32, f32)>) -> (usize, usize) {
        // Of what is opaque, it does not matter here what it is.
        let covers = |known: &Known| known.is_transparent().map(Ground::of_opacity);
        let pixel = |(x, y)| Some(Area::pixel(self.step(x, self.width)?, self.step(y, self.height)?));
        let pixels: Vec<Area> = places.filter_map(pixel).collect();
        let Some(around) = pixels.iter().copied().reduce(Area::around) else { return (0, 0) };
        let seen = self.look(pixels.iter().copied(), (around, pixels.len()), covers);
        let open = seen.iter().filter(|(ground, _)| ground.is_transparent()).map(|(_, count)| count).sum();
        (open, pixels.len())
    }

    /// So many places, all of them in an area: all together, if one thing is known of them; one by one if not; drawn where nothing is known.
    fn look(
        &self,
        pixels: impl Iterator<Item = Area> + Clone,
        (around, count): (Area, usize),
        tell: impl Fn(&Known) -> Option<Ground>,
    ) -> Vec<(Ground, usize)> {
        let in_drawing = |drawing: &Pixmap, pixel: Area| drawing.pixel(pixel.left, pixel.top).map(Ground::of);
        if let Some(drawing) = self.drawn.get() {
            let drawing = drawing.as_deref();
            return counted(pixels.filter_map(|pixel| in_drawing(drawing?, pixel)));
        }
        let touching: Vec<&Layer<'_>> = self.layers.iter().filter(|layer| layer.meets(around)).collect();
        if let Some(ground) = tell(&Known::of(&touching, around)) {
            return vec![(ground, count)];
        }
        let known: Vec<_> = pixels.clone().map(|pixel| tell(&Known::of(&touching, pixel))).collect();
        let unknown = pixels.clone().zip(&known).filter(|(_, known)| known.is_none());
        let unknown = unknown.map(|(pixel, _)| pixel).reduce(Area::around);
        let drawing = unknown.and_then(|area| self.draw_in(area));
        let found = pixels.zip(known);
        counted(found.filter_map(|(pixel, known)| known.or_else(|| in_drawing(drawing.as_deref()?, pixel))))
    }

    /// A drawing that is right in this area.
    fn draw_in(&self, area: Area) -> Option<Rc<Pixmap>> {
        let touching = |layer: &&Layer<'_>| !matches!(layer.over(area), Over::Nothing);
        let needed: Vec<&Layer<'_>> = self.layers.iter().filter(touching).collect();
        let sketched = self.sketched.get() + needed.len();
        self.sketched.set(sketched);
        if sketched * 2 > self.layers.len() {
            let whole = || self.draw_layers(self.layers.iter()).map(Rc::new);
            return self.drawn.get_or_init(whole).clone();
        }
        self.draw_layers(needed.into_iter()).map(Rc::new)
    }

    fn draw_layers<'l>(&self, layers: impl Iterator<Item = &'l Layer<'t>>) -> Option<Pixmap>
    where
        't: 'l,
    {
        let mut pixels = self.empty()?;
        layers.for_each(|layer| layer.draw(&mut pixels));
        Some(pixels)
    }

    fn empty(&self) -> Option<Pixmap> {
        Pixmap::new(self.width, self.height)
    }

    fn to_pixels(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    /// The column or row of pixels in which a place lies; `None` outside of the picture.
    fn step(&self, place: f32, side: u32) -> Option<u32> {
        let place = place * self.scale;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let step = place as u32;
        (place >= 0.0 && step < side).then_some(step)
    }
}

/// Each with how often it comes. Under most places lies one color, or two.
fn counted(grounds: impl Iterator<Item = Ground>) -> Vec<(Ground, usize)> {
    let mut found: Vec<(Ground, usize)> = Vec::new();
    for ground in grounds {
        match found.iter_mut().find(|(known, _)| *known == ground) {
            Some((_, count)) => *count += 1,
            None => found.push((ground, 1)),
        }
    }
    found
}

impl Known {
    /// These layers have to be all that are drawn there.
    fn of(layers: &[&Layer<'_>], area: Area) -> Self {
        let mut known = Self { base: None, through: None };
        for layer in layers {
            match layer.over(area) {
                Over::Nothing => {}
                Over::All(color) => known = Self { base: Some(color), through: None },
                Over::Thin(through) => known.through = Some(known.through.unwrap_or(1.0) * through),
                Over::Some => known.through = Some(0.0),
            }
        }
        known
    }

    /// What lies everywhere in it, if that is one thing.
    fn ground(&self) -> Option<Ground> {
        let ground = self.base.map_or(Ground::PAGE, |color| Ground { color, opacity: 1.0 });
        self.through.is_none().then_some(ground)
    }

    /// Whether all of it is, or nothing of it.
    fn is_transparent(&self) -> Option<bool> {
        match (self.base, self.through) {
            // What is drawn on an opaque color leaves it opaque.
            (Some(_), _) => Some(false),
            (None, through) => through.is_none_or(|share| share > 1.0 - OPAQUE).then_some(true),
        }
    }
}

fn has_words(group: &Group) -> bool {
    group.children().iter().any(|node| match node {
        Node::Text(_) => true,
        Node::Group(inner) => has_words(inner),
        Node::Path(_) | Node::Image(_) => false,
    })
}

#[cfg(test)]
mod tests;
