//! The words of the findings about how directives stand to each other.

use super::line::{DirectiveLine, LineKind};
use super::nest::Frame;
use super::tree::DirectiveShape;
use crate::diag::Diagnostic;
use crate::diag::catalog::document::{
    DIRECTIVE_IN_LIST, MISPLACED_DIRECTIVE, MISSING_BODY, STRAY_CLOSER, UNCLOSED_DIRECTIVE, UNEXPECTED_BODY,
    UNKNOWN_DIRECTIVE,
};
use crate::source::Span;

/// What ends a container that was not closed.
pub(super) enum Ending<'a> {
    Heading(Span),
    /// A directive that cannot stand in it.
    Child(&'a DirectiveLine),
    /// `:::/name` of a directive around it.
    Closer(&'a DirectiveLine),
    Page,
}

pub(super) fn unknown(line: &DirectiveLine, shapes: &[DirectiveShape]) -> Diagnostic {
    let name = line.name.value.as_str();
    let help = match near_name(name, shapes) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = shapes.iter().map(|shape| format!("`{}`", shape.name)).collect();
            format!("directives are {}; `\\::` prints colons", names.join(", "))
        }
    };
    let message = format!("there is no directive `{name}`");
    Diagnostic::new(&UNKNOWN_DIRECTIVE, line.name.span, message).help(help)
}

fn near_name(name: &str, shapes: &[DirectiveShape]) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let distance = |shape: &DirectiveShape| strsim::damerau_levenshtein(shape.name, &name);
    let near = shapes.iter().min_by_key(|shape| distance(shape))?;
    let is_part = near.name.starts_with(&name) || name.starts_with(near.name);
    (distance(near) <= 2 && distance(near) < name.len() || is_part).then_some(near.name)
}

pub(super) fn misplaced(
    line: &DirectiveLine,
    shape: &DirectiveShape,
    inside: Option<&Frame<'_>>,
) -> Diagnostic {
    let parents: Vec<String> = shape.parents.iter().map(|parent| format!("`{parent}`")).collect();
    let help = format!("move it into {}", parents.join(" or "));
    let finding = match inside {
        None => {
            let message = format!("`{}` cannot stand on its own", shape.name);
            Diagnostic::new(&MISPLACED_DIRECTIVE, line.name.span, message)
        }
        Some(frame) => {
            let parent = frame.line.name.value.as_str();
            let message = format!("`{}` cannot stand in `{parent}`", shape.name);
            Diagnostic::new(&MISPLACED_DIRECTIVE, line.name.span, message)
                .also(frame.line.span, format!("inside this `{parent}`"))
        }
    };
    finding.help(help)
}

pub(super) fn too_deep(line: &DirectiveLine, depth: usize) -> Diagnostic {
    let message = format!("`{}` stands in more than {depth} directives", written(line));
    Diagnostic::new(&MISPLACED_DIRECTIVE, line.span, message).help("close the directives around it first")
}

/// One finding for everything that one place leaves open, at the innermost: that is where the
/// first closer is missing.
pub(super) fn unclosed(innermost: &Frame<'_>, outer: &[&Frame<'_>], ending: &Ending<'_>) -> Diagnostic {
    let shown = written(&innermost.line);
    let message = match ending {
        Ending::Heading(_) => format!("`{shown}` is not closed before the next section"),
        Ending::Child(child) => format!("`{shown}` is not closed before `{}`", child.name.value),
        Ending::Closer(closer) => format!("`{shown}` is not closed before `:::/{}`", closer.name.value),
        Ending::Page => format!("`{shown}` is never closed"),
    };
    let mut finding = Diagnostic::new(&UNCLOSED_DIRECTIVE, innermost.line.span, message)
        .help("write `:::` on a line of its own where its content ends");
    for frame in outer.iter().rev() {
        finding = finding.also(frame.line.span, "this one is still open, too");
    }
    match ending {
        Ending::Heading(span) => finding.also(*span, "a heading of level 1 to 3 ends every directive"),
        Ending::Child(child) => {
            let name = &innermost.line.name.value;
            finding.also(child.span, format!("`{}` cannot stand in `{name}`", child.name.value))
        }
        Ending::Closer(closer) => finding.also(closer.span, "this closes the directive around it"),
        Ending::Page => finding,
    }
}

pub(super) fn stray(line: &DirectiveLine) -> Diagnostic {
    let finding = if line.name.is_empty() {
        Diagnostic::new(&STRAY_CLOSER, line.span, "`:::` closes nothing")
    } else {
        let name = &line.name.value;
        Diagnostic::new(&STRAY_CLOSER, line.span, format!("`:::/{name}` closes nothing: no `{name}` is open"))
    };
    finding.help("remove the line, or add the opening line that it belongs to")
}

pub(super) fn wrong_closer(line: &DirectiveLine, open: &Frame<'_>) -> Diagnostic {
    let (closer, name) = (&line.name.value, &open.line.name.value);
    let message = format!("`:::/{closer}` does not close `{name}`, which is open");
    Diagnostic::new(&STRAY_CLOSER, line.span, message)
        .also(open.line.span, "opened here")
        .help(if name.is_empty() { "write `:::`".to_owned() } else { format!("write `:::/{name}` or `:::`") })
}

/// `closed`: the container form was used, and nothing stands in it.
pub(super) fn missing_body(line: &DirectiveLine, closed: bool) -> Diagnostic {
    let name = &line.name.value;
    let help = if closed {
        "write its content between the opening line and `:::`".to_owned()
    } else {
        format!("open it with three colons, `:::{name}`, and close it with `:::` after its content")
    };
    Diagnostic::new(&MISSING_BODY, line.span, format!("`{name}` has no content")).help(help)
}

pub(super) fn unexpected_body(line: &DirectiveLine) -> Diagnostic {
    let leaf = format!("::{}", written(line).trim_start_matches(':'));
    Diagnostic::new(&UNEXPECTED_BODY, line.span, format!("`{}` takes no content", line.name.value))
        .help(format!("write `{leaf}` with two colons, without a closing line"))
}

pub(super) fn in_list(span: Span) -> Diagnostic {
    Diagnostic::new(&DIRECTIVE_IN_LIST, span, "a directive inside a list or quote, or indented, is only text")
        .help("move it to the first column, with a blank line before it; indent it by four for code")
}

fn written(line: &DirectiveLine) -> String {
    let colons = if matches!(line.kind, LineKind::Open { container: false }) { "::" } else { ":::" };
    format!("{colons}{}", line.name.value)
}
