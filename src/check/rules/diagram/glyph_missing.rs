//! `diagram/glyph-missing`.

use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::{Element, Markup, missing_glyphs};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/glyph-missing",
    severity: Severity::Warning,
    what: "A text of a picture has a character that the embedded fonts lack.",
    why: "Each machine takes it from another font, in another size and color, or shows an empty box; preview pictures leave it out.",
    fix: "Draw it as a shape, or say it with letters, digits and common punctuation.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">The app «🔥» is slow</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\"><tspan>«✅»</tspan> Fast again</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">«Done &#x2714; twice»</text>\n</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Größe → 5 × “a” – naïve…</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<desc>🔥 The app is slow</desc><!-- ✅ --><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Only words that are drawn count</text>\n</svg>\n",
        )]),
    ],
};

/// Each text makes one finding, at its first such character.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        let Some(markup) = picture.markup().filter(|_| picture.light().is_some()) else { continue };
        for text in markup.elements().filter(|element| element.tag_name().name() == "text") {
            check_text(picture, markup, text, sink);
        }
    }
}

fn check_text(picture: &Picture<'_>, markup: &Markup<'_>, text: Element<'_>, sink: &Sink) {
    let pieces = || text.descendants().filter(Element::is_text);
    let words: String = pieces().filter_map(|piece| piece.text()).collect();
    let missing = missing_glyphs(&words);
    let Some(first) = words.chars().find(|c| missing.contains(c)) else { return };
    let Some(piece) = pieces().find(|piece| piece.text().is_some_and(|text| text.contains(first))) else {
        return;
    };
    let raw = markup.text().get(piece.range()).unwrap_or("");
    // A character that is written as a number is not in the source.
    let (start, len) = match raw.find(first) {
        Some(at) => (at, first.len_utf8()),
        None => (raw.len() - raw.trim_start().len(), raw.trim().len()),
    };
    let start = piece.range().start + start;
    let list: Vec<String> = missing.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let message = format!("the fonts that pictures are drawn with have no {}", list.join(", "));
    let finding = Diagnostic::new(&SPEC, picture.span(start..start + len), message);
    sink.push(finding.help("draw it with a `<path>` or a `<circle>`, or say it in words"));
}
