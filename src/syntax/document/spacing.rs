//! How directive lines stand among others: blank lines around directives, and directives that
//! slipped into a list or quote.

use std::ops::Range;

use super::line::{DirectiveLine, LineKind, looks_like_directive};
use super::lines::Lines;
use super::markdown::is_in;
use crate::diag::catalog::document::MISSING_BLANK_LINE;
use crate::diag::{Applicability, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// A line inside a list or quote that looks like a directive.
#[derive(Debug)]
pub(super) struct Indented {
    pub line: usize,
    pub kind: LineKind,
    pub span: Span,
}

/// Reports each place where a directive touches its neighbour. Before its opening and after its
/// closing line a blank one is due; inside, content may begin and end right at the colons.
pub(super) fn check_blank_lines(lines: &Lines<'_>, directives: &[(usize, DirectiveLine)], sink: &Sink) {
    for (index, (number, line)) in directives.iter().enumerate() {
        let neighbour = |at: Option<&(usize, DirectiveLine)>, wanted: usize| {
            at.filter(|(number, _)| *number == wanted).map(|(_, line)| side(&line.kind))
        };
        let next = neighbour(directives.get(index + 1), number + 1);
        let before =
            index.checked_sub(1).and_then(|at| neighbour(directives.get(at), number.wrapping_sub(1)));
        let own = side(&line.kind);
        let file = line.span.file;
        let starts = matches!(own, Side::Opens | Side::Stands);
        let ends = matches!(own, Side::Closes | Side::Stands);
        // The gap between two directives is looked at once, from the upper one.
        if starts && before.is_none() && *number > 0 && !lines.is_blank(number - 1) {
            report(line, *number, lines, file, sink, "before");
        }
        let has_next = number + 1 < lines.count() && !lines.is_blank(number + 1);
        let touches = match next {
            None => ends,
            Some(Side::Closes) => false,
            Some(Side::Opens | Side::Stands) => ends,
            Some(Side::Neither) => ends,
        };
        if has_next && touches {
            report(line, number + 1, lines, file, sink, "after");
        }
    }
}

enum Side {
    Opens,
    Closes,
    Stands,
    Neither,
}

fn side(kind: &LineKind) -> Side {
    match kind {
        LineKind::Open { container: true } => Side::Opens,
        LineKind::Open { container: false } => Side::Stands,
        LineKind::Close { .. } => Side::Closes,
        LineKind::Nothing => Side::Neither,
    }
}

fn report(line: &DirectiveLine, at: usize, lines: &Lines<'_>, file: FileId, sink: &Sink, side: &str) {
    let start = lines.start(at);
    sink.push(
        Diagnostic::new(&MISSING_BLANK_LINE, line.span, format!("no blank line {side} this directive"))
            .help(format!("put a blank line {side} it"))
            .replace(Applicability::Safe, "insert a blank line", Span::new(file, start, start), "\n"),
    );
}

/// Finds indented or quoted lines that look like directives, outside code.
pub(super) fn find_indented(lines: &Lines<'_>, file: FileId, opaque: &[Range<usize>]) -> Vec<Indented> {
    let mut found = Vec::new();
    for line in 0..lines.count() {
        let text = lines.get(line);
        if !text.contains("::") || text.starts_with("::") || is_in(opaque, line) {
            continue;
        }
        let inner = without_prefix(text);
        if inner.len() == text.len() {
            continue;
        }
        if let Some(kind) = looks_like_directive(inner) {
            let range = lines.range(line);
            let span = Span::new(file, range.end - inner.len(), range.end);
            found.push(Indented { line, kind, span });
        }
    }
    found
}

/// The line without indentation, quote signs and list markers.
fn without_prefix(line: &str) -> &str {
    let mut rest = line;
    loop {
        let text = rest.trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match text.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 => 2,
            Some(b'.' | b')') if digits > 0 => digits + 2,
            _ => return text,
        };
        // List markers are followed by a space.
        if marker > 1 && text.as_bytes().get(marker - 1).is_none_or(|byte| *byte != b' ') {
            return text;
        }
        rest = &text[marker..];
    }
}
