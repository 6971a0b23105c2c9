//! Links and images: found by the Markdown parser, placed by us. Its positions are checked against
//! the source; where they don't fit (table cells with `\|`), the link is looked for nearby.

use std::ops::Range;

use comrak::nodes::{AstNode, NodeLink, NodeValue};
use comrak::{Arena, parse_document};

use super::lines::Lines;
use super::link_tail::{parse_tail, unescape};
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
    if !may_hold_links(text) {
        return Vec::new();
    }
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut links = collect_links(root, &Lines::new(text), base.file, 0..text.len(), 0);
    let exact = base.range().len() == text.len();
    for link in &mut links {
        for span in [&mut link.span, &mut link.text, &mut link.destination.span] {
            *span = if exact { base.sub(span.start as usize, span.end as usize) } else { base };
        }
    }
    links
}

/// Whether there is a bracket or an address in a text. Most texts have none, and need no parser.
fn may_hold_links(text: &str) -> bool {
    text.contains(['[', '<', '@']) || text.contains("://") || text.contains("www.")
}

/// The links below a node, in order. `region` bounds the search where a position does not fit;
/// `shift` is added to the parser's line numbers.
pub(super) fn collect_links<'a>(
    node: &'a AstNode<'a>,
    lines: &Lines<'_>,
    file: FileId,
    region: Range<usize>,
    shift: usize,
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
        let hint = node_range(lines, &data, shift);
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
    links.shrink_to_fit();
    links
}

/// The bytes of a node as the parser places them, if they are a sound range of the text.
pub(super) fn node_range(lines: &Lines<'_>, data: &comrak::nodes::Ast, shift: usize) -> Option<Range<usize>> {
    let at = data.sourcepos;
    let start = lines.offset(at.start.line + shift, at.start.column)?;
    let end = lines.offset(at.end.line + shift, at.end.column + 1)?;
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
            fits.then(|| Shape {
                end: tail.end,
                text: open..open + at,
                destination: Some(tail.destination),
                title: tail.title,
            })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;
    use crate::syntax::document::testing::Page;

    /// The links of a text as (source, text, destination as written).
    fn links(text: &str) -> Vec<(String, String, String)> {
        let page = Page::parse(text);
        let links = page.document.blocks.iter().flat_map(|block| &block.links);
        links
            .map(|link| {
                let slice = |span| page.files.slice(span).to_owned();
                (slice(link.span), slice(link.text), slice(link.destination.span))
            })
            .collect()
    }

    fn one(text: &str) -> (String, String, String) {
        let mut found = links(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    fn owned(parts: (&str, &str, &str)) -> (String, String, String) {
        (parts.0.into(), parts.1.into(), parts.2.into())
    }

    #[test]
    fn links_are_placed_exactly() {
        for (text, parts) in [
            ("a [](scenario:a..b) c", ("[](scenario:a..b)", "", "scenario:a..b")),
            (
                "ä [200](loadtest:connections).",
                ("[200](loadtest:connections)", "200", "loadtest:connections"),
            ),
            ("[a [b] `](x)` c](d 'e')", ("[a [b] `](x)` c](d 'e')", "a [b] `](x)` c", "d")),
            ("[a](<b c> (t))", ("[a](<b c> (t))", "a", "b c")),
            ("[a](b\\(c)", ("[a](b\\(c)", "a", "b\\(c")),
            ("[a](b(c))", ("[a](b(c))", "a", "b(c)")),
            ("[a](?x&amp;y)", ("[a](?x&amp;y)", "a", "?x&amp;y")),
            ("![a](b.svg)", ("![a](b.svg)", "a", "b.svg")),
            ("<https://e.org/x>", ("<https://e.org/x>", "https://e.org/x", "https://e.org/x")),
            ("see https://e.org/x.", ("https://e.org/x", "https://e.org/x", "https://e.org/x")),
            ("[two\nlines](x)", ("[two\nlines](x)", "two\nlines", "x")),
            ("> - [two\n>   lines](x)", ("[two\n>   lines](x)", "two\n>   lines", "x")),
            ("## [a](b) {.fix was=\"[x](y)\"}", ("[a](b)", "a", "b")),
            ("| `a\\|b` [c](d) |\n|---|", ("[c](d)", "c", "d")),
            ("| x |\n|---|\n| \\|\\|\\| ö [c\\|d](e) y |", ("[c\\|d](e)", "c\\|d", "e")),
            ("**[a](b)**", ("[a](b)", "a", "b")),
            ("*[](step:x)*", ("[](step:x)", "", "step:x")),
            ("- x\n\n  [a](b)", ("[a](b)", "a", "b")),
            ("| a | b |\n|---|---|\n| `x\\|` | ![c](d \"t\") |", ("![c](d \"t\")", "c", "d")),
        ] {
            assert_eq!(one(text), owned(parts), "{text}");
        }
    }

    #[test]
    fn several_links_come_in_order() {
        let found = links("[![a](b)](c) and [d][e], [e] and [f][]\n\n[e]: g\n[f]: h\n");
        let sources: Vec<&str> = found.iter().map(|link| link.0.as_str()).collect();
        assert_eq!(sources, ["[![a](b)](c)", "![a](b)", "[d][e]", "[e]", "[f][]"]);
        assert_eq!(found[0].1, "![a](b)");
        assert_eq!(found[2].1, "d");
        let table = links("| a |\n|---|\n| \\| [x](y) [x](y) |\n| \\| [x](y) |\n");
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn a_text_that_stands_alone_is_placed_on_its_base() {
        let mut files = Files::default();
        let source = "about: see [A](concept:pool) now\n";
        let file = files.add_text("a.yml", source);
        let found = parse_inline_links("see [A](concept:pool) now", Span::new(file, 7, 32));
        assert_eq!(files.slice(found[0].destination.span), "concept:pool");
        assert_eq!(files.slice(found[0].text), "A");
        let found = parse_inline_links("see [A](concept:pool) now", Span::new(file, 0, 5));
        assert_eq!(found[0].span, Span::new(file, 0, 5));
    }
}
