//! `diagram/low-contrast`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::wording::{and_more, quote};
use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::svg::{Color, Drawing, Text, contrast};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/low-contrast",
    severity: Severity::Warning,
    what: "A text of a picture hardly differs in color from what it stands on.",
    why: "People with weak eyes, on a poor screen or in sunlight cannot read it.",
    fix: "Make the text darker or lighter, or change the color under it, until the contrast of WCAG is reached.",
    source: "rules.md",
    params: &[
        Param { name: "contrast", default: 4.5, doc: "the least contrast of text (WCAG, level AA)" },
        Param {
            name: "large-contrast",
            default: 3.0,
            doc: "the least contrast of large text: 24 pixels, or 18.66 in bold",
        },
    ],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"«#aaaaaa»\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>.soft { fill: «#b0b8c0» }</style>\n<text class=\"soft\" x=\"20\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\">Browser</text><text class=\"soft\" x=\"20\" y=\"56\" font-family=\"sans-serif\" font-size=\"16\">Database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"10\" y=\"20\" width=\"200\" height=\"40\" fill=\"#1d4ed8\"/><text x=\"20\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\">«On the wrong box»</text><text x=\"220\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">Beside it</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<g opacity=\"0.3\"><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"«black»\">As good as grey</text></g></svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#595959\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"50\" font-family=\"sans-serif\" font-size=\"30\" fill=\"#8a8a8a\">Large</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect x=\"10\" y=\"20\" width=\"200\" height=\"40\" fill=\"#1d4ed8\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#ffffff\">White on blue</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<path d=\"M0 44H360\" stroke=\"#333333\" stroke-width=\"1\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">A thin line behind it</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<rect width=\"360\" height=\"80\" fill=\"#777777\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\">With a halo</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<style>:root { --ink: #222; --paper: #fff } @media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111 } } text { fill: var(--ink) } rect { fill: var(--paper) }</style>\n<rect width=\"360\" height=\"80\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">By name</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>text { fill: #aaaaaa } .ink { fill: #111111 }</style>\n<text class=\"ink\" x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">The class wins</text>\n</svg>\n",
        )]),
    ],
};

/// Where at least this much of a text fails, it fails: a line that crosses it is no ground.
const SHARE: f32 = 0.25;

/// Large text (WCAG): 18 points, or 14 in bold.
const LARGE: f32 = 24.0;
const LARGE_BOLD: f32 = 18.66;

/// A text with the color under it that is too near its own.
struct Poor<'d> {
    text: &'d Text,
    color: Color,
    ground: Color,
    needed: f64,
}

/// Texts whose color is declared in one place make one finding.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let limits = limits(checked);
    for picture in checked.pictures {
        if let Some(drawing) = picture.light() {
            for finding in poor_texts(&SPEC, picture, drawing, "", limits) {
                sink.push(finding);
            }
        }
    }
}

/// The least contrast of text, and of large text.
pub fn limits(checked: &Checked<'_>) -> [f64; 2] {
    ["contrast", "large-contrast"].map(|name| checked.settings.number(&SPEC, name))
}

/// The texts of a drawing that hardly differ from what the picture itself has under them. What is
/// drawn for dark mode only is reported under another code.
pub fn poor_texts(
    spec: &'static CodeSpec,
    picture: &Picture<'_>,
    drawing: &Drawing,
    mode: &str,
    limits: [f64; 2],
) -> Vec<Diagnostic> {
    let mut by_color: BTreeMap<usize, (Vec<Poor<'_>>, usize)> = BTreeMap::new();
    for text in &drawing.texts {
        let (found, all) = by_color.entry(text.color_at.start).or_default();
        found.extend(judge(text, limits));
        *all += 1;
    }
    let found =
        by_color.values().filter_map(|(found, all)| report(spec, picture, drawing, found, *all, mode));
    found.collect()
}

fn judge(text: &Text, [limit, large_limit]: [f64; 2]) -> Option<Poor<'_>> {
    let is_large = text.pixels >= if text.bold { LARGE_BOLD } else { LARGE };
    let needed = if is_large { large_limit } else { limit };
    let mut failing: BTreeMap<Color, usize> = BTreeMap::new();
    for (ground, count) in text.grounds.iter().filter(|(ground, _)| !ground.is_transparent()) {
        let below = ground.color;
        if contrast(text.color?.over(text.opacity, below), below) < needed {
            *failing.entry(below).or_default() += count;
        }
    }
    let total: usize = failing.values().sum();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen places")]
    let enough = total as f32 >= SHARE * text.places() as f32;
    let (ground, _) = failing.into_iter().max_by_key(|(_, count)| *count).filter(|_| enough)?;
    Some(Poor { text, color: text.color?.over(text.opacity, ground), ground, needed })
}

fn report(
    spec: &'static CodeSpec,
    picture: &Picture<'_>,
    drawing: &Drawing,
    found: &[Poor<'_>],
    all: usize,
    mode: &str,
) -> Option<Diagnostic> {
    let first = found.first()?;
    let (words, more) = (quote(&first.text.words), and_more(found.len() - 1));
    let (color, ground) = (first.color, first.ground);
    let reached = contrast(color, ground);
    let message = format!("{words}{more}: `{color}` on `{ground}` has a contrast of {reached:.1}{mode}");
    let under = color_under(drawing, first.text);
    let all_there = found.iter().all(|poor| color_under(drawing, poor.text) == under);
    // Where the color is right for other texts, the fault is with this one, or with what is under it.
    let place = match under {
        _ if found.len() == all => &first.text.color_at,
        Some(under) if found.len() > 1 && all_there => under,
        _ => &first.text.at,
    };
    let mut finding = Diagnostic::new(spec, picture.span(place.clone()), message);
    for (other, what) in [(Some(&first.text.at), "the text"), (under, "the color under it")] {
        if let Some(other) = other.filter(|other| *other != place) {
            finding = finding.also(picture.span(other.clone()), what);
        }
    }
    let direction = if contrast(ground, Color::new(0, 0, 0)) > contrast(ground, Color::new(255, 255, 255)) {
        "darker"
    } else {
        "lighter"
    };
    let help = format!(
        "make the text {direction} or change what is under it; {} is the least contrast",
        first.needed
    );
    Some(finding.help(help))
}

/// Where the color of the topmost filled shape below the middle of a text is declared.
fn color_under<'d>(drawing: &'d Drawing, text: &Text) -> Option<&'d Range<usize>> {
    let bounds = text.bounds;
    let middle = (f32::midpoint(bounds.left, bounds.right), f32::midpoint(bounds.top, bounds.bottom));
    let below = drawing.shapes.get(..text.shapes_below).unwrap_or_default();
    let shape = below.iter().rev().find(|shape| shape.is_filled && shape.bounds.contains(middle));
    shape.map(|shape| &shape.color_at)
}
