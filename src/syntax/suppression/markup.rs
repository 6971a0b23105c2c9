//! SVG and XML. The parser says what is a comment, and which element follows it.

use std::collections::HashMap;
use std::ops::Range;

use resvg::usvg::roxmltree::{Document, Node};

use super::comment::{Suppression, suppressions};
use super::grammar::parse_allow;

/// The suppressions of a document; `None` if it cannot be parsed.
pub(super) fn markup_suppressions(text: &str) -> Option<Vec<Suppression>> {
    let document = Document::parse(text).ok()?;
    let comments: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_comment).collect();
    let next: HashMap<usize, Range<usize>> = comments
        .iter()
        .filter_map(|comment| Some((comment.range().start, comment.next_sibling_element()?.range())))
        .collect();
    let allowed = comments.iter().filter_map(|comment| {
        let range = comment.range();
        let inside = range.start + "<!--".len()..range.end.saturating_sub("-->".len());
        Some((range, parse_allow(text.get(inside.clone())?, inside.start)?))
    });
    let mut found =
        suppressions(text, allowed, |comment| next.get(&comment.start).map_or(comment.end, |it| it.end));
    // Elements often share a line, so that here a comment never covers just its line.
    for suppression in &mut found {
        if let Some(element) = next.get(&suppression.comment.start) {
            suppression.covers = suppression.comment.start..element.end;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_element_is_covered_with_its_children() {
        let text = "<svg>\n  <!-- allow a/b: c -->\n  <g>\n    <text>x</text>\n  </g>\n  <path/><!-- allow a/b: c --><rect/>\n</svg>\n";
        let found = markup_suppressions(text).expect("well-formed");
        let covers: Vec<String> = found.iter().map(|it| text[it.covers.clone()].replace('\n', "|")).collect();
        assert_eq!(
            covers,
            ["<!-- allow a/b: c -->|  <g>|    <text>x</text>|  </g>", "<!-- allow a/b: c --><rect/>"]
        );
        assert_eq!(&text[found[0].removal.clone()], "  <!-- allow a/b: c -->\n");
        assert_eq!(&text[found[1].removal.clone()], "<!-- allow a/b: c -->");
    }

    #[test]
    fn before_the_root_it_covers_the_picture() {
        let text = "<!-- allow a/b: c -->\n<svg><text>x</text></svg>\n";
        assert_eq!(markup_suppressions(text).expect("well-formed")[0].covers, 0..text.trim_end().len());
        assert!(markup_suppressions("<svg><!-- allow a/b: c --></g>").is_none());
    }
}
