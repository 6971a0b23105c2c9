//! Lines over time: grid, axes, thresholds, lines with their gaps, legend.

use super::axis::{Axis, seconds_for};
use super::canvas::{COLORS, Canvas, Frame, Words, point};
use super::letters::{shorten_name, width_of};
use super::unit::{format_tick, format_value};
use super::view::{View, color_class};

/// Lines of a legend; what does not fit in is counted.
const MAX_LEGEND_LINES: usize = 3;

/// A gap of so many steps is one: a line is not drawn over it.
const GAP: f64 = 1.5;

/// Draws a panel's lines into a frame. `size` is that of its letters.
pub fn draw_chart(canvas: &mut Canvas, frame: Frame, view: &View<'_>, axis: &Axis, size: f64) {
    let legend = legend_lines(view, frame.w, size);
    let row = (size * 1.55).round();
    let legend_height = row * to_length(legend.len()) + 4.0;
    let labels: Vec<String> = axis.ticks.iter().map(|tick| format_tick(*tick, view.unit())).collect();
    let widest = labels.iter().map(|label| width_of(label, size, false)).fold(0.0, f64::max);
    let left = widest + 8.0;
    let plot = Frame {
        x: frame.x + left,
        y: frame.y + size * 0.6,
        w: frame.w - left - size,
        h: frame.h - legend_height - size * 2.6,
    };
    draw_axes(canvas, plot, view, axis, &labels, size);
    draw_thresholds(canvas, plot, view, axis);
    for (at, series) in view.lines().enumerate() {
        draw_line(canvas, plot, &series.points, view, axis, &line_class(at));
    }
    let top = frame.bottom() - legend_height + size + 4.0;
    for (line, items) in legend.iter().enumerate() {
        let y = top + row * to_length(line);
        for item in items {
            draw_item(canvas, frame.x + item.x, y, item, size);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts a few lines")]
fn to_length(count: usize) -> f64 {
    count as f64
}

/// Colors begin anew after the last, dashed.
fn line_class(at: usize) -> String {
    let dashed = if (at / COLORS) % 2 == 1 { " dash" } else { "" };
    format!("c{}{dashed}", at % COLORS)
}

fn draw_axes(canvas: &mut Canvas, plot: Frame, view: &View<'_>, axis: &Axis, labels: &[String], size: f64) {
    let soft = |class| Words { size, class };
    // Where the frame is low, every second line has its number.
    let room = plot.h / to_length(axis.ticks.len().max(2) - 1);
    let every = if room < size * 1.4 { 2 } else { 1 };
    for (at, (tick, label)) in axis.ticks.iter().zip(labels).enumerate() {
        let y = plot.bottom() - axis.share(*tick) * plot.h;
        canvas.line((plot.x, y), (plot.right(), y), if at == 0 { "axis" } else { "grid" });
        if at % every == 0 {
            canvas.text(plot.x - 8.0, y + size * 0.36, soft("soft e"), label);
        }
    }
    let widest = width_of("1800 s", size, false) + size;
    for second in seconds_for(view.seconds, view.seconds * widest / plot.w) {
        let x = plot.x + second / view.seconds * plot.w;
        canvas.line((x, plot.y), (x, plot.bottom()), "grid");
        canvas.text(x, plot.bottom() + size * 1.45, soft("soft m"), &format!("{second} s"));
    }
}

fn draw_thresholds(canvas: &mut Canvas, plot: Frame, view: &View<'_>, axis: &Axis) {
    let inside = |value: f64| value > axis.low && value <= axis.high;
    for (from, color) in view.thresholds {
        if let Some(from) = from.filter(|from| inside(*from)) {
            let y = plot.bottom() - axis.share(from) * plot.h;
            canvas.line((plot.x, y), (plot.right(), y), &format!("line dash {}", color_class(color)));
        }
    }
}

/// A line with an area between it and zero; where nothing was measured it is interrupted, and a point between
/// two gaps is a dot.
pub fn draw_line(
    canvas: &mut Canvas,
    plot: Frame,
    points: &[(f64, f64)],
    view: &View<'_>,
    axis: &Axis,
    class: &str,
) {
    let place = |(at, value): (f64, f64)| {
        let x = plot.x + (at / view.seconds).clamp(0.0, 1.0) * plot.w;
        (x, plot.bottom() - axis.share(value) * plot.h)
    };
    for piece in points.chunk_by(|before, after| after.0 - before.0 <= GAP * view.step) {
        let places: Vec<(f64, f64)> = piece.iter().map(|point| place(*point)).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
        if places.len() == 1 {
            canvas.dot(*first, 3.0, class);
            continue;
        }
        let way: Vec<String> = places.iter().map(|place| point(*place)).collect();
        let way = way.join("L");
        let zero = plot.bottom() - axis.share(0.0) * plot.h;
        let ground = format!("L{}L{}Z", point((last.0, zero)), point((first.0, zero)));
        canvas.path(&format!("M{way}{ground}"), &format!("area {class}"));
        canvas.path(&format!("M{way}"), &format!("line {class}"));
    }
}

/// A name of the legend, with the last value.
struct Item {
    x: f64,
    class: String,
    name: String,
    value: String,
}

/// Which names stand on which line of the legend.
fn legend_lines(view: &View<'_>, room: f64, size: f64) -> Vec<Vec<Item>> {
    let mut lines: Vec<Vec<Item>> = vec![Vec::new()];
    let mut x = 0.0;
    let all = view.lines().count();
    for (at, series) in view.lines().enumerate() {
        let last = series.points.last().map_or(0.0, |(_, value)| *value);
        let value = format!("last {}", format_value(last, view.unit()));
        let beside = size * 2.3 + width_of(&value, size, false);
        // The last line keeps room for how many are left out.
        let more = if at + 1 < all { size * 6.0 } else { 0.0 };
        let room_of = |line: usize| if line == MAX_LEGEND_LINES { room - more } else { room };
        let width = beside + width_of(&series.name, size, false);
        if x > 0.0 && x + width > room_of(lines.len()) {
            if lines.len() == MAX_LEGEND_LINES {
                let name = format!("+ {} more", all - at);
                lines[MAX_LEGEND_LINES - 1].push(Item {
                    x,
                    class: String::new(),
                    name,
                    value: String::new(),
                });
                return lines;
            }
            lines.push(Vec::new());
            x = 0.0;
        }
        let name = shorten_name(&series.name, size, room_of(lines.len()) - x - beside);
        let width = beside + width_of(&name, size, false);
        if let Some(line) = lines.last_mut() {
            line.push(Item { x, class: line_class(at), name, value });
        }
        x += width + size;
    }
    lines
}

fn draw_item(canvas: &mut Canvas, x: f64, y: f64, item: &Item, size: f64) {
    if item.class.is_empty() {
        canvas.text(x, y, Words { size, class: "soft" }, &item.name);
        return;
    }
    let middle = y - size * 0.36;
    canvas.line((x, middle), (x + size * 1.2, middle), &format!("line {}", item.class));
    canvas.text_with(x + size * 1.7, y, Words { size, class: "" }, &item.name, &item.value);
}
