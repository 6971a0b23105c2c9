//! What is drawn at once, a path or a group, and what it does to an area of the drawing.

use std::cell::OnceCell;

use resvg::tiny_skia::{Pixmap, Rect, Transform};
use resvg::usvg::{FillRule, Group, LineCap, LineJoin, Node, Paint, Path, Stroke};

use super::Area;
use super::outline::Outline;
use crate::syntax::svg::color::Color;

/// How far from its outline a shape can still color a pixel: what smoothing and rounding take.
const BLUR: f32 = 0.5;

/// How far from it a line can that is narrower than a pixel. It is drawn as if it were as wide as that,
/// and longer by half of it if its ends are not cut off.
const THIN: f32 = 0.6;
const THIN_ENDS: f32 = 0.5;

/// How far the ends of a line and its corners of ninety degrees stick out, in halves of its width.
const CORNER: f32 = 1.5;

/// By how much the alpha of what is drawn may be off.
const ROUNDING: f32 = 0.01;

/// A node of the picture.
pub(super) struct Layer<'t> {
    node: &'t Node,
    /// From the node's coordinates to pixels.
    transform: Transform,
    /// Around the pixels that it colors; `None` if that is unknown.
    bounds: Option<Rect>,
    /// Of a path; `None` if it cannot be told.
    outline: OnceCell<Option<Outline>>,
}

/// What a layer does to an area.
pub(super) enum Over {
    /// It is not drawn there.
    Nothing,
    /// It fills the area with this color.
    All(Color),
    /// It draws so thin that at least this share of what is below it can be seen everywhere.
    Thin(f32),
    /// It is drawn there.
    Some,
}

impl<'t> Layer<'t> {
    /// `None` for what is not drawn.
    pub(super) fn new(node: &'t Node, transform: Transform) -> Option<Self> {
        node.abs_layer_bounding_box()?;
        let bounds = match node {
            Node::Path(path) if !path.is_visible() => return None,
            Node::Path(path) => bounds_of(path, transform),
            Node::Group(group) => bounds_of_group(group, transform),
            Node::Image(_) | Node::Text(_) => None,
        };
        Some(Self { node, transform, bounds, outline: OnceCell::new() })
    }

    pub(super) fn draw(&self, pixels: &mut Pixmap) {
        if let Some(bounds) = self.node.abs_layer_bounding_box() {
            // A node alone is drawn at the corner of its bounds; here it keeps its place.
            let at = self.transform.pre_translate(bounds.x(), bounds.y());
            let _ = resvg::render_node(self.node, at, &mut pixels.as_mut());
        }
    }

    /// Whether it may be drawn in an area.
    pub(super) fn meets(&self, area: Area) -> bool {
        self.bounds.is_none_or(|bounds| area.meets(bounds))
    }

    /// What it does to an area.
    pub(super) fn over(&self, area: Area) -> Over {
        if !self.meets(area) {
            return Over::Nothing;
        }
        let Node::Path(path) = self.node else { return Over::Some };
        let outline = self.outline.get_or_init(|| Outline::new(path, self.transform));
        let Some(outline) = outline else { return Over::Some };
        if let Some(thin) = Thin::new(path, self.transform).filter(|_| outline.is_straight()) {
            return thin.over(outline.touching(area, thin.reach));
        }
        let reach = path.stroke().map_or(0.0, |stroke| reach(stroke, self.transform, outline.is_blunt()));
        match outline.touching(area, reach + BLUR) {
            0 => inside(path, outline, area),
            _ => Over::Some,
        }
    }
}

/// What the filling of a path does to an area that its outline does not touch.
fn inside(path: &Path, outline: &Outline, area: Area) -> Over {
    let Some(fill) = path.fill() else { return Over::Nothing };
    let winding = outline.winding(area.middle());
    let is_inside = if fill.rule() == FillRule::NonZero { winding != 0 } else { winding % 2 != 0 };
    match fill.paint() {
        _ if !is_inside => Over::Nothing,
        Paint::Color(color) if fill.opacity().to_u8() == u8::MAX => {
            Over::All(Color::new(color.red, color.green, color.blue))
        }
        _ => Over::Some,
    }
}

/// An unfilled path whose lines are narrower than a pixel: these are drawn with less color instead.
struct Thin {
    reach: f32,
    /// The greatest alpha of a line.
    alpha: f32,
}

impl Thin {
    fn new(path: &Path, transform: Transform) -> Option<Self> {
        let stroke = path.stroke().filter(|stroke| stroke.dasharray().is_none())?;
        let width = stroke.width().get();
        let [across, along] = [(transform.sx, transform.ky), (transform.kx, transform.sy)].map(|(x, y)| {
            let (x, y) = ((x * width).abs(), (y * width).abs());
            x.max(y) + x.min(y) / 2.0
        });
        let is_smoothed = path.rendering_mode().use_shape_antialiasing();
        if path.fill().is_some() || !is_smoothed || across > 1.0 || along > 1.0 {
            return None;
        }
        let ends = if stroke.linecap() == LineCap::Butt { 0.0 } else { THIN_ENDS };
        let alpha = f32::midpoint(across, along) * stroke.opacity().get() + ROUNDING;
        Some(Self { reach: THIN + ends, alpha })
    }

    /// What this many of its lines do to an area: where they meet, each is drawn over the others.
    fn over(&self, lines: usize) -> Over {
        match i32::try_from(lines) {
            Ok(0) => Over::Nothing,
            Ok(lines) => Over::Thin((1.0 - self.alpha).max(0.0).powi(lines)),
            Err(_) => Over::Some,
        }
    }
}

/// How far a line reaches from its middle, in pixels.
fn reach(stroke: &Stroke, transform: Transform, is_blunt: bool) -> f32 {
    let (x, y) = transform.get_scale();
    let scale = if transform.has_skew() { x.hypot(y) } else { x.max(y) };
    let corner = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip if !is_blunt => stroke.miterlimit().get().max(CORNER),
        _ => CORNER,
    };
    (stroke.width().get() / 2.0 * scale * corner).max(THIN)
}

fn bounds_of(path: &Path, transform: Transform) -> Option<Rect> {
    let reach = path.stroke().map_or(0.0, |stroke| reach(stroke, transform, false)) + BLUR;
    path.data().bounds().transform(transform)?.outset(reach, reach)
}

fn bounds_of_group(group: &Group, transform: Transform) -> Option<Rect> {
    let bounds = group.layer_bounding_box().to_rect();
    // A group gets two pixels more than it needs.
    bounds.transform(transform.pre_concat(group.transform()))?.outset(2.0 + BLUR, 2.0 + BLUR)
}
