//! What lies under the words of a picture: the picture drawn without them, on nothing.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Tree};

use super::color::Color;

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
}

/// The drawing.
pub(super) struct Backdrop {
    pixels: Pixmap,
    scale: f32,
}

impl Backdrop {
    /// Draws a picture that has no words.
    pub(super) fn draw(tree: &Tree) -> Option<Self> {
        let mut backdrop = Self::empty(tree)?;
        resvg::render(tree, backdrop.to_pixels(), &mut backdrop.pixels.as_mut());
        Some(backdrop)
    }

    /// Draws everything but the words; `None` if they are mixed with other things, in a group that
    /// is drawn as a whole.
    pub(super) fn draw_around_words(tree: &Tree) -> Option<Self> {
        let mut backdrop = Self::empty(tree)?;
        let transform = backdrop.to_pixels();
        backdrop.draw_group(tree.root(), transform).then_some(backdrop)
    }

    /// Whether the words could be left out.
    fn draw_group(&mut self, group: &Group, transform: Transform) -> bool {
        group.children().iter().all(|node| match node {
            Node::Text(_) => true,
            Node::Group(inner) if !inner.should_isolate() => {
                self.draw_group(inner, transform.pre_concat(inner.transform()))
            }
            Node::Group(inner) if has_words(inner) => false,
            Node::Group(_) | Node::Path(_) | Node::Image(_) => {
                if let Some(bounds) = node.abs_layer_bounding_box() {
                    // A node alone is drawn at the corner of its bounds; here it keeps its place.
                    let at = transform.pre_translate(bounds.x(), bounds.y());
                    let _ = resvg::render_node(node, at, &mut self.pixels.as_mut());
                }
                true
            }
        })
    }

    fn to_pixels(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    fn empty(tree: &Tree) -> Option<Self> {
        let size = tree.size();
        let scale = (SIDE / size.width().max(size.height())).min(1.0);
        let side = |length: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 400")]
            let pixels = (length * scale).ceil().clamp(1.0, SIDE) as u32;
            pixels
        };
        let pixels = Pixmap::new(side(size.width()), side(size.height()))?;
        Some(Self { pixels, scale })
    }

    /// What lies at a place of the picture; `None` outside.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<Ground> {
        let (x, y) = (x * self.scale, y * self.scale);
        if !(x >= 0.0 && y >= 0.0) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and checked by pixel()"
        )]
        let pixel = self.pixels.pixel(x as u32, y as u32)?.demultiply();
        let color = Color::new(pixel.red(), pixel.green(), pixel.blue());
        Some(Ground { color, opacity: f32::from(pixel.alpha()) / 255.0 })
    }
}

fn has_words(group: &Group) -> bool {
    group.children().iter().any(|node| match node {
        Node::Text(_) => true,
        Node::Group(inner) => has_words(inner),
        Node::Path(_) | Node::Image(_) => false,
    })
}
