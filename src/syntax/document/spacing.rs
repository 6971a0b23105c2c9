//! How directive lines stand among others: blank lines around directives, and directives that
//! slipped into a list or quote.

use std::ops::Range;

use memchr::memmem;

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
        let touches = ends && !matches!(next, Some(Side::Closes));
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
    let mut next = 0;
    for colons in memmem::find_iter(lines.text.as_bytes(), "::") {
        let line = lines.number_of(colons);
        let text = lines.get(line);
        if line < next || text.starts_with("::") || is_in(opaque, line) {
            continue;
        }
        next = line + 1;
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

#[cfg(test)]
mod tests {
    use crate::syntax::document::testing::Page;

    fn faults(text: &str) -> Vec<String> {
        Page::parse(text).faults()
    }

    #[test]
    fn directives_stand_apart_from_their_neighbours() {
        for text in [
            ":::hint\nx\n:::",
            ":::question\nx\n\n:::answer\ny\n:::\n:::\n",
            ":::question\n:::answer\ny\n:::\n:::\n",
            "a\n\n::loadtest{#a}\n\n::loadtest{#b}\n\nb",
        ] {
            assert_eq!(faults(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn each_touching_gap_is_one_finding() {
        for (text, count) in [
            ("a\n:::hint\nx\n:::\n", 1),
            (":::hint\nx\n:::\nb\n", 1),
            ("::loadtest{#a}\n::loadtest{#b}\n", 1),
            (":::hint\nx\n:::\n:::hint\ny\n:::\n", 1),
            ("a\n::loadtest{#a}\nb\n", 2),
            ("- a\n::loadtest{#a}\n", 1),
        ] {
            let found = faults(text);
            assert_eq!(found.len(), count, "{text}: {found:?}");
            assert!(found.iter().all(|fault| fault.starts_with("missing-blank-line")), "{found:?}");
        }
    }

    #[test]
    fn the_fix_removes_the_finding() {
        let text = "a\n::loadtest{#a}\n::loadtest{#b}\nb\n";
        let page = Page::parse(text);
        let mut fixed = text.to_owned();
        for finding in page.findings.iter().rev() {
            let edit = &finding.fix.as_ref().expect("a fix").edits[0];
            fixed.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!(fixed, "a\n\n::loadtest{#a}\n\n::loadtest{#b}\n\nb\n");
        assert_eq!(faults(&fixed), Vec::<String>::new());
    }
}
