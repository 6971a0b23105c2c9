//! The outline of a path in pixels, as straight lines: how near it comes to an area, and on which side
//! of it a place lies.

use resvg::tiny_skia::{PathSegment, Point, Transform};
use resvg::usvg::Path;

use super::Area;

/// How far the straight lines may lie from the curve that they stand for.
const SLACK: f32 = 0.25;

/// Curves that take more lines than these, and places further out, are left to be drawn.
const MOST_LINES: f32 = 64.0;
const FARTHEST: f32 = 8000.0;

pub(super) struct Outline {
    lines: Vec<(Point, Point)>,
    is_straight: bool,
    is_blunt: bool,
}

impl Outline {
    /// `None` if it is too large. What is filled is closed.
    pub(super) fn new(path: &Path, transform: Transform) -> Option<Self> {
        let mut tracing = Tracing::new(transform, path.fill().is_some());
        path.data().segments().try_for_each(|segment| tracing.add(segment))?;
        tracing.end()?;
        Some(tracing.outline)
    }

    /// Whether there is no curve in it.
    pub(super) fn is_straight(&self) -> bool {
        self.is_straight
    }

    /// Whether none of its corners is acute.
    pub(super) fn is_blunt(&self) -> bool {
        self.is_blunt
    }

    /// How many of its lines come nearer to an area than this, or may do so.
    pub(super) fn touching(&self, area: Area, reach: f32) -> usize {
        let slack = if self.is_straight { 0.0 } else { SLACK };
        let [left, top, right, bottom] = area.widened(reach + slack);
        let touches = |(from, to): &&(Point, Point)| {
            if from.x.max(to.x) < left || from.x.min(to.x) > right {
                return false;
            }
            if from.y.max(to.y) < top || from.y.min(to.y) > bottom {
                return false;
            }
            // It passes by if all corners lie on the same side of it.
            let side = |x: f32, y: f32| (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
            let sides = [side(left, top), side(right, top), side(left, bottom), side(right, bottom)];
            !(sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0))
        };
        self.lines.iter().filter(touches).count()
    }

    /// How often it runs around a place that it does not touch.
    pub(super) fn winding(&self, place: Point) -> i32 {
        let crossing = |(from, to): &(Point, Point)| {
            if (from.y <= place.y) == (to.y <= place.y) {
                return 0;
            }
            let right = (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x);
            match (to.y > from.y, right > 0.0) {
                (true, true) => 1,
                (false, false) => -1,
                _ => 0,
            }
        };
        self.lines.iter().map(crossing).sum()
    }
}

/// Follows a path.
struct Tracing {
    transform: Transform,
    /// Whether what is open is closed.
    closes: bool,
    outline: Outline,
    /// Where it is, and where this part of the path began, in the path's own coordinates.
    last: Point,
    first: Point,
    /// In which directions it goes, and set out from there.
    heading: Option<Point>,
    first_heading: Option<Point>,
}

impl Tracing {
    fn new(transform: Transform, closes: bool) -> Self {
        let outline = Outline { lines: Vec::new(), is_straight: true, is_blunt: true };
        let (last, first) = (Point::zero(), Point::zero());
        Self { transform, closes, outline, last, first, heading: None, first_heading: None }
    }

    fn add(&mut self, segment: PathSegment) -> Option<()> {
        match segment {
            PathSegment::MoveTo(to) => {
                self.end()?;
                (self.first, self.last) = (to, to);
            }
            PathSegment::LineTo(to) => self.line(to)?,
            PathSegment::QuadTo(over, to) => {
                let toward = |from: Point| mixed(&[(from, 1.0 / 3.0), (over, 2.0 / 3.0)]);
                self.curve(toward(self.last), toward(to), to)?;
            }
            PathSegment::CubicTo(one, two, to) => self.curve(one, two, to)?,
            PathSegment::Close => self.close()?,
        }
        Some(())
    }

    /// Ends a part of the path.
    fn end(&mut self) -> Option<()> {
        if self.closes {
            self.close()?;
        }
        (self.heading, self.first_heading) = (None, None);
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        self.line(self.first)?;
        if let Some(heading) = self.first_heading.take() {
            self.turn(heading);
        }
        self.heading = None;
        Some(())
    }

    fn line(&mut self, to: Point) -> Option<()> {
        if to != self.last {
            self.turn(to - self.last);
            self.push(self.mapped(self.last), self.mapped(to))?;
            self.last = to;
        }
        Some(())
    }

    fn curve(&mut self, one: Point, two: Point, to: Point) -> Option<()> {
        self.outline.is_straight = false;
        let sides = [one - self.last, two - one, to - two];
        let mut sides = sides.into_iter().filter(|side| *side != Point::zero());
        if let Some(heading) = sides.next() {
            self.turn(heading);
            self.heading = sides.next_back().or(Some(heading));
        }
        let [from, one, two, end] = [self.last, one, two, to].map(|point| self.mapped(point));
        let bend = |a: Point, b: Point, c: Point| ((a - b) - (b - c)).length();
        // Cut into equal parts, a curve lies from the lines at most 3/4 of its bend by their number squared.
        let lines = (bend(from, one, two).max(bend(one, two, end)) * 0.75 / SLACK).sqrt().ceil().max(1.0);
        if lines.is_nan() || lines > MOST_LINES {
            return None;
        }
        let (mut before, mut done) = (from, 0.0);
        while done < lines {
            done += 1.0;
            let (at, rest) = (done / lines, 1.0 - done / lines);
            let (near, far) = (3.0 * rest * rest * at, 3.0 * rest * at * at);
            let next = mixed(&[(from, rest * rest * rest), (one, near), (two, far), (end, at * at * at)]);
            self.push(before, next)?;
            before = next;
        }
        self.last = to;
        Some(())
    }

    fn turn(&mut self, heading: Point) {
        let before = self.heading.replace(heading);
        self.first_heading = self.first_heading.or(Some(heading));
        let is_acute = |before: Point| before.dot(heading) < -0.001 * before.length() * heading.length();
        self.outline.is_blunt &= !before.is_some_and(is_acute);
    }

    fn push(&mut self, from: Point, to: Point) -> Option<()> {
        let is_near = |length: f32| length.abs() <= FARTHEST;
        self.outline.lines.push((from, to));
        (is_near(from.x) && is_near(from.y) && is_near(to.x) && is_near(to.y)).then_some(())
    }

    fn mapped(&self, mut point: Point) -> Point {
        self.transform.map_point(&mut point);
        point
    }
}

fn mixed(parts: &[(Point, f32)]) -> Point {
    let sum = |part: fn(&Point) -> f32| parts.iter().map(|(point, share)| part(point) * share).sum();
    Point::from_xy(sum(|point| point.x), sum(|point| point.y))
}
