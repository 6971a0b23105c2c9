//! A panel's example as SVG. Colors are the theme's; lines are told apart by their dashes as well.

use std::fmt::Write as _;

use crate::emit::print::html::{escape_attribute, escape_html};
use crate::emit::site::theme::Theme;
use crate::manifest::measure::{Panel, View};

use super::curve::{CROWD, Curve};

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 150.0;
/// The field that lines are drawn in: left, top, right, bottom.
const FIELD: (f64, f64, f64, f64) = (10.0, 26.0, 330.0, 124.0);

/// Colors of thresholds that themes have a class for; others look neutral.
const COLORS: [&str; 6] = ["red", "orange", "yellow", "green", "blue", "purple"];

/// The drawing of a panel, with its title and its description in words.
pub fn draw_panel(
    panel: &Panel,
    curves: &[Curve],
    title: &str,
    description: &str,
    (unit, theme): (&str, &Theme),
) -> String {
    let mut out = format!(
        "<svg class=\"shape\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" \
         aria-label=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escape_attribute(&format!("{title}. {description}")),
        escape_html(title),
        escape_html(description)
    );
    out.push_str(&match panel.view {
        View::Timeseries => draw_lines(panel, curves, unit, theme),
        View::Stat => draw_number(panel, unit),
        View::Gauge => draw_dial(panel, unit),
        View::Table => draw_rows(),
    });
    out.push_str("</svg>\n");
    out
}

fn draw_lines(panel: &Panel, curves: &[Curve], unit: &str, theme: &Theme) -> String {
    let (left, top, right, bottom) = FIELD;
    let x = |share: f64| left + share * (right - left);
    let y = |value: f64| bottom - value * (bottom - top);
    let (from, to) = (x(CROWD.0), x(CROWD.1 + 0.06));
    let mut out = format!(
        "<rect class=\"shape-crowd\" x=\"{from:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{:.1}\"/>\n",
        to - from,
        bottom - top
    );
    for line in 0..=3 {
        let y = y(f64::from(line) / 3.0);
        let class = if line == 0 { "shape-axis" } else { "shape-grid" };
        let _ = writeln!(out, "<path class=\"{class}\" d=\"M{left} {y:.1}H{right}\"/>");
    }
    if is_percentage(panel) {
        for (color, value) in panel.thresholds.iter().filter(|(_, value)| (1.0..=100.0).contains(value)) {
            let y = y(value / 100.0);
            let _ = writeln!(
                out,
                "<path class=\"shape-threshold\" data-color=\"{}\" d=\"M{left} {y:.1}H{right}\"/>",
                color_word(&color.value)
            );
        }
    }
    for (at, curve) in curves.iter().enumerate() {
        let count = curve.values.len().max(2) - 1;
        let points: Vec<String> = curve
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| format!("{:.1} {:.1}", x(at as f64 / count as f64), y(*value)))
            .collect();
        let _ = writeln!(
            out,
            "<path class=\"shape-line\" data-line=\"{}\" d=\"M{}\"/>",
            at + 1,
            points.join("L")
        );
    }
    if !unit.is_empty() {
        let _ = writeln!(out, "<text x=\"{left}\" y=\"16\">{}</text>", escape_html(unit));
    }
    let middle = f64::midpoint(from, to);
    let word = |key: &str| escape_html(&theme.word(key));
    let _ = writeln!(
        out,
        "<text x=\"{middle:.1}\" y=\"142\" text-anchor=\"middle\">{}</text>",
        word("shape-crowd")
    );
    let _ = writeln!(out, "<text x=\"{right}\" y=\"142\" text-anchor=\"end\">{}</text>", word("shape-time"));
    out
}

/// One number: a dash in its place, for there is none before somebody has measured.
fn draw_number(panel: &Panel, unit: &str) -> String {
    let middle = WIDTH / 2.0;
    let mut out =
        format!("<text class=\"shape-number\" x=\"{middle}\" y=\"82\" text-anchor=\"middle\">—</text>\n");
    if !unit.is_empty() {
        let unit = escape_html(unit);
        let _ = writeln!(out, "<text x=\"{middle}\" y=\"104\" text-anchor=\"middle\">{unit}</text>");
    }
    out.push_str(&draw_scale(panel));
    out
}

