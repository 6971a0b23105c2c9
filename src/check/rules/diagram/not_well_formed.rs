//! `diagram/not-well-formed`.

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{FileId, Span};

pub static SPEC: CodeSpec = CodeSpec {
    code: "diagram/not-well-formed",
    severity: Severity::Error,
    what: "A picture cannot be read.",
    why: "Browsers and GitHub would show a broken image where the explanation should be.",
    fix: "Correct the SVG at the place that the message names.",
    source: "rules.md",
    bad: &[Example::file(&[(
        "content/scenarios/first/diagrams/system.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\n<g>\n«<»/svg>\n",
    )])],
    params: &[],
    good: &[Example::file(&[(
        "content/scenarios/first/diagrams/system.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><title>Nothing</title>\n<g/>\n</svg>\n",
    )])],
};

/// Reads every picture that a page shows, with the parser that draws previews.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for picture in checked.pictures {
        let name = picture.name;
        let Some(text) = picture.text else {
            let finding =
                Diagnostic::new(&SPEC, Span::file_start(picture.file), format!("`{name}` is not text"));
            sink.push(finding.help("save the picture as SVG in UTF-8"));
            continue;
        };
        if let Some(fault) = picture.fault() {
            let span = place(checked, picture.file, text, fault);
            let finding = Diagnostic::new(&SPEC, span, format!("`{name}` cannot be read: {fault}"));
            sink.push(finding.help("every element must be closed, in the order in which they were opened"));
        }
    }
}

/// The parser names a place as "at 3:1"; without one the finding points at the file.
fn place(checked: &Checked<'_>, file: FileId, text: &str, fault: &str) -> Span {
    let Some((_, at)) = fault.rsplit_once("at ") else { return Span::file_start(file) };
    let mut numbers = at.split(':').map(|number| number.trim().parse::<usize>());
    let (Some(Ok(line)), Some(Ok(column))) = (numbers.next(), numbers.next()) else {
        return Span::file_start(file);
    };
    let start = checked.files.line_start(file, line);
    let offset =
        text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at);
    let end = text[offset..].chars().next().map_or(offset, |c| offset + c.len_utf8());
    Span::new(file, offset, end)
}
