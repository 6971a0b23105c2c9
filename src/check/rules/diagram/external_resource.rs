//! `diagram/external-resource`.

use std::ops::Range;

use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::{Markup, outside_parts};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/external-resource",
    severity: Severity::Error,
    what: "A picture needs another file: an image, a font, a style sheet.",
    why: "Browsers load nothing for an SVG that stands in a page, so the part is missing; opened by itself, it tells another server who reads.",
    fix: "Draw it in the picture itself, put it in as `data:`, and name fonts that every machine has, such as `sans-serif`.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<image href=\"«https://example.org/logo.png»\" width=\"40\" height=\"40\"/><text x=\"60\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>«@import url(\"https://fonts.googleapis.com/css2?family=Inter\");» text { fill: #1a1a1a }</style>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\">Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<style>/* url(no) */ @font-face { font-family: X; src: url(«//example.org/x.woff2») format(\"woff2\") }</style>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"«icons.svg#app»\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<g style=\"filter: url('«https://example.org/f.svg#blur»')\"><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text></g></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "«<?xml-stylesheet href=\"style.css\"?>»\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<defs><g id=\"app\"><circle r=\"9\" fill=\"#333333\"/></g><linearGradient id=\"sky\"><stop stop-color=\"#eeeeee\"/></linearGradient></defs><use href=\"#app\" x=\"20\" y=\"20\"/><rect width=\"40\" height=\"40\" fill=\"url(#sky)\"/></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<!-- url(https://example.org) --><a href=\"https://example.org\"><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">A link loads nothing</text></a></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"4\" height=\"4\"/><metadata><cc:license xmlns:cc=\"http://creativecommons.org/ns#\" href=\"https://creativecommons.org/licenses/by/4.0/\"/></metadata><style>@namespace svg url(http://www.w3.org/2000/svg);</style></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">url(https://example.org/)</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
    ],
};

pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        let Some(markup) = picture.markup() else { continue };
        for (_, at) in outside_parts(markup) {
            report(picture, markup, at, sink);
        }
    }
}

fn report(picture: &Picture<'_>, markup: &Markup<'_>, at: Range<usize>, sink: &Sink) {
    let words = markup.text().get(at.clone()).unwrap_or("");
    let message = format!("{} is not part of the picture and is not loaded", super::wording::quote(words));
    let finding = Diagnostic::new(&SPEC, picture.span(at), message);
    sink.push(
        finding.help("draw it here, or put it in as `data:`; for fonts, write `font-family: sans-serif`"),
    );
}
