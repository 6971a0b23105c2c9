//! `diagram/missing-view-box`.

use crate::check::{Checked, Picture};
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::Markup;

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/missing-view-box",
    severity: Severity::Warning,
    what: "A picture does not say which part of the plane it shows.",
    why: "Without `viewBox` it cannot be scaled: in a narrow column the right side is cut off instead.",
    fix: "Write `viewBox=\"0 0 width height\"` on the outermost element.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<«svg» xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" «viewbox»=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<«svg» xmlns=\"http://www.w3.org/2000/svg\"><title>The system</title>\n<svg viewBox=\"0 0 360 80\"><rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg></svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox = '0,0,360,80' width='100%'><title>The system</title>\n<rect width='360' height='80' fill='#ffffff'/></svg>\n",
        )]),
    ],
};

/// The outermost element counts.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        if let Some(markup) = picture.markup().filter(|_| picture.fault().is_none()) {
            check_picture(picture, markup, sink);
        }
    }
}

fn check_picture(picture: &Picture<'_>, markup: &Markup<'_>, sink: &Sink) {
    let root = markup.root();
    if root.attribute("viewBox").is_some() {
        return;
    }
    // XML knows upper and lower case.
    if let Some(near) = root.attributes().find(|found| found.name().eq_ignore_ascii_case("viewBox")) {
        let span = picture.span(near.range_qname());
        let message = format!("`{}` is not `viewBox`, and is passed over", near.name());
        let finding = Diagnostic::new(&SPEC, span, message).help("write `viewBox`, with a capital B");
        sink.push(finding.replace(Applicability::Safe, "write `viewBox`", span, "viewBox"));
        return;
    }
    let name = markup.name(root);
    let length = |name: &str| root.attribute(name)?.trim().trim_end_matches("px").parse::<f64>().ok();
    let finding = Diagnostic::new(&SPEC, picture.span(name.clone()), "the picture has no `viewBox`");
    sink.push(match (length("width"), length("height")) {
        (Some(width), Some(height)) if width > 0.0 && height > 0.0 => {
            let attribute = format!("viewBox=\"0 0 {width} {height}\"");
            let after = picture.span(name.end..name.end);
            finding.help(format!("write `{attribute}` after `svg`")).replace(
                Applicability::Safe,
                format!("add `{attribute}`"),
                after,
                format!(" {attribute}"),
            )
        }
        _ => finding.help("write `viewBox=\"0 0 800 400\"` after `svg`, with the size of your drawing"),
    });
}
