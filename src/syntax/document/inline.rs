//! Links and images: found by the Markdown parser, placed by us. Its positions are checked against
//! the source; where they don't fit (table cells with `\|`), the link is looked for nearby.

use std::ops::Range;

use comrak::nodes::{AstNode, NodeLink, NodeValue};
use comrak::{Arena, parse_document};

use super::lines::Lines;
use super::markdown::options;
use super::tree::Link;
use crate::source::{FileId, Span, Spanned};

/// How many places are tried for one link: a bound for texts made to take long, far above what
/// people write.
const MAX_TRIES: usize = 64;

/// The links of a text that stands alone, such as a YAML string that is inline Markdown. If
/// `base` is as long as the text, the spans are exact; else (the source has escapes) each is `base`.
#[must_use]
pub fn parse_inline_links(text: &str, base: Span) -> Vec<Link> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut links = collect_links(root, &Lines::new(text), base.file, 0..text.len());
    let exact = base.range().len() == text.len();
    for link in &mut links {
        for span in [&mut link.span, &mut link.text, &mut link.destination.span] {
            *span = if exact { base.sub(span.start as usize, span.end as usize) } else { base };
        }
    }
    links
}

/// The links below a node, in order. `region` bounds the search where a position does not fit.
pub(super) fn collect_links<'a>(
    node: &'a AstNode<'a>,
    lines: &Lines<'_>,
    file: FileId,
    region: Range<usize>,
) -> Vec<Link> {
    let mut cursor = region.start;
    let mut links = Vec::new();
    for child in node.descendants() {
        let data = child.data.borrow();
        let (target, image) = match &data.value {
            NodeValue::Link(target) => (target, false),
            NodeValue::Image(target) => (target, true),
            _ => continue,
        };
        let hint = node_range(lines, &data);
        let wanted = Wanted { target, image };
        let found = hint
            .and_then(|range| Some((range.start, wanted.shape_of(&lines.text[range])?)))
            .or_else(|| wanted.search(&lines.text[region.clone()], cursor - region.start, region.start));
        let link = match found {
            Some((start, shape)) => {
                cursor = (start + 1).clamp(region.start, region.end);
                while !lines.text.is_char_boundary(cursor) {
                    cursor -= 1;
                }
                shape.into_link(file, start, &wanted)
            }
            None => wanted.anywhere(Span::new(file, region.start, region.end)),
        };
        links.push(link);
    }
    links
}

/// The bytes of a node as the parser places them, if they are a sound range of the text.
pub(super) fn node_range(lines: &Lines<'_>, data: &comrak::nodes::Ast) -> Option<Range<usize>> {
    let at = data.sourcepos;
    let start = lines.offset(at.start.line, at.start.column)?;
    let end = lines.offset(at.end.line, at.end.column + 1)?;
    (start < end && end <= lines.text.len()).then_some(start..end)
}

/// What a link is known to be before it is placed.
struct Wanted<'a> {
    target: &'a NodeLink,
    image: bool,
}

/// Where the parts of a link are, relative to its start.
pub(super) struct Shape {
    end: usize,
    text: Range<usize>,
    /// `None`: the address stands in a definition.
    destination: Option<Range<usize>>,
    pub title: Option<Range<usize>>,
}

impl Shape {
    fn into_link(self, file: FileId, start: usize, wanted: &Wanted<'_>) -> Link {
        let place = |range: Range<usize>| Span::new(file, start + range.start, start + range.end);
        let span = place(0..self.end);
        let destination = self.destination.map_or(span, place);
        Link {
            span,
            text: place(self.text),
            destination: Spanned::new(wanted.target.url.clone(), destination),
            title: wanted.title(),
            image: wanted.image,
        }
    }
}