/// The thresholds as a bar, each from its value on.
fn draw_scale(panel: &Panel) -> String {
    let (left, _, right, _) = FIELD;
    let steps = thresholds(panel);
    let width = (right - left) / steps.len().max(1) as f64;
    let mut out = String::new();
    for (at, (color, value)) in steps.iter().enumerate() {
        let x = left + at as f64 * width;
        let _ = writeln!(
            out,
            "<rect class=\"shape-step\" data-color=\"{}\" x=\"{x:.1}\" y=\"118\" width=\"{:.1}\" height=\"8\"/>\
             <text x=\"{x:.1}\" y=\"142\">≥ {value}</text>",
            color_word(color),
            width - 3.0
        );
    }
    out
}

/// A dial: half a ring in the colors of the thresholds, and a hand.
fn draw_dial(panel: &Panel, unit: &str) -> String {
    let (x, y, radius) = (WIDTH / 2.0, 112.0, 82.0);
    let steps = thresholds(panel);
    let count = steps.len().max(1);
    let on_ring = |share: f64| {
        let angle = std::f64::consts::PI * (1.0 - share);
        (x + radius * angle.cos(), y - radius * angle.sin())
    };
    let mut out = String::new();
    for at in 0..count {
        let color = steps.get(at).map(|(color, _)| color_word(color)).unwrap_or_default();
        let (from, to) = (on_ring(at as f64 / count as f64), on_ring((at + 1) as f64 / count as f64));
        let _ = writeln!(
            out,
            "<path class=\"shape-ring\" data-color=\"{color}\" d=\"M{:.1} {:.1}A{radius} {radius} 0 0 1 {:.1} {:.1}\"/>",
            from.0, from.1, to.0, to.1
        );
    }
    let hand = on_ring(0.62);
    let (hand_x, hand_y) = (x + (hand.0 - x) * 0.8, y + (hand.1 - y) * 0.8);
    let _ = writeln!(out, "<path class=\"shape-hand\" d=\"M{x:.1} {y:.1}L{hand_x:.1} {hand_y:.1}\"/>");
    if !unit.is_empty() {
        let unit = escape_html(unit);
        let _ = writeln!(out, "<text x=\"{x}\" y=\"138\" text-anchor=\"middle\">{unit}</text>");
    }
    out
}

/// A table: a head and rows, without words.
fn draw_rows() -> String {
    let (left, _, right, _) = FIELD;
    let mut out = String::new();
    for row in 0..5 {
        let y = 18.0 + f64::from(row) * 25.0;
        let class = if row == 0 { "shape-bar shape-bar-head" } else { "shape-bar" };
        let name = 70.0 + f64::from((row * 37) % 60);
        let number = 24.0 + f64::from((row * 23) % 30);
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{left}\" y=\"{y}\" width=\"{name}\" height=\"9\" rx=\"3\"/>\
             <rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{number}\" height=\"9\" rx=\"3\"/>\
             <path class=\"shape-grid\" d=\"M{left} {}H{right}\"/>",
            right - number,
            y + 16.0
        );
    }
    out
}

/// Color and value of each threshold, from the lowest value on.
fn thresholds(panel: &Panel) -> Vec<(&str, f64)> {
    let mut found: Vec<(&str, f64)> =
        panel.thresholds.iter().map(|(color, value)| (color.value.as_str(), *value)).collect();
    found.sort_by(|one, other| one.1.total_cmp(&other.1));
    found
}

fn color_word(color: &str) -> &'static str {
    COLORS.iter().find(|known| color.ends_with(*known)).copied().unwrap_or_default()
}

fn is_percentage(panel: &Panel) -> bool {
    panel.unit.as_ref().is_some_and(|unit| unit.value == "percent")
}
