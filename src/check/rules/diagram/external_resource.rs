//! `diagram/external-resource`.

use std::ops::Range;

use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::{Element, Markup};

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
        for node in markup.nodes() {
            if node.ancestors().any(|above| above.tag_name().name() == "metadata") {
                continue;
            }
            if node.is_element() {
                check_attributes(picture, markup, node, sink);
            } else if node.pi().is_some_and(|instruction| instruction.target == "xml-stylesheet") {
                report(picture, markup, node.range(), sink);
            }
        }
        for sheet in markup.sheets() {
            check_sheet(picture, markup, sheet, sink);
        }
    }
}

/// A link to a page loads nothing, nor does what editors keep in `metadata`; every other address of an element does.
fn check_attributes(picture: &Picture<'_>, markup: &Markup<'_>, element: Element<'_>, sink: &Sink) {
    for attribute in element.attributes() {
        let range = attribute.range_value();
        if matches!(attribute.name(), "href" | "src") && element.tag_name().name() != "a" {
            if !is_inside(attribute.value()) {
                report(picture, markup, range, sink);
            }
        } else if attribute.value().contains("url(") {
            check_urls(picture, markup, range, sink);
        }
    }
}

fn check_sheet(picture: &Picture<'_>, markup: &Markup<'_>, sheet: Range<usize>, sink: &Sink) {
    let css = without_comments(markup.text().get(sheet.clone()).unwrap_or(""));
    let mut imports = Vec::new();
    for (at, _) in css.match_indices("@import") {
        // An address in quotes or in `url()` may hold semicolons.
        let quoted = css[at..].find(['"', '\'']).map_or(at, |quote| at + quote + 1);
        let from = css[quoted..].find(['"', '\'']).filter(|_| quoted > at).map_or(at, |end| quoted + end);
        let end = css[from..].find(';').map_or(css.len(), |end| from + end + 1);
        imports.push(sheet.start + at..sheet.start + end);
    }
    for import in &imports {
        report(picture, markup, import.clone(), sink);
    }
    for range in urls(&css) {
        let range = sheet.start + range.start..sheet.start + range.end;
        if !imports.iter().any(|import| import.contains(&range.start)) {
            report(picture, markup, range, sink);
        }
    }
}

fn check_urls(picture: &Picture<'_>, markup: &Markup<'_>, within: Range<usize>, sink: &Sink) {
    let value = markup.text().get(within.clone()).unwrap_or("");
    for range in urls(value) {
        report(picture, markup, within.start + range.start..within.start + range.end, sink);
    }
}

/// The addresses in `url(…)` that lead out of the picture.
fn urls(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, mark) in css.match_indices("url(") {
        let start = at + mark.len();
        let Some(len) = css[start..].find(')') else { continue };
        let inside = &css[start..start + len];
        let address = inside.trim().trim_matches(['"', '\'']);
        if !is_inside(address) {
            let start = start + inside.find(address).unwrap_or(0);
            found.push(start..start + address.len());
        }
    }
    found
}

fn is_inside(address: &str) -> bool {
    let address = address.trim();
    let scheme = address.get(..5).unwrap_or("");
    address.is_empty() || address.starts_with('#') || scheme.eq_ignore_ascii_case("data:")
}

/// Comments, and the names of namespaces, become blanks, so that places stay what they are.
fn without_comments(css: &str) -> String {
    let mut out = css.to_owned();
    for (open, close) in [("/*", "*/"), ("@namespace", ";")] {
        while let Some(start) = out.find(open) {
            let inside = start + open.len();
            let end = out[inside..].find(close).map_or(out.len(), |end| inside + end + close.len());
            out.replace_range(start..end, &" ".repeat(end - start));
        }
    }
    out
}

fn report(picture: &Picture<'_>, markup: &Markup<'_>, at: Range<usize>, sink: &Sink) {
    let words = markup.text().get(at.clone()).unwrap_or("");
    let message = format!("{} is not part of the picture and is not loaded", super::wording::quote(words));
    let finding = Diagnostic::new(&SPEC, picture.span(at), message);
    sink.push(
        finding.help("draw it here, or put it in as `data:`; for fonts, write `font-family: sans-serif`"),
    );
}
