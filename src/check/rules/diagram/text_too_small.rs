//! `diagram/text-too-small`.

use std::collections::BTreeMap;

use super::wording::{and_more, quote};
use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::syntax::svg::Text;

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/text-too-small",
    severity: Severity::Warning,
    what: "A text of a picture is too small to be read where pages show it.",
    why: "A wide picture is scaled down to the column of text; letters that were fine while it was drawn become specks there.",
    fix: "Make the text larger, or make the picture narrower so that it is scaled down less.",
    source: "rules.md",
    params: &[
        Param { name: "pixels", default: 11.0, doc: "the least size of a font, in pixels as shown" },
        Param {
            name: "column",
            default: 800.0,
            doc: "the width of the column that pages show pictures in, in pixels",
        },
    ],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"«9»\" fill=\"#1a1a1a\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>.note { font: «8px sans-serif»; fill: #1a1a1a }</style>\n<text class=\"note\" x=\"20\" y=\"36\">Browser</text><text class=\"note\" x=\"20\" y=\"56\">Database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"80\" viewBox=\"0 0 1600 80\"><title>The system</title>\n<rect width=\"1600\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" style=\"font-size: «16px»; fill: #1a1a1a\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<g transform=\"scale(0.25)\"><text x=\"80\" y=\"180\" font-size=\"«16»\" fill=\"#1a1a1a\">Browser, app, database</text></g></svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#1a1a1a\">Browser, app, database</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<g transform=\"scale(4)\"><text x=\"5\" y=\"12\" font-family=\"sans-serif\" font-size=\"4\" fill=\"#1a1a1a\">Scaled up</text></g></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 20\"><title>The system</title>\n<rect width=\"100\" height=\"20\" fill=\"#ffffff\"/><text x=\"4\" y=\"12\" font-size=\"4\" fill=\"#1a1a1a\">It fills the column</text>\n</svg>\n",
        )]),
    ],
};

/// Texts whose size is declared in one place make one finding.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    #[expect(clippy::cast_possible_truncation, reason = "lengths in pixels")]
    let [least, column] = ["pixels", "column"].map(|name| checked.settings.number(&SPEC, name) as f32);
    for picture in checked.pictures {
        let Some(drawing) = picture.light() else { continue };
        let scale = drawing.scale_in(column);
        let mut small: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
        for text in drawing.texts.iter().filter(|text| text.pixels * scale < least - 0.05) {
            small.entry(text.size_at.start).or_default().push(text);
        }
        for texts in small.values() {
            report(picture, texts, scale, least, sink);
        }
    }
}

fn report(picture: &Picture<'_>, texts: &[&Text], scale: f32, least: f32, sink: &Sink) {
    let Some(first) = texts.first() else { return };
    let (words, more) = (quote(&first.words), and_more(texts.len() - 1));
    let shown = first.pixels * scale;
    let is_are = if more.is_empty() { "is" } else { "are" };
    let message = format!("{words}{more} {is_are} shown with letters of {shown:.1} pixels");
    let mut finding = Diagnostic::new(&SPEC, picture.span(first.size_at.clone()), message);
    if first.size_at != first.at {
        finding = finding.also(picture.span(first.at.clone()), "shown here");
    }
    let factor = least / shown;
    sink.push(finding.help(format!(
        "make it at least {factor:.1} times as large, so that it is shown with {least} pixels"
    )));
}
