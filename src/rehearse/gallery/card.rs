//! One panel as a card: what is in it depends on its kind, and on whether there is anything.

use super::axis::Axis;
use super::canvas::{Canvas, Frame, Words};
use super::chart::draw_chart;
use super::letters::{shorten, wrap};
use super::stat::{draw_numbers, draw_table};
use super::view::View;

/// Draws a panel into a frame; `size` is that of its letters.
pub fn draw_panel(canvas: &mut Canvas, frame: Frame, view: &View<'_>, axis: &Axis, size: f64) {
    if let Some(fault) = &view.panel.fault {
        draw_message(canvas, frame, "Prometheus refuses this panel", fault, size);
    } else if view.lines().next().is_none() {
        draw_message(canvas, frame, "No data", "", size);
    } else {
        match view.panel.kind.as_str() {
            "stat" | "gauge" | "bargauge" => draw_numbers(canvas, frame, view, axis, size),
            "table" => draw_table(canvas, frame, view, size),
            _ => draw_chart(canvas, frame, view, axis, size),
        }
    }
}

/// A headline and an explanation in the middle of a frame.
fn draw_message(canvas: &mut Canvas, frame: Frame, headline: &str, explanation: &str, size: f64) {
    let big = size * 1.4;
    let gap = size * 0.5;
    let row = size * 1.5;
    let mut lines = wrap(explanation, size, frame.w - 2.0 * size);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
    let fit = (((frame.h - 2.0 * big - gap) / row).floor().max(1.0)) as usize;
    if lines.len() > fit {
        lines.truncate(fit);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
            *last = shorten(last, size, false, frame.w - 2.0 * size);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let height = big + gap + row * lines.len() as f64;
    let mut y = frame.y + (frame.h - height) / 2.0 + big * 0.8;
    let headline = shorten(headline, big, true, frame.w);
    canvas.text(frame.center(), y, Words { size: big, class: "b m soft" }, &headline);
    y += gap;
    for line in &lines {
        y += row;
        canvas.text(frame.center(), y, Words { size, class: "m soft" }, line);
    }
}
