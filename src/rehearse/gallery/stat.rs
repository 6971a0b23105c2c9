//! Panels that are one number, or a table of last values.

use super::axis::Axis;
use super::canvas::{Canvas, Frame, Words};
use super::chart::draw_line;
use super::letters::{shorten_name, width_of};
use super::unit::format_value;
use super::view::View;

/// The share of the height under a number in which its course is drawn.
const COURSE: f64 = 0.38;

/// Draws the last value of each series as a big number in the color of its threshold, with its
/// course under it.
pub fn draw_numbers(canvas: &mut Canvas, frame: Frame, view: &View<'_>, axis: &Axis, size: f64) {
    let count = view.lines().count();
    let mut x = frame.x;
    #[expect(clippy::cast_precision_loss, reason = "counts the series of a panel")]
    let w = frame.w / count.max(1) as f64;
    for series in view.lines() {
        let own = Frame { x, w, ..frame };
        x += w;
        let Some((_, last)) = series.points.last() else { continue };
        let color = view.color(*last);
        let words = format_value(*last, view.unit());
        let course = Frame { y: own.y + own.h * (1.0 - COURSE), h: own.h * COURSE, ..own }.inset(2.0);
        let class = if color.is_empty() { "c0" } else { color };
        draw_line(canvas, course, &series.points, view, axis, class);
        // As large as it fits in, with some air at both sides.
        let room = (own.w - 4.0 * size).max(size);
        let big = (room / width_of(&words, 1.0, true)).min(own.h * 0.34);
        let base = own.y + own.h * (1.0 - COURSE) / 2.0 + big * 0.36;
        canvas.text(own.center(), base, Words { size: big, class: &format!("b m {color}") }, &words);
        if count > 1 {
            let name = shorten_name(&series.name, size, own.w - size);
            canvas.text(own.center(), own.y + size, Words { size, class: "soft m" }, &name);
        }
    }
}

/// Draws names and last values in rows; those that do not fit in are counted.
pub fn draw_table(canvas: &mut Canvas, frame: Frame, view: &View<'_>, size: f64) {
    let row = (size * 1.9).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
    let fit = ((frame.h / row).floor() as usize).max(1);
    let all = view.lines().count();
    let shown = if all > fit { fit - 1 } else { all };
    let mut y = frame.y + size;
    for series in view.lines().take(shown) {
        let value =
            series.points.last().map_or_else(String::new, |(_, value)| format_value(*value, view.unit()));
        let room = frame.w - width_of(&value, size, true) - 2.0 * size;
        canvas.text(frame.x, y, Words { size, class: "" }, &shorten_name(&series.name, size, room));
        canvas.text(frame.right(), y, Words { size, class: "b e" }, &value);
        canvas.line((frame.x, y + size * 0.55), (frame.right(), y + size * 0.55), "grid");
        y += row;
    }
    if shown < all {
        canvas.text(frame.x, y, Words { size, class: "soft" }, &format!("+ {} more", all - shown));
    }
}
