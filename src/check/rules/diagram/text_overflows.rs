//! `diagram/text-overflows`.

use super::wording::quote;
use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::svg::{Bounds, Drawing, Shape, Text};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/text-overflows",
    severity: Severity::Warning,
    what: "A text of a picture does not fit into the box that it stands in, or into the picture.",
    why: "What sticks out is cut off or runs over its neighbours, and readers whose fonts are wider lose even more of it.",
    fix: "Shorten the text, break it into two lines, or make the box or the `viewBox` larger.",
    source: "rules.md",
    params: &[Param {
        name: "tolerance",
        default: 2.0,
        doc: "how many pixels of the picture a text may stick out",
    }],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">«One browser, one app, one database, and a team that waits for all of them»</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"20\" y=\"20\" width=\"90\" height=\"40\" rx=\"8\" fill=\"#eff6ff\" stroke=\"#1d4ed8\"/><text x=\"65\" y=\"46\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">«PostgreSQL 17»</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<g transform=\"translate(20 20)\"><path d=\"M0 0H90V40H0Z\" fill=\"#eff6ff\"/><text y=\"16\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\"><tspan x=\"5\">The app</tspan><tspan x=\"5\" dy=\"18\">«and its database»</tspan></text></g></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>.code { font-family: monospace; font-size: 16px }</style>\n<rect x=\"20\" y=\"20\" width=\"150\" height=\"40\" fill=\"#eff6ff\"/><text class=\"code\" x=\"24\" y=\"46\" fill=\"#1a1a1a\">«SELECT id, title»</text>\n</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"20\" y=\"20\" width=\"140\" height=\"40\" rx=\"8\" fill=\"#eff6ff\" stroke=\"#1d4ed8\"/><text x=\"90\" y=\"46\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">PostgreSQL 17</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"20\" y=\"20\" width=\"300\" height=\"30\" fill=\"#e2e8f0\"/><rect x=\"20\" y=\"20\" width=\"60\" height=\"30\" fill=\"#bae6fd\"/><text x=\"26\" y=\"41\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">20 of 100 connections are in use</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<circle cx=\"30\" cy=\"40\" r=\"4\" fill=\"#1d4ed8\"/><text x=\"30\" y=\"44\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">• a dot smaller than the words on it</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"20\" y=\"20\" width=\"60\" height=\"40\" fill=\"#eff6ff\"/><text x=\"90\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">beside the box, not in it</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"340\" y=\"46\" text-anchor=\"end\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Placed by its end</text>\n</svg>\n",
        )]),
    ],
};

/// Light and dark mode have the same words in the same places.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    #[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
    let tolerance = checked.settings.number(&SPEC, "tolerance") as f32;
    for picture in checked.pictures {
        let Some(drawing) = picture.light() else { continue };
        for text in &drawing.texts {
            check_text(picture, drawing, text, tolerance, sink);
        }
    }
}

fn check_text(picture: &Picture<'_>, drawing: &Drawing, text: &Text, tolerance: f32, sink: &Sink) {
    let whole = Bounds { left: 0.0, top: 0.0, right: drawing.width, bottom: drawing.height };
    let span = picture.span(text.at.clone());
    if let Some((side, by)) = overflow(text.bounds, whole, tolerance) {
        let message = format!("{} leaves the picture {side} by {by:.0} pixels", quote(&text.words));
        let finding = Diagnostic::new(&SPEC, span, message);
        sink.push(
            finding.help("shorten or move it, break it into two lines with `<tspan>`, or enlarge `viewBox`"),
        );
        return;
    }
    let Some(shape) = home(drawing, text) else { return };
    if let Some((side, by)) = overflow(text.bounds, shape.bounds, tolerance) {
        let message = format!("{} leaves its box {side} by {by:.0} pixels", quote(&text.words));
        let finding = Diagnostic::new(&SPEC, span, message);
        let finding = finding.also(picture.span(shape.at.clone()), "the box that it stands in");
        sink.push(
            finding.help("shorten or move it, break it into two lines with `<tspan>`, or enlarge the box"),
        );
    }
}

/// On which side something sticks out most, and how far, if that is more than is tolerated.
fn overflow(inner: Bounds, outer: Bounds, tolerance: f32) -> Option<(&'static str, f32)> {
    let sides = [
        ("on the left", outer.left - inner.left),
        ("at the top", outer.top - inner.top),
        ("on the right", inner.right - outer.right),
        ("at the bottom", inner.bottom - outer.bottom),
    ];
    sides.into_iter().filter(|(_, by)| *by > tolerance).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The box that a text stands in: the smallest that holds its anchor and is at least as high.
fn home<'d>(drawing: &'d Drawing, text: &Text) -> Option<&'d Shape> {
    let least = text.bounds.height().min(text.bounds.width()) * 0.9;
    let below = drawing.shapes.get(..text.shapes_below).unwrap_or_default();
    let holds = |shape: &&Shape| {
        let bounds = shape.bounds;
        bounds.contains(text.anchor) && bounds.height() >= least && bounds.width() >= least
    };
    let candidates: Vec<&Shape> = below.iter().filter(holds).collect();
    // The filled part of a bar is not what the words on it have to fit into; the bar is.
    let is_part = |shape: &&&Shape| candidates.iter().any(|whole| fills_a_part(shape.bounds, whole.bounds));
    let whole = candidates.iter().filter(|shape| !is_part(shape));
    whole.min_by(|a, b| area(a.bounds).total_cmp(&area(b.bounds))).copied()
}

fn fills_a_part(part: Bounds, whole: Bounds) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= 1.0;
    near(part.top, whole.top)
        && near(part.bottom, whole.bottom)
        && part.left >= whole.left - 1.0
        && part.right <= whole.right + 1.0
        && part.width() < whole.width() - 2.0
}

fn area(bounds: Bounds) -> f32 {
    bounds.width() * bounds.height()
}
