//! `diagram/script-or-foreign-object`.

use std::ops::Range;

use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::{Running, running_parts};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/script-or-foreign-object",
    severity: Severity::Error,
    what: "A picture holds a script, an event handler, or HTML.",
    why: "GitHub and browsers do not run them in pictures, so part of it is missing; opened by itself, the picture could do anything.",
    fix: "Remove it; write text with `<text>` and `<tspan>`, and let the picture show what it shows without a script.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>«<script>»alert(1)</script><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text>«<foreignObject width=\"100\" height=\"40\">»<p xmlns=\"http://www.w3.org/1999/xhtml\">app</p></foreignObject></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\" «onclick=\"next()\"»>Browser</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<a href=\"«java&#115;cript:next()»\"><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text></a></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<a href=\"https://example.org\"><set attributeName=\"href\" to=\"« JavaScript:next()»\"/><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">Browser</text></a></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>«<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\"/>»</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<!-- <script>never</script> --><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\" data-on=\"onclick\">A script asks the app</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<desc>onload=\"x()\" and javascript: are only words here</desc><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">javascript: the language</text>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"80\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n<a href=\"https://example.org\"><text x=\"20\" y=\"46\" font-family=\"sans-serif\" font-size=\"16\" fill=\"#1a1a1a\">A link</text></a></svg>\n",
        )]),
    ],
};

pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        let Some(markup) = picture.markup() else { continue };
        for (part, at, _) in running_parts(markup) {
            let (message, help) = match part {
                Running::Element("foreignObject") => (
                    "`<foreignObject>` does nothing in a picture".to_owned(),
                    "write the text with `<text>` and a `<tspan>` for each line",
                ),
                Running::Element(name) => (format!("`<{name}>` does nothing in a picture"), "remove it"),
                Running::Handler(name) => {
                    (format!("`{name}` does nothing in a picture"), "remove the attribute")
                }
                Running::Address(name) => (format!("`{name}` holds a script"), "remove the link"),
            };
            report(picture, at, message, help, sink);
        }
    }
}

fn report(picture: &Picture<'_>, at: Range<usize>, message: String, help: &str, sink: &Sink) {
    sink.push(Diagnostic::new(&SPEC, picture.span(at), message).help(help));
}
