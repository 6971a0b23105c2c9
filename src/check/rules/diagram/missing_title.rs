//! `diagram/missing-title`.

use crate::check::{Checked, Picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::svg::{Element, Markup};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/missing-title",
    severity: Severity::Warning,
    what: "A picture has no title of its own.",
    why: "Screen readers and browsers have nothing to call it by when it is opened outside of its page.",
    fix: "Write `<title>` as the first element of the picture, with what it shows in a few words.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<«svg» xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\">«<title>»  </title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<«svg» xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><g><title>A part</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</g></svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<«svg» xmlns=\"http://www.w3.org/2000/svg\" aria-labelledby=\"t\" viewBox=\"0 0 360 80\"><rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><title>The system</title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 80\"><!-- drawn by hand --><desc>Long</desc><title><![CDATA[The system]]></title>\n<rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"The system\" viewBox=\"0 0 360 80\"><rect width=\"360\" height=\"80\" fill=\"#ffffff\"/>\n</svg>\n",
        )]),
    ],
};

/// The title of a picture is a child of its outermost element; those below name parts of it.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        if let Some(markup) = picture.markup().filter(|_| picture.fault().is_none()) {
            check_picture(picture, markup, sink);
        }
    }
}

fn check_picture(picture: &Picture<'_>, markup: &Markup<'_>, sink: &Sink) {
    let root = markup.root();
    let is_said = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let title = root.children().find(|child| child.tag_name().name() == "title");
    let says = |title: Element<'_>| title.descendants().any(|piece| is_said(piece.text()));
    if title.is_some_and(says) || is_said(root.attribute("aria-label")) {
        return;
    }
    let (at, message) = match title {
        Some(title) => (markup.opening(title), "the title is empty"),
        None => (markup.name(root), "the picture has no title"),
    };
    let finding = Diagnostic::new(&SPEC, picture.span(at), message);
    sink.push(finding.help("write `<title>What it shows</title>` right after `<svg …>`"));
}
