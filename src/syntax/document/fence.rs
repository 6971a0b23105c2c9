//! The info string of a code fence, and its body.

use std::ops::Range;

use super::lines::Lines;
use super::tree::BlockKind;
use crate::diag::catalog::document::MALFORMED_DIRECTIVE;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::attributes::{Attributes, attributes_end, parse_attributes};

/// Reads the fence on these lines. `closed` says whether its last line is the closing one.
pub(super) fn parse_fence(
    lines: &Lines<'_>,
    file: FileId,
    at: &Range<usize>,
    closed: bool,
    sink: &Sink,
) -> BlockKind {
    let first = lines.range(at.start);
    let line = &lines.text[first.clone()];
    let info = line.trim_start().trim_start_matches(['`', '~']);
    let start = first.end - info.len();
    let lead = info.len() - info.trim_start().len();
    let (language, attributes) = parse_info(info.trim(), Span::new(file, start + lead, first.end), sink);
    let last = if closed { at.end.saturating_sub(1) } else { at.end };
    let from = lines.start(at.start + 1).min(lines.start(at.end));
    let body = Span::new(file, from, lines.start(last.max(at.start + 1)));
    BlockKind::Fence { language, attributes: Box::new(attributes), body }
}

/// `js {file=src/server.js}`: a language, then attributes in braces.
fn parse_info(info: &str, span: Span, sink: &Sink) -> (Spanned<String>, Attributes) {
    let len = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
    let language = Spanned::new(info[..len].to_owned(), span.sub(0, len));
    let rest = &info[len..];
    let at = len + rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    if rest.is_empty() {
        return (language, Attributes::empty(span.sub(len, len)));
    }
    if !rest.starts_with('{') {
        let place = span.sub(at, info.len());
        let message = format!("`{rest}` after a fence's language is not in braces");
        sink.push(Diagnostic::new(&MALFORMED_DIRECTIVE, place, message).help("write `{key=value}`"));
        return (language, Attributes::empty(place.sub(0, 0)));
    }
    let end = attributes_end(rest).unwrap_or(rest.len());
    if !rest[end..].trim().is_empty() {
        let message = format!("`{}` cannot follow a fence's attributes", rest[end..].trim());
        let place = span.sub(at + end, info.len());
        sink.push(Diagnostic::new(&MALFORMED_DIRECTIVE, place, message).help("put it inside the braces"));
    }
    (language, parse_attributes(&rest[..end], span.sub(at, at + end), sink))
}
