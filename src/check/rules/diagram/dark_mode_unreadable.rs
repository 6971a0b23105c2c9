//! `diagram/dark-mode-unreadable`.

use std::ops::Range;

use super::low_contrast::{limits, poor_texts};
use super::wording::quote;
use crate::check::{Checked, Picture, Settings};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::svg::{Color, DARK_PAGE, Drawing, LIGHT_PAGE, Line, Text, contrast};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/dark-mode-unreadable",
    severity: Severity::Warning,
    what: "A picture without a background has text or lines that vanish on GitHub in dark or in light mode, or its own colors for dark mode leave text that hardly stands out.",
    why: "Half of the readers see dark letters on a dark page, or bright ones on a bright page, and think that the picture is broken.",
    fix: "Lay a filled rectangle under everything, or give the colors of dark mode in `@media (prefers-color-scheme: dark)`.",
    source: "rules.md",
    params: &[
        Param { name: "contrast", default: 3.0, doc: "the least contrast of text with the page" },
        Param { name: "line-contrast", default: 1.6, doc: "the least contrast of lines with the dark page" },
    ],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"«#1a1a1a»\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">«Black, since nothing else is said»</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"«#f8fafc»\">Made for dark mode only</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<path d=\"M10 40H350\" stroke=\"«#000»\" stroke-width=\"2\" fill=\"none\"/></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<style>text { fill: #222 } path { stroke: «#222»; stroke-width: 2; fill: none } @media (prefers-color-scheme: dark) { text { fill: #eee } }</style>\n<path d=\"M10 60H350\"/><text x=\"20\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\">Only the words were thought of</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect x=\"200\" width=\"160\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"«#333»\">Half of it has a ground</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<style>rect { fill: #fff } text { fill: #222 } @media (prefers-color-scheme: dark) { rect { fill: #0f172a } text { fill: «#334155» } }</style>\n<rect width=\"360\" height=\"80\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">Only dark readers lose it</text>\n</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#7d8590\">A grey that is read on both</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<style>text { fill: #222 } @media (prefers-color-scheme: dark) { text { fill: #eee } }</style>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">Two colors</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<style>text { fill: light-dark(#222, #eee) }</style>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">Two colors</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect x=\"10\" y=\"10\" width=\"340\" height=\"60\" rx=\"8\" fill=\"#f8fafc\" stroke=\"#111111\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">A card is enough</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<path d=\"M10 70H350\" stroke=\"#64748b\" stroke-width=\"2\" fill=\"none\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#7d8590\">Grey lines</text>\n</svg>\n",
        )]),
    ],
};

/// A line that is as bright as the page is gone; a faint one may be meant to be faint.
const GONE: f64 = 1.1;

/// Where at least this much of something lies on the page, the page is its ground.
const TEXT_SHARE: f32 = 0.25;
const LINE_SHARE: f32 = 0.5;

/// What vanishes, where its color is, and the contrast that is left.
struct Lost {
    what: String,
    place: Range<usize>,
    color: Color,
    contrast: f64,
}

/// Where the page shows through, a picture makes one finding: one rectangle or one media query mends
/// it all. Where it has a ground of its own in dark mode, each color that is wrong makes one.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let [text, line] = ["contrast", "line-contrast"].map(|name| checked.settings.number(&SPEC, name));
    for picture in checked.pictures {
        let dark = picture.dark().map(|drawing| (drawing, DARK_PAGE, line, "dark"));
        let light = picture.light().map(|drawing| (drawing, LIGHT_PAGE, GONE, "light"));
        let found = dark.into_iter().chain(light).find_map(|(drawing, page, line, mode)| {
            let lost = lost(drawing, page, text, line);
            (!lost.is_empty()).then_some((lost, page, mode))
        });
        if let Some((lost, page, mode)) = found {
            report(picture, &lost, page, mode, sink);
            continue;
        }
        if let Some(drawing) = picture.dark().filter(|_| picture.follows_scheme()) {
            for finding in poor_texts(&SPEC, picture, drawing, " in dark mode", limits(checked)) {
                sink.push(finding);
            }
        }
    }
}

fn lost(drawing: &Drawing, page: Color, text_limit: f64, line_limit: f64) -> Vec<Lost> {
    let texts = drawing.texts.iter().filter_map(|text| lost_text(text, page, text_limit));
    let lines = drawing.lines.iter().filter_map(|line| lost_line(line, page, line_limit));
    texts.chain(lines).collect()
}

fn lost_text(text: &Text, page: Color, limit: f64) -> Option<Lost> {
    let color = text.color?;
    let mut failing = 0;
    let mut worst = f64::MAX;
    for (ground, count) in text.grounds.iter().filter(|(ground, _)| ground.is_transparent()) {
        let below = ground.on(page);
        let reached = contrast(color.over(text.opacity, below), below);
        if reached < limit {
            failing += count;
            worst = worst.min(reached);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen places")]
    let is_lost = failing > 0 && failing as f32 >= TEXT_SHARE * text.places() as f32;
    is_lost.then(|| Lost { what: quote(&text.words), place: text.color_at.clone(), color, contrast: worst })
}

/// Whether a line of this color is hard to see in the open, on the light page or the dark one.
pub fn is_faint(settings: &Settings<'_>) -> impl Fn(Color, f32) -> bool + use<> {
    let line = settings.number(&SPEC, "line-contrast");
    move |color, opacity| {
        [(LIGHT_PAGE, GONE), (DARK_PAGE, line)]
            .into_iter()
            .any(|(page, limit)| contrast(color.over(opacity, page), page) < limit)
    }
}

fn lost_line(line: &Line, page: Color, limit: f64) -> Option<Lost> {
    let reached = contrast(line.color.over(line.opacity, page), page);
    let is_lost = reached < limit && line.in_the_open.is_some_and(|share| share >= LINE_SHARE);
    is_lost.then(|| Lost {
        what: "a line".to_owned(),
        place: line.color_at.clone(),
        color: line.color,
        contrast: reached,
    })
}

fn report(picture: &Picture<'_>, lost: &[Lost], page: Color, mode: &str, sink: &Sink) {
    let Some(first) = lost.first() else { return };
    let Lost { what, color, contrast, .. } = first;
    let more = match lost.len() - 1 {
        0 => String::new(),
        1 => ", and so does one more part".to_owned(),
        more => format!(", and so do {more} more parts"),
    };
    let message = format!(
        "{what} vanishes on GitHub in {mode} mode: `{color}` on `{page}` has a contrast of {contrast:.1}{more}"
    );
    let help = if picture.follows_scheme() {
        format!("give it another color in `@media (prefers-color-scheme: {mode})`")
    } else {
        "lay `<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>` under everything, or add `@media (prefers-color-scheme: dark)`".to_owned()
    };
    sink.push(Diagnostic::new(&SPEC, picture.span(first.place.clone()), message).help(help));
}