impl Wanted<'_> {
    fn title(&self) -> Option<String> {
        (!self.target.title.is_empty()).then(|| self.target.title.clone())
    }

    /// A link whose place could not be told any closer.
    fn anywhere(&self, span: Span) -> Link {
        let destination = Spanned::new(self.target.url.clone(), span);
        Link { span, text: span, destination, title: self.title(), image: self.image }
    }

    /// The parts of the link if the source is exactly this link.
    fn shape_of(&self, source: &str) -> Option<Shape> {
        let open = if self.image { "![" } else { "[" };
        if source.starts_with(open) {
            return self.inline_shape(source, open.len()).or_else(|| reference_shape(source, open.len()));
        }
        if self.image {
            return None;
        }
        let end = source.len();
        if source.starts_with('<') && source.ends_with('>') {
            let inside = 1..end - 1;
            return Some(Shape { end, text: inside.clone(), destination: Some(inside), title: None });
        }
        // A bare address: what is linked is the text itself, `https://` or `mailto:` put before it.
        self.target.url.ends_with(source).then_some(Shape {
            end,
            text: 0..end,
            destination: Some(0..end),
            title: None,
        })
    }

    fn inline_shape(&self, source: &str, open: usize) -> Option<Shape> {
        source[open..].match_indices("](").take(MAX_TRIES).find_map(|(at, _)| {
            let tail = parse_tail(source, open + at + 2)?;
            let fits = tail.end == source.len() && self.leads_to(&source[tail.destination.clone()]);
            fits.then(|| tail.into_shape(open..open + at))
        })
    }

    /// Whether a destination as written is this link's. Entities are not decoded here: an address
    /// that holds one is believed.
    fn leads_to(&self, written: &str) -> bool {
        written.contains('&') || unescape(written) == self.target.url
    }

    /// Looks for the link from `from` on. Returns its start in the whole text.
    fn search(&self, source: &str, from: usize, offset: usize) -> Option<(usize, Shape)> {
        source[from..].match_indices("](").take(MAX_TRIES).find_map(|(at, _)| {
            let close = from + at;
            let tail = parse_tail(source, close + 2)?;
            if !self.leads_to(&source[tail.destination.clone()]) {
                return None;
            }
            let bracket = opening_bracket(source, from, close)?;
            let is_image = source[..bracket].ends_with('!');
            if is_image != self.image {
                return None;
            }
            let start = bracket - usize::from(is_image);
            let end = tail.end;
            let sound = self.shape_of(&source[start..end])?;
            Some((offset + start, sound))
        })
    }
}

/// The title's place within the source of an inline link or image.
pub(super) fn title_range(source: &str, image: bool, target: &NodeLink) -> Option<Range<usize>> {
    Wanted { target, image }.shape_of(source)?.title
}

/// `[text][label]`, `[text][]` or `[text]`.
fn reference_shape(source: &str, open: usize) -> Option<Shape> {
    let end = source.len();
    if !source.ends_with(']') || end <= open {
        return None;
    }
    let close = source[open..].rfind("][").map_or(end - 1, |at| open + at);
    Some(Shape { end, text: open..close, destination: None, title: None })
}

/// The `[` that the `]` at `close` belongs to.
fn opening_bracket(source: &str, from: usize, close: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut depth = 0;
    for at in (from..close).rev() {
        if at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        match bytes[at] {
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(at),
            b'[' => depth -= 1,
            _ => {}
        }
    }
    None
}

struct Tail {
    destination: Range<usize>,
    title: Option<Range<usize>>,
    end: usize,
}

impl Tail {
    fn into_shape(self, text: Range<usize>) -> Shape {
        Shape { end: self.end, text, destination: Some(self.destination), title: self.title }
    }
}

/// Reads `destination "title")` from `at` on: what follows `](`.
fn parse_tail(source: &str, at: usize) -> Option<Tail> {
    let start = skip_space(source, at);
    let (destination, after) = parse_destination(source, start)?;
    let next = skip_space(source, after);
    if source[next..].starts_with(')') {
        return Some(Tail { destination, title: None, end: next + 1 });
    }
    let close = match source[next..].chars().next()? {
        quote @ ('"' | '\'') if next > after => quote,
        '(' if next > after => ')',
        _ => return None,
    };
    let len = unescaped(&source[next + 1..], close)?;
    let title = next + 1..next + 1 + len;
    let end = skip_space(source, title.end + 1);
    source[end..].starts_with(')').then_some(Tail { destination, title: Some(title), end: end + 1 })
}

fn parse_destination(source: &str, start: usize) -> Option<(Range<usize>, usize)> {
    if source[start..].starts_with('<') {
        let len = unescaped(&source[start + 1..], '>')?;
        let inside = start + 1..start + 1 + len;
        let whole = inside.end + 1;
        return (!source[inside.clone()].contains('\n')).then_some((inside, whole));
    }
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in source[start..].char_indices() {
        let ends = c.is_ascii_whitespace() || c.is_ascii_control() || (c == ')' && depth == 0);
        if ends && !(escaped && c == ')') {
            return (depth == 0).then_some((start..start + at, start + at));
        }
        match c {
            '(' if !escaped => depth += 1,
            ')' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The offset of the first `stop` that no backslash escapes.
fn unescaped(text: &str, stop: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == stop && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn skip_space(source: &str, at: usize) -> usize {
    source.len() - source[at..].trim_start_matches(|c: char| c.is_ascii_whitespace()).len()
}

/// Without the backslashes that escape punctuation.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        out.push(if escapes { chars.next().unwrap_or(c) } else { c });
    }
    out
}
