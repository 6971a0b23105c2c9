//! A laid out graph as SVG. Colors and fonts are the theme's; what is measured here leaves room for
//! fonts that run wider than the embedded one.

use std::fmt::Write as _;

use crate::emit::print::html::{escape_attribute, escape_html};
use crate::syntax::svg::text_widths;

use super::layout::{Layout, Way};

/// The size of the letters, in pixels. The theme's style must say the same.
const FONT_SIZE: f32 = 14.0;
/// How much wider than the embedded font a reader's may be.
const WIDER: f64 = 1.14;
/// Left and right of the letters.
const PADDING: f64 = 12.0;
/// How wide a letter is that the embedded font lacks.
const UNKNOWN_LETTER: f64 = 15.0;
/// From the middle of a line to its base.
const BASELINE: f64 = 5.0;

/// A box as it is drawn.
pub struct NodeView {
    pub name: String,
    pub href: String,
    /// `high`, `medium`, `low`, `none`, or empty.
    pub tier: &'static str,
    /// Whether the page is about it.
    pub here: bool,
}

/// How wide the boxes of these names are.
pub fn box_widths(names: &[String]) -> Vec<f64> {
    let measured = text_widths(names, FONT_SIZE, 400);
    let known = measured.len() == names.len();
    names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            // What the font lacks was not measured, so it counts apart.
            let foreign = name.chars().filter(|letter| *letter > '\u{17f}').count() as f64 * UNKNOWN_LETTER;
            let width = match measured.get(at).filter(|_| known) {
                Some(width) => f64::from(*width) + foreign,
                None => name.chars().count() as f64 * UNKNOWN_LETTER,
            };
            (width * WIDER).ceil() + 2.0 * PADDING
        })
        .collect()
}

/// The graph as SVG, with a title and a description for those who do not see it.
pub fn draw_graph(layout: &Layout, nodes: &[NodeView], title: &str, description: &str) -> String {
    let (width, height) = (layout.width, layout.height);
    let mut out = format!(
        "<svg class=\"graph\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" \
         aria-label=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escape_attribute(title),
        escape_html(title),
        escape_html(description)
    );
    for way in &layout.ways {
        let _ = writeln!(out, "<path class=\"graph-way\" d=\"{}\"/>", path_of(way));
    }
    for (place, node) in layout.boxes.iter().zip(nodes) {
        let tier = match node.tier {
            "" => String::new(),
            tier => format!(" data-tier=\"{tier}\""),
        };
        let (open, close) = if node.here {
            (format!("<g class=\"graph-node graph-here\"{tier}>"), "</g>")
        } else {
            let href = escape_attribute(&node.href);
            (format!("<a class=\"graph-node\"{tier} href=\"{href}\">"), "</a>")
        };
        let (x, y) = (place.x + place.width / 2.0, place.y + place.height / 2.0 + BASELINE);
        let _ = writeln!(
            out,
            "{open}<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>\
             <text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>{close}",
            place.x,
            place.y,
            place.width,
            place.height,
            escape_html(&node.name)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A way: curves between columns, straight lines through them, and a tip where it arrives.
fn path_of(way: &Way) -> String {
    let Some((&(x, y), rest)) = way.points.split_first() else { return String::new() };
    let mut out = format!("M{x} {y}");
    let mut from = (x, y);
    for (at, &(x, y)) in rest.iter().enumerate() {
        if at % 2 == 0 {
            let middle = (from.0 + x) / 2.0;
            let _ = write!(out, "C{middle} {} {middle} {y} {x} {y}", from.1);
        } else {
            let _ = write!(out, "H{x}");
        }
        from = (x, y);
    }
    let ((x, y), back) = if way.turned { (way.points[0], 6.0) } else { (from, -6.0) };
    let _ = write!(out, "M{} {}L{x} {y}L{} {}", x + back, y - 4.0, x + back, y + 4.0);
    out
}

#[cfg(test)]
mod tests {
    use super::super::layout::lay_out;
    use super::*;

    #[test]
    fn longer_names_get_wider_boxes() {
        let names = ["pool", "connection pool", "数据库 index"].map(str::to_owned);
        let widths = box_widths(&names);
        assert!(widths[0] < widths[1] && widths[2] > widths[0], "{widths:?}");
    }

    #[test]
    fn names_are_escaped_and_the_page_s_own_box_is_no_link() {
        let node = |name: &str, here| NodeView {
            name: name.to_owned(),
            href: "../a&b/".to_owned(),
            tier: "high",
            here,
        };
        let layout = lay_out(&[50.0, 60.0], &[(0, 1)]);
        let svg = draw_graph(&layout, &[node("a < b", false), node("here", true)], "A & B", "x");
        assert!(svg.contains("a &lt; b") && svg.contains("A &amp; B"), "{svg}");
        assert_eq!(svg.matches("<a ").count(), 1);
        assert_eq!(svg.matches("graph-way").count(), 1);
    }
}
