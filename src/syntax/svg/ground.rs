//! What lies under the words of a picture: the picture drawn without them, on nothing.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

use super::color::Color;

/// The longer side of the drawing, in pixels: enough to tell areas apart.
const SIDE: f32 = 640.0;

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
    pub(super) fn draw(tree: &Tree) -> Option<Self> {
        let size = tree.size();
        let scale = (SIDE / size.width().max(size.height())).min(1.0);
        let side = |length: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 640")]
            let pixels = (length * scale).ceil().clamp(1.0, SIDE) as u32;
            pixels
        };
        let mut pixels = Pixmap::new(side(size.width()), side(size.height()))?;
        resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
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
