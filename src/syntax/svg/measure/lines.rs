//! Outlines: which of them enclose something, and how much of one runs where nothing else is drawn.

use resvg::tiny_skia::{PathSegment, Point};
use resvg::usvg::Path;

use crate::syntax::svg::ground::Backdrop;

/// Directions around a point; the line itself runs along two of them at most.
const AROUND: [(f32, f32); 8] =
    [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)];

/// More points than these say nothing new about a long path.
const POINTS: usize = 64;

/// The share of a line's surroundings in which nothing is drawn.
pub(super) fn in_the_open(path: &Path, backdrop: &Backdrop<'_>) -> f32 {
    let reach = path.stroke().map_or(1.0, |stroke| stroke.width().get()) / 2.0 * scale_of(path) + 2.5;
    let (mut open, mut all) = (0, 0);
    for point in points(path) {
        let around = AROUND.iter().map(|(x, y)| (point.x + x * reach, point.y + y * reach));
        let (transparent, inside) = backdrop.transparent(around);
        (open, all) = (open + transparent, all + inside);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let share = open as f32 / all as f32;
    if all > 0 { share } else { 0.0 }
}

/// Whether words can stand in it: all its corners lie on the edges of the rectangle around it, as
/// those of rectangles, circles and diamonds do.
pub(super) fn is_box(path: &Path) -> bool {
    let around = path.data().bounds();
    let near = |a: f32, b: f32| (a - b).abs() <= 0.01 * around.width().max(around.height());
    let on_edge = |point: Point| {
        near(point.x, around.left())
            || near(point.x, around.right())
            || near(point.y, around.top())
            || near(point.y, around.bottom())
    };
    let corners = || path.data().segments().filter_map(end_of);
    corners().nth(3).is_some() && corners().all(on_edge)
}

fn end_of(segment: PathSegment) -> Option<Point> {
    match segment {
        PathSegment::MoveTo(end) | PathSegment::LineTo(end) => Some(end),
        PathSegment::QuadTo(_, end) | PathSegment::CubicTo(_, _, end) => Some(end),
        PathSegment::Close => None,
    }
}

fn scale_of(path: &Path) -> f32 {
    let (x, y) = path.abs_transform().get_scale();
    x.max(y)
}

/// Ends and middles of the segments, on the picture.
fn points(path: &Path) -> Vec<Point> {
    let mut found = Vec::new();
    let mut last = Point::zero();
    for segment in path.data().segments().take(POINTS) {
        let Some(end) = end_of(segment) else { continue };
        if matches!(segment, PathSegment::LineTo(_)) {
            found.push(Point::from_xy(f32::midpoint(last.x, end.x), f32::midpoint(last.y, end.y)));
        }
        found.push(end);
        last = end;
    }
    path.abs_transform().map_points(&mut found);
    found
}
